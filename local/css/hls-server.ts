import type { ServerResponse } from 'node:http'
import { REFUSALS, type StreamRequest } from './admission'
import type { Gate } from './gate'
import { HlsPackager } from './hls-packager'
import { sendText } from './reply'

const FIRST_SEGMENT_WAIT_MS = 10_000

interface Entry {
  packager: HlsPackager
  /** Requests that wait for the first playlist. */
  waiting: Set<() => void>
}

/** HLS of the live streams. A stream is packaged from the first request for its playlist on, until it ends. */
export class HlsServer {
  readonly #entries = new Map<string, Entry>()

  constructor(private readonly gate: Gate) {}

  /** `GET /live/NAME.m3u8`: the media playlist, signed like any play URL. */
  servePlaylist(response: ServerResponse, stream: StreamRequest): void {
    this.#entry(stream).then(
      (entry) => this.#answer(response, stream.name, entry),
      () => sendText(response, 503, 'HLS is not available'),
    )
  }

  /** `GET /hls/NAME/SEGMENT.ts`; unsigned, as the names come from a signed playlist. */
  serveSegment(response: ServerResponse, name: string, file: string): void {
    const segment = this.#entries.get(name)?.packager.segments.get(file)
    if (!segment) {
      sendText(response, 404, 'no such segment')
      return
    }
    response.writeHead(200, { 'content-type': 'video/mp2t', 'cache-control': 'no-cache' }).end(segment)
  }

  close(): void {
    for (const entry of this.#entries.values()) entry.packager.end()
  }

  /** The packager of a stream, or why there is none. */
  async #entry(stream: StreamRequest): Promise<Entry | keyof typeof REFUSALS> {
    const refusal = this.gate.mayPlay(stream)
    if (refusal) return refusal
    const lib = await import('mediabunny')
    const known = this.#entries.get(stream.name)
    if (known) return known
    let leave = (): void => undefined
    const waiting = new Set<() => void>()
    const packager = new HlsPackager(lib, () => {
      if (packager.ended) {
        this.#entries.delete(stream.name)
        leave()
      }
      for (const wake of [...waiting]) wake()
    })
    const entry: Entry = { packager, waiting }
    const joined = this.gate.play(stream, packager)
    if (typeof joined === 'string') return joined
    leave = joined
    if (packager.ended) leave()
    else this.#entries.set(stream.name, entry)
    return entry
  }

  #answer(response: ServerResponse, name: string, entry: Entry | keyof typeof REFUSALS): void {
    if (typeof entry === 'string') {
      sendText(response, REFUSALS[entry].http, REFUSALS[entry].text)
      return
    }
    const { packager, waiting } = entry
    const reply = (): void => {
      clearTimeout(timer)
      waiting.delete(reply)
      if (packager.playlist === null) {
        sendText(response, 503, 'no segment of this stream is ready yet')
        return
      }
      response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'no-cache' })
      response.end(packager.playlist.replace(/^(?!#)(?=.)/gm, `/hls/${name}/`))
    }
    const timer = setTimeout(reply, FIRST_SEGMENT_WAIT_MS)
    if (packager.playlist !== null) {
      reply()
      return
    }
    waiting.add(reply)
    response.on('close', () => {
      clearTimeout(timer)
      waiting.delete(reply)
    })
  }
}
