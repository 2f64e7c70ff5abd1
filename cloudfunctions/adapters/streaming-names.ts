import { plainName, wireName } from '../core/live-urls'
import type { Streaming } from '../core/ports'

/** The streaming cloud of an account with live codes: our names of streams to us, those with the BIZID to it. */
export function withBizid(streaming: Streaming, bizid: string): Streaming {
  if (bizid === '') return streaming
  const wire = (stream: string): string => wireName({ bizid }, stream)
  const ours = (name: string): boolean => name.startsWith(`${bizid}_`)
  return {
    ...streaming,
    online: async () => new Set([...(await streaming.online())].filter(ours).map((name) => plainName({ bizid }, name))),
    forbid: (stream) => streaming.forbid(wire(stream)),
    allow: (stream) => streaming.allow(wire(stream)),
    cut: (stream) => streaming.cut(wire(stream)),
    recordingsOf: (stream) => streaming.recordingsOf(wire(stream)),
    startRecording: (stream, ...rest) => streaming.startRecording(wire(stream), ...rest),
    mix: (session, layout, output) =>
      streaming.mix(
        session,
        { ...layout, tiles: layout.tiles.map((tile) => ({ ...tile, stream: wire(tile.stream) })) },
        wire(output),
      ),
  }
}
