import { autorun } from 'mobx-miniprogram'
import type { PlayerHandle, PusherHandle } from '../../../miniprogram/stores/media/handles'
import type { Playback } from '../../../miniprogram/stores/media/playback'
import type { Publisher } from '../../../miniprogram/stores/media/publisher'

/** A native context that answers, refuses or keeps silent. */
export type Manner = 'answers' | 'refuses' | 'silent'

const answer = (manner: Manner, reason = 'refused by the test'): Promise<void> => {
  if (manner === 'refuses') return Promise.reject(new Error(reason))
  return manner === 'silent' ? new Promise(() => {}) : Promise.resolve()
}

/** Mounts a tag while its store says so. The returned function takes it out for good. */
function whileActive<Handle>(
  store: { readonly active: boolean; attach(handle: Handle): () => void },
  tag: Handle & { mounted: boolean },
  remove: (detach: () => void) => void,
): () => void {
  let detach = () => {}
  const stop = autorun(() => {
    if (store.active === tag.mounted) return
    tag.mounted = store.active
    if (tag.mounted) detach = store.attach(tag)
    else remove(detach)
  })
  return () => {
    stop()
    remove(detach)
  }
}

/**
 * `<live-pusher>` and the tile around it: mounted while the store says so, its context known only while mounted. Codes are
 * sent by the test, or by `onPush` as soon as it pushes.
 */
export class FakePusherTag implements PusherHandle {
  manner: Manner = 'answers'
  /** What a refusal says. */
  reason = 'refused by the test'
  mounted = false
  previewing = false
  /** The URL that is being pushed to, or null. */
  pushing: string | null = null
  readonly done: string[] = []
  /** What the streaming cloud does with a push. */
  onPush: (url: string) => void = () => {}
  private readonly unmount: () => void

  constructor(private readonly publisher: Publisher) {
    this.unmount = whileActive(publisher, this, (detach) => this.remove(detach))
  }

  get cameraOn(): boolean {
    return (this.mounted || this.outlives) && (this.previewing || this.pushing !== null)
  }

  start(): Promise<void> {
    this.done.push('start')
    if (this.manner === 'refuses') return answer(this.manner, this.reason)
    this.pushing = this.publisher.url
    this.previewing = true
    this.show()
    this.onPush(this.pushing)
    return answer(this.manner)
  }
  stop(): Promise<void> {
    this.done.push('stop')
    this.pushing = null
    this.previewing = false
    return answer(this.manner)
  }
  startPreview(): Promise<void> {
    this.done.push('startPreview')
    if (this.manner === 'refuses') return answer(this.manner, this.reason)
    this.previewing = true
    this.show()
    return answer(this.manner)
  }
  stopPreview(): Promise<void> {
    this.done.push('stopPreview')
    this.previewing = false
    return answer(this.manner)
  }
  switchCamera(): Promise<void> {
    this.done.push('switchCamera')
    return answer(this.manner)
  }
  /** The native part goes on when its page is gone, as WeChat's may (P9). */
  outlives = false
  /** What is mixed in, or null; `torch` and `zoom` as the phone has them. */
  music: string | null = null
  torch = false
  zoom = 1

  toggleTorch(): Promise<void> {
    this.done.push('toggleTorch')
    if (this.manner === 'answers') this.torch = !this.torch
    return answer(this.manner)
  }
  async snapshot() {
    await answer(this.manner)
    return { path: 'wxfile://still.jpg', width: 360, height: 640 }
  }
  async maxZoom(): Promise<number> {
    await answer(this.manner)
    return 3
  }
  setZoom(zoom: number): Promise<void> {
    this.zoom = zoom
    return answer(this.manner)
  }
  playMusic(url: string, fromMs: number): Promise<void> {
    this.done.push(`playMusic ${url} ${fromMs}`)
    this.music = url
    return answer(this.manner)
  }
  stopMusic(): Promise<void> {
    this.done.push('stopMusic')
    this.music = null
    return answer(this.manner)
  }
  pauseMusic(): Promise<void> {
    this.done.push('pauseMusic')
    return answer(this.manner)
  }
  resumeMusic(): Promise<void> {
    this.done.push('resumeMusic')
    return answer(this.manner)
  }
  setMusicVolume(volume: number): Promise<void> {
    this.done.push(`setMusicVolume ${volume}`)
    return answer(this.manner)
  }
  setMicVolume(volume: number): Promise<void> {
    this.done.push(`setMicVolume ${volume}`)
    return answer(this.manner)
  }
  pause(): Promise<void> {
    return answer(this.manner)
  }
  resume(): Promise<void> {
    return answer(this.manner)
  }

  /** The page is gone, as `detached` of the component does it. */
  destroy(): void {
    this.unmount()
  }

  /** The camera opened; a tag that keeps silent about its calls says nothing of this either. */
  private show(): void {
    if (this.manner === 'answers') this.publisher.onCode(1003)
  }

  private remove(detach: () => void): void {
    detach()
    this.mounted = false
    if (this.outlives) return
    this.pushing = null
    this.previewing = false
  }
}

/** `<live-player>` and the tile around it. */
export class FakePlayerTag implements PlayerHandle {
  manner: Manner = 'answers'
  reason = 'refused by the test'
  mounted = false
  playing: string | null = null
  readonly done: string[] = []
  onPlay: (src: string) => void = () => {}
  private readonly unmount: () => void

  constructor(private readonly playback: Playback) {
    this.unmount = whileActive(playback, this, (detach) => this.remove(detach))
  }

  play(): Promise<void> {
    this.done.push('play')
    if (this.manner === 'refuses') return answer(this.manner, this.reason)
    this.playing = this.playback.src
    if (this.manner === 'answers') this.playback.onCode(2001)
    this.onPlay(this.playing)
    return answer(this.manner)
  }
  stop(): Promise<void> {
    this.done.push('stop')
    this.playing = null
    return answer(this.manner)
  }
  destroy(): void {
    this.unmount()
  }

  private remove(detach: () => void): void {
    detach()
    this.mounted = false
    this.playing = null
  }
}
