import { LiveEngine } from '../../media/live-engine'
import type { EngineEvents, PlayEngine } from '../../media/play-engine'
import { PlaySession } from '../../media/play-session'
import { RtcEngine } from '../../media/rtc-engine'
import { speakers } from '../../media/speakers'
import { mark } from '../../media/status'
import { socketUrl } from '../../media/stream-url'
import { installSurfaceStyles, snapshotOf } from '../../media/surface'
import { barredTag } from '../capability'
import { floating } from '../floating'
import { background, phoneCall } from '../interruptions'
import { journal } from '../journal'
import { network } from '../network'
import { type BuiltinHost, type BuiltinInstance, defineBuiltin } from './define'
import './phone-media'

/** Names and defaults of WeChat's documentation of `<live-player>`. */
const props = {
  src: '',
  mode: 'live',
  autoplay: false,
  muted: false,
  orientation: 'vertical',
  objectFit: 'contain',
  backgroundMute: false,
  minCache: 1,
  maxCache: 3,
  soundMode: 'speaker',
  autoPauseIfNavigate: true,
  autoPauseIfOpenNative: true,
  pictureInPictureMode: null as unknown,
  pictureInPictureInitPosition: '',
  enableAutoRotation: false,
  referrerPolicy: 'no-referrer',
  enableCasting: false,
  enableMetadata: false,
}
type Props = typeof props

/** `push`, `pop`, both in an array, or neither. */
const modesOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value ?? '')])

/** One tag in the page: a session, and the surface that suits its mode. */
class PlayerTag implements BuiltinInstance<Props> {
  private session: PlaySession
  private mode: string
  private engine: PlayEngine | null = null
  private paused = false
  private covered = false
  private floats = false
  private readonly ends: (() => void)[]

  constructor(private readonly host: BuiltinHost<Props>) {
    installSurfaceStyles()
    this.mode = host.props.mode
    this.session = this.newSession()
    const sight = new IntersectionObserver(() => this.look())
    sight.observe(host.element)
    this.ends = [
      speakers.onChange(() => this.apply()),
      background.onChange(() => this.apply()),
      phoneCall.onChange(() => this.apply()),
      floating.offer({
        element: host.element,
        wants: (way) => this.session.active && modesOf(host.props.pictureInPictureMode).includes(way),
        surface: () => this.engine?.surface ?? null,
        moved: (floats) => this.moveTo(floats),
      }),
      () => sight.disconnect(),
    ]
  }

  readonly methods = {
    play: () => this.play(),
    stop: () => this.stop(),
    pause: () => this.setPaused(true),
    resume: () => this.setPaused(false),
    mute: () => this.host.set({ muted: !this.host.props.muted }),
    snapshot: ({ quality }: Record<string, unknown>) => {
      if (!this.engine) throw new Error('fail: no picture yet')
      return snapshotOf(this.engine.surface, quality)
    },
    requestFullScreen: ({ direction }: Record<string, unknown>) => this.fullScreen(true, direction),
    exitFullScreen: () => this.fullScreen(false, 0),
  }

  update({ src, mode, autoplay, objectFit }: Readonly<Props>, changed: ReadonlySet<string>): void {
    if (mode !== this.mode) this.changeMode(mode)
    for (const surface of this.surfaces) {
      surface.style.objectFit = objectFit === 'fillCrop' ? 'cover' : 'contain'
    }
    if (changed.has('src') || changed.has('mode') || changed.has('autoplay'))
      this.follow(src, autoplay, changed.has('src'))
    this.apply()
  }

  detach(): void {
    for (const end of this.ends) end()
    this.session.destroy()
    mark('playing', this, false)
  }

  private follow(src: string, autoplay: boolean, fresh: boolean): void {
    if (!src) this.stop()
    else if (this.session.active ? fresh : autoplay) this.play()
  }

  private play(): void {
    const address = socketUrl(this.host.props.src, location)
    if (!address) throw new Error(`fail: not a stream address: "${this.host.props.src}"`)
    this.paused = false
    this.session.play(address)
    this.apply()
  }

  private stop(): void {
    this.session.stop()
  }

  private setPaused(paused: boolean): void {
    this.paused = paused
    this.apply()
  }

  /** Brings sound and movement to what properties, speaker and interruptions say. */
  private apply(): void {
    const hidden = background.on
    const silent = this.host.props.muted || !speakers.on || hidden || phoneCall.on
    this.session.setGain(silent ? 0 : 1)
    this.session.setPaused(
      this.paused || hidden || (this.covered && !this.floats && this.host.props.autoPauseIfNavigate),
    )
  }

  private moveTo(floats: boolean): void {
    this.floats = floats
    this.host.emit(floats ? 'enterpictureinpicture' : 'leavepictureinpicture')
    this.apply()
  }

  /** Another page over this one hides it without detaching it. */
  private look(): void {
    const covered = this.host.element.getClientRects().length === 0
    if (covered === this.covered) return
    this.covered = covered
    this.apply()
  }

  private changeMode(mode: string): void {
    this.mode = mode
    const { active } = this.session
    this.session.destroy()
    this.session = this.newSession()
    if (active && this.host.props.src) this.play()
  }

  private newSession(): PlaySession {
    this.engine = null
    return new PlaySession(
      { openSocket: network.openSocket, engine: (events) => this.newEngine(events) },
      {
        state: (code, message) => {
          journal.note(`live-player ${code} ${message}`)
          this.host.emit('statechange', { code, message })
        },
        net: (info) => this.host.emit('netstatus', { info }),
        volume: (volume) => this.host.emit('audiovolumenotify', { volume }),
        playing: (on) => mark('playing', this, on),
      },
    )
  }

  private newEngine(events: EngineEvents): PlayEngine {
    const { canvas, video } = this
    const rtc = this.mode === 'RTC' && typeof VideoDecoder !== 'undefined'
    canvas.hidden = !rtc
    video.hidden = rtc
    this.engine = rtc ? new RtcEngine(canvas, events) : new LiveEngine(video, events)
    return this.engine
  }

  private get video(): HTMLVideoElement {
    return this.host.find('video')
  }

  private get canvas(): HTMLCanvasElement {
    return this.host.find('canvas')
  }

  private get surfaces(): HTMLElement[] {
    return [this.video, this.canvas]
  }

  private async fullScreen(on: boolean, direction: unknown): Promise<void> {
    if (on) await this.host.element.requestFullscreen()
    else await document.exitFullscreen()
    this.host.emit('fullscreenchange', { fullScreen: on, direction: Number(direction) || 0 })
  }
}

/** A player of the streaming server's FLV: mpegts.js in `live` mode, WebCodecs in `RTC` mode. */
export const livePlayer = defineBuiltin({
  tag: 'live-player',
  wxml: '<dom-video class="wx-media"></dom-video><dom-canvas class="wx-media"></dom-canvas><slot />',
  props,
  attach: (host) => barredTag(['play', 'stop']) ?? new PlayerTag(host),
})
