import { mark } from '../../media/status'
import { background } from '../interruptions'
import { type BuiltinHost, type BuiltinInstance, defineBuiltin } from './define'

/** Names and defaults of WeChat's documentation of `<video>`; what only native playback knows is left out. */
const props = {
  src: '',
  duration: 0,
  controls: true,
  autoplay: false,
  loop: false,
  muted: false,
  initialTime: 0,
  direction: 0,
  objectFit: 'contain',
  poster: '',
  title: '',
  showProgress: true,
  showFullscreenBtn: true,
  showPlayBtn: true,
  showCenterPlayBtn: true,
  showMuteBtn: false,
  enableProgressGesture: true,
  playBtnPosition: 'bottom',
}
type Props = typeof props

class VideoTag implements BuiltinInstance<Props> {
  private readonly video: HTMLVideoElement
  /** It played when the app went to the background, where nothing plays. */
  private interrupted = false
  private readonly ends: (() => void)[]

  constructor(private readonly host: BuiltinHost<Props>) {
    const video = host.find<HTMLVideoElement>('video')
    this.video = video
    video.playsInline = true
    const tell = (from: keyof HTMLElementEventMap, to: string, detail: () => object = () => ({})) =>
      host.listen(video, from, () => host.emit(to, detail()))
    const { emit } = host
    tell('play', 'play')
    tell('pause', 'pause')
    tell('ended', 'ended')
    tell('waiting', 'waiting')
    tell('timeupdate', 'timeupdate', () => ({ currentTime: video.currentTime, duration: video.duration || 0 }))
    tell('error', 'error', () => ({ errMsg: `MEDIA_ERR ${video.error?.code ?? 0}` }))
    host.listen(video, 'loadedmetadata', () => {
      if (host.props.initialTime > 0) video.currentTime = host.props.initialTime
      emit('loadedmetadata', { width: video.videoWidth, height: video.videoHeight, duration: video.duration })
    })
    for (const type of ['playing', 'pause', 'ended', 'error'] as const) {
      host.listen(video, type, () => mark('playing', this, type === 'playing'))
    }
    this.ends = [background.onChange((hidden) => this.rest(hidden))]
  }

  readonly methods = {
    play: () => this.play(),
    pause: () => this.video.pause(),
    stop: () => {
      this.video.pause()
      this.video.currentTime = 0
    },
    seek: ({ position }: Record<string, unknown>) => {
      this.video.currentTime = Number(position) || 0
    },
    playbackRate: ({ rate }: Record<string, unknown>) => {
      this.video.playbackRate = Number(rate) || 1
    },
    requestFullScreen: () => this.host.element.requestFullscreen(),
    exitFullScreen: () => document.exitFullscreen(),
  }

  update({ src, controls, loop, muted, objectFit, poster, autoplay }: Readonly<Props>, changed: ReadonlySet<string>) {
    const { video } = this
    video.controls = controls
    video.loop = loop
    video.muted = muted
    video.poster = poster
    video.style.objectFit = objectFit
    if (!changed.has('src')) return
    if (src) video.src = src
    else video.removeAttribute('src')
    video.load()
    if (src && autoplay) void this.play().catch(() => {})
  }

  detach(): void {
    for (const end of this.ends) end()
    this.video.pause()
    mark('playing', this, false)
  }

  private play(): Promise<void> {
    return this.video.play()
  }

  private rest(hidden: boolean): void {
    if (hidden) {
      this.interrupted = !this.video.paused
      this.video.pause()
    } else if (this.interrupted) void this.play().catch(() => {})
  }
}

/** A file that is played, with the browser's own controls. */
export const video = defineBuiltin({
  tag: 'video',
  wxml: '<dom-video></dom-video><slot />',
  props,
  attach: (host) => new VideoTag(host),
})
