import type Mpegts from 'mpegts.js'
import { Feed, loaderOf } from './feed-loader'
import type { Bytes } from './flv'
import type { EngineEvents, PlayEngine } from './play-engine'

/** Seconds: speed up above `Max` until `Target`. A lower target stalls; a higher `Max` leaves a player that began there behind. */
const LIVE_SYNC = {
  liveSync: true,
  liveSyncMaxLatency: 0.4,
  liveSyncTargetLatency: 0.25,
  liveSyncPlaybackRate: 1.2,
}

let library: Promise<typeof Mpegts> | null = null
const load = () => {
  library ??= import('mpegts.js').then((module) => module.default)
  return library
}

/** `mode="live"`: mpegts.js on media source extensions, kept about a third of a second behind the edge. */
export class LiveEngine implements PlayEngine {
  private player: Mpegts.Player | null = null
  private feed = new Feed()
  private run = 0
  private gain = 1
  private started = false
  private stalled = false
  private paused = false
  private framesBefore = 0
  private readonly listeners = new AbortController()

  constructor(
    readonly surface: HTMLVideoElement,
    private readonly on: EngineEvents,
  ) {
    const { signal } = this.listeners
    const listen = (type: string, act: () => void) => surface.addEventListener(type, act, { signal })
    surface.playsInline = true
    listen('playing', () => this.playing())
    listen('waiting', () => this.waiting())
    listen('resize', () => surface.videoWidth && on.size(surface.videoWidth, surface.videoHeight))
  }

  begin(): void {
    const run = ++this.run
    this.end()
    this.feed = new Feed()
    this.started = false
    this.stalled = false
    const { feed } = this
    void load().then(
      (mpegts) => {
        if (run === this.run) this.open(mpegts, feed)
      },
      (error) => this.on.failed(String(error)),
    )
  }

  bytes(chunk: Bytes): void {
    this.feed.push(chunk)
  }

  tag(): void {}

  setGain(gain: number): void {
    this.gain = gain
    this.surface.volume = Math.min(1, gain)
    this.surface.muted = gain === 0
  }

  setPaused(paused: boolean): void {
    this.paused = paused
    if (paused) this.surface.pause()
    else this.catchUp()
  }

  private catchUp(): void {
    const { buffered } = this.surface
    if (buffered.length) this.surface.currentTime = buffered.end(buffered.length - 1) - LIVE_SYNC.liveSyncTargetLatency
    this.play()
  }

  /** The sound goes from the media source to the speaker; no sample of it is seen here. */
  volume(): null {
    return null
  }

  get frames(): number {
    return this.shown() - this.framesBefore
  }

  get cache(): number {
    const { buffered, currentTime } = this.surface
    return buffered.length ? Math.max(0, Math.round((buffered.end(buffered.length - 1) - currentTime) * 1000)) : 0
  }

  destroy(): void {
    this.run++
    this.listeners.abort()
    this.end()
  }

  private open(mpegts: typeof Mpegts, feed: Feed): void {
    mpegts.LoggingControl.enableAll = false
    const player = mpegts.createPlayer(
      { type: 'flv', isLive: true, url: 'feed' },
      { enableStashBuffer: false, ...LIVE_SYNC, customLoader: loaderOf(mpegts, feed) },
    )
    this.player = player
    this.framesBefore = this.shown()
    player.on(mpegts.Events.ERROR, (kind: string, detail: string) => this.on.failed(`${kind}: ${detail}`))
    player.attachMediaElement(this.surface)
    this.setGain(this.gain)
    player.load()
    this.play()
  }

  /** Browsers refuse sound before the person has touched the page: then it plays silently. */
  private play(): void {
    if (this.paused) return
    this.surface.play().catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return
      this.surface.muted = true
      this.surface.play().catch(() => {})
    })
  }

  private shown(): number {
    return this.surface.getVideoPlaybackQuality?.().totalVideoFrames ?? 0
  }

  private playing(): void {
    if (!this.started) {
      this.started = true
      this.on.first()
    } else if (this.stalled) this.on.resumed()
    this.stalled = false
  }

  private waiting(): void {
    if (!this.started || this.stalled || this.paused) return
    this.stalled = true
    this.on.stalled()
  }

  private end(): void {
    this.feed.close()
    this.player?.destroy()
    this.player = null
  }
}
