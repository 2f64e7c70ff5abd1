import { makeAutoObservable } from 'mobx-miniprogram'
import type { PusherHandle } from './handles'

/** A piece that the page offers; nothing is built in. */
export interface Track {
  readonly name: string
  /** `https://` address of an mp3, m4a, aac or wav. */
  readonly url: string
}

/** Most tracks of a page that are listed. */
const MAX_TRACKS = 50

/** The tracks among whatever a page has given. */
export function tracksOf(given: unknown): Track[] {
  if (!Array.isArray(given)) return []
  return given
    .flatMap((entry: unknown): Track[] => {
      const { name, url } = (entry ?? {}) as Record<string, unknown>
      const fits = typeof name === 'string' && typeof url === 'string' && name !== '' && /^https?:\/\//.test(url)
      return fits ? [{ name, url }] : []
    })
    .slice(0, MAX_TRACKS)
}

/**
 * Background music, mixed by the pusher into what everybody hears (P45: any other player beside a pusher breaks the volume of
 * both). A push that is begun anew takes the piece up where it was; pieces follow one another until somebody stops.
 */
export class Music {
  /** The platform can do it. */
  offered = false
  tracks: readonly Track[] = []
  current: Track | null = null
  paused = false
  /** The piece could not be loaded. */
  failed = false
  positionMs = 0
  durationMs = 0
  /** 0 to 100. */
  volume = 60
  /** Of one's own voice, 0 to 100. */
  voice = 100
  private handle: PusherHandle | null = null
  /** The tag runs, so there is something to mix into. */
  private open = false

  constructor() {
    makeAutoObservable<this, 'handle' | 'open'>(this, { handle: false, open: false })
  }

  setTracks(tracks: readonly Track[]): void {
    this.tracks = tracks
  }

  play(track: Track): void {
    this.current = track
    this.begin(0)
  }

  pause(): void {
    if (!this.current || this.paused) return
    this.paused = true
    this.call('pauseMusic')
  }

  resume(): void {
    if (!this.current || !this.paused) return
    this.paused = false
    this.call('resumeMusic')
  }

  stop(): void {
    if (!this.current) return
    this.current = null
    this.rewind()
    this.call('stopMusic')
  }

  setVolume(volume: number): void {
    this.volume = percentOf(volume, this.volume)
    this.call('setMusicVolume', this.volume / 100)
  }

  setVoice(volume: number): void {
    this.voice = percentOf(volume, this.voice)
    this.call('setMicVolume', this.voice / 100)
  }

  /** The tag is there. */
  use(handle: PusherHandle): void {
    this.handle = handle
    this.offered = Boolean(handle.playMusic && handle.stopMusic)
    this.open = false
  }

  /** The tag goes, and nothing of it may be heard afterwards. */
  leave(handle: PusherHandle): void {
    if (this.current && handle.stopMusic) void (async () => handle.stopMusic?.())().catch(() => {})
    if (this.handle !== handle) return
    this.handle = null
    this.offered = false
    this.open = false
  }

  /** The tag was told to open: what it was told before is not in it any more. */
  opened(): void {
    if (this.open) return
    this.open = true
    if (this.voice < 100) this.call('setMicVolume', this.voice / 100)
    if (this.current && !this.paused) this.begin(this.positionMs)
  }

  /** The tag is told to stop: nothing of ours may be heard after it. */
  closed(): void {
    if (this.current) this.call('stopMusic')
    this.open = false
  }

  /** `bindbgmprogress`, ms. */
  progress(positionMs: number, durationMs: number): void {
    if (!this.current || !(positionMs >= 0)) return
    this.positionMs = positionMs
    this.durationMs = Number.isFinite(durationMs) ? Math.max(durationMs, 0) : 0
  }

  /** `bindbgmcomplete`: the next piece, or the same again where there is one alone. */
  complete(): void {
    const { current, tracks } = this
    if (!current || this.paused) return
    const at = tracks.findIndex(({ url }) => url === current.url)
    this.play(tracks[(at + 1) % tracks.length] ?? current)
  }

  /** `binderror` 10003. */
  fail(): void {
    this.stop()
    this.failed = true
  }

  private begin(fromMs: number): void {
    const { current } = this
    if (!current) return
    if (fromMs === 0) this.rewind()
    this.paused = false
    this.failed = false
    const { handle } = this
    if (!handle?.playMusic || !this.open) return
    const still = () => this.handle === handle && this.current === current
    void (async () => handle.playMusic?.(current.url, fromMs))().then(
      // A volume that is set before there is music has no effect on some clients.
      () => still() && this.setVolume(this.volume),
      () => still() && this.fail(),
    )
  }

  private rewind(): void {
    this.paused = false
    this.failed = false
    this.positionMs = 0
    this.durationMs = 0
  }

  private call(name: 'pauseMusic' | 'resumeMusic' | 'stopMusic'): void
  private call(name: 'setMusicVolume' | 'setMicVolume', volume: number): void
  private call(name: 'pauseMusic' | 'resumeMusic' | 'stopMusic' | 'setMusicVolume' | 'setMicVolume', volume = 0): void {
    const { handle } = this
    if (handle && this.open) void (async () => handle[name]?.(volume))().catch(() => {})
  }
}

const percentOf = (value: number, before: number): number =>
  Number.isFinite(value) ? Math.min(100, Math.max(0, Math.round(value))) : before
