import { mountPart, type Seen } from './part'

/** How a picture is dressed when nobody has chosen anything. */
export const LOOKS = { style: 'smooth', filter: 'standard', selfMirrored: true, othersMirrored: false, reverb: 0 }

const TRACKS = [
  { name: 'Rain', url: 'https://music.test/a.mp3' },
  { name: 'Sea', url: 'https://music.test/b.mp3' },
]

/** A part about one's own camera. `calls` has what it asked the models for. */
export function mountWithCamera(name: string, { kit = {}, props = {}, lang = 'en' as 'en' | 'zh-CN' } = {}) {
  const calls: string[] = []
  const note = (...names: string[]) =>
    Object.fromEntries(
      names.map((called) => [called, (...args: unknown[]) => calls.push([called, ...args].map(said).join(' '))]),
    )
  const said = (value: unknown) => (typeof value === 'object' ? (value as { name: string }).name : String(value))
  const make = (seen: Seen) => {
    const looks = Object.assign(
      seen({ ...LOOKS }),
      note('setStyle', 'setFilter', 'setSelfMirrored', 'setOthersMirrored', 'setReverb'),
    )
    const lens = Object.assign(
      seen({ canTorch: true, canShoot: true, torch: false, zoom: 1, maxZoom: 1 }),
      note('setTorch', 'setZoom'),
      { shoot: async () => ({ path: 'wxfile://still.jpg', width: 360, height: 640 }) },
    )
    const music: { tracks: typeof TRACKS } = Object.assign(
      seen({
        offered: true,
        tracks: [] as typeof TRACKS,
        current: null as (typeof TRACKS)[number] | null,
        paused: false,
        failed: false,
        positionMs: 0,
        durationMs: 0,
        volume: 60,
        voice: 100,
      }),
      note('play', 'pause', 'resume', 'stop', 'setVolume', 'setVoice'),
      { setTracks: (tracks: typeof TRACKS) => Object.assign(music, { tracks }) },
    )
    const publisher = Object.assign(
      seen({
        facing: 'front',
        muted: false,
        cameraOn: true,
        pureAudio: false,
        mode: 'SD',
        beauty: 0,
        whiteness: 9,
        looks,
        lens,
        music,
      }),
      note('flip', 'setMuted', 'setCameraOn', 'setMode', 'setBeauty', 'setWhiteness'),
    )
    const tile = { key: 'me', slot: 'anchor', leaving: false, media: { kind: 'camera', publisher } }
    return { room: { roomId: 'r1' }, stage: seen({ camera: publisher as typeof publisher | null, tiles: [tile] }) }
  }
  const part = mountPart(name, make, { kit, props, lang, prepare: (ui) => Object.assign(ui, { tracks: TRACKS }) })
  return { part, calls, camera: part.room.stage.camera }
}
