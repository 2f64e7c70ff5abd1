import { type OpenCamera, openCamera, openMicrophone } from '../../media/camera'
import { Ear } from '../../media/ear'
import { MusicDesk } from '../../media/music'
import { looksFilter } from '../../media/painter'
import { CLOSE, LinkError } from '../../media/publish-link'
import { Push } from '../../media/push'
import { MAX_ZOOM, type PusherProps, pushSettings } from '../../media/pusher-props'
import { PusherSession } from '../../media/pusher-session'
import { installRecordingDot } from '../../media/recording-dot'
import { mark } from '../../media/status'
import { socketUrl } from '../../media/stream-url'
import { whyNoPush, whyNotThere } from '../../media/support'
import { installSurfaceStyles, snapshotOf } from '../../media/surface'
import { release } from '../../media/tracks'
import { barredTag } from '../capability'
import { background, phoneCall } from '../interruptions'
import { journal } from '../journal'
import { network } from '../network'
import { permissions } from '../permissions'
import { type BuiltinHost, type BuiltinInstance, defineBuiltin } from './define'
import './phone-media'

/** Names and defaults of WeChat's documentation of `<live-pusher>`. */
const props = {
  url: '',
  mode: 'RTC',
  autopush: false,
  muted: false,
  enableCamera: true,
  autoFocus: true,
  orientation: 'vertical',
  beauty: 0,
  whiteness: 0,
  aspect: '9:16',
  minBitrate: 200,
  maxBitrate: 1000,
  audioQuality: 'high',
  waitingImage: '',
  waitingImageHash: '',
  zoom: false,
  devicePosition: 'front',
  backgroundMute: false,
  mirror: false,
  remoteMirror: false,
  localMirror: 'auto',
  audioReverbType: 0,
  enableMic: true,
  enableAgc: false,
  enableAns: false,
  audioVolumeType: '',
  videoWidth: 360,
  videoHeight: 640,
  beautyStyle: 'smooth',
  filter: 'standard',
  pictureInPictureMode: null as unknown,
  voiceChangerType: 0,
  customEffect: false,
  skinWhiteness: 0,
  skinSmoothness: 0,
  faceThinness: 0,
  eyeBigness: 0,
  fps: 15,
  enableVideoCustomRender: false,
}
type Props = typeof props

const settingsOf = (p: Readonly<Props>, zoom: number): PusherProps => ({
  ...p,
  mirror: p.mirror || p.remoteMirror,
  zoom,
})

function attach(host: BuiltinHost<Props>): BuiltinInstance<Props> {
  const barred = barredTag(['start', 'stop', 'startPreview', 'stopPreview', 'switchCamera'])
  if (barred) return barred
  installSurfaceStyles()
  installRecordingDot()
  const video = host.find<HTMLVideoElement>('video')
  const note = host.find('.wx-media-note')
  Object.assign(video, { muted: true, playsInline: true, autoplay: true })

  const state = (code: number, message: string) => {
    journal.note(`live-pusher ${code} ${message}`)
    host.emit('statechange', { code, message })
  }
  let zoom = 1
  let torch = false
  const music = new MusicDesk({
    started: () => host.emit('bgmstart'),
    progress: (progress, duration) => host.emit('bgmprogress', { progress, duration }),
    complete: () => host.emit('bgmcomplete'),
    changed: () => session.soundChanged(),
  })
  const ear = new Ear((volume) => host.emit('audiovolumenotify', { volume }))
  let shown: OpenCamera | null = null
  const showCamera = (camera: OpenCamera | null) => {
    shown = camera
    video.srcObject = camera ? new MediaStream([camera.track]) : null
    dress()
  }
  const session = new PusherSession(
    settingsOf(host.props, zoom),
    {
      mixed: (mic) => music.mixed(mic),
      openCamera: (target, position, fps) =>
        openCamera(target, position, fps, permissions.get('scope.camera') !== false),
      openMicrophone: () => openMicrophone(permissions.get('scope.record') !== false),
      release,
      async unsupported() {
        const reason = await whyNoPush()
        note.textContent = reason ?? ''
        return reason
      },
      openPush: (url, tracks, settings, events) => {
        const reason = whyNotThere(url)
        if (reason) {
          note.textContent = reason
          throw new LinkError(CLOSE.refused, reason)
        }
        const address = socketUrl(url, location)
        if (!address) throw new Error(`not a push address: ${url}`)
        return Push.open(address, tracks, settings, events, network.openSocket)
      },
    },
    {
      state,
      error: (errCode, errMsg) => host.emit('error', { errCode, errMsg }),
      net: (info) => host.emit('netstatus', { info }),
      camera: showCamera,
      mic: (track) => ear.listen(track),
      pushing: (on) => mark('pushing', session, on),
    },
  )

  /** The person sees the same look as the viewers, and a front camera as a mirror; a test card stays readable. */
  const dress = () => {
    const p = host.props
    const mirrored =
      p.localMirror === 'enable' || (p.localMirror === 'auto' && session.facing === 'front' && shown?.kind === 'device')
    video.style.transform = `${mirrored ? 'scaleX(-1)' : ''} ${zoom > 1 ? `scale(${zoom})` : ''}`.trim()
    video.style.objectFit = 'cover'
    video.style.filter = looksFilter(pushSettings(settingsOf(p, zoom), false).looks)
    video.poster = p.waitingImage
  }

  host.listen(video, 'loadeddata', () => state(1007, 'First frame captured'))
  const ends = [
    background.onChange((on) => session.setAway('background', on)),
    phoneCall.onChange((on) => session.setAway('call', on)),
    permissions.onChange((scope) => {
      if (permissions.get(scope) !== false) return
      if (scope === 'scope.camera') session.revoke('camera')
      if (scope === 'scope.record') session.revoke('mic')
    }),
  ]
  session.setAway('background', background.on)
  session.setAway('call', phoneCall.on)

  let first = true
  return {
    update(p) {
      dress()
      session.update(settingsOf(p, zoom))
      if (first && p.autopush && p.url) session.start().catch((error) => journal.note(`live-pusher: ${error.message}`))
      first = false
    },
    detach() {
      for (const end of ends) end()
      session.destroy()
      music.destroy()
      ear.listen(null)
      video.srcObject = null
    },
    methods: {
      start: () => session.start(),
      stop: () => session.stop(),
      pause: () => session.pause(),
      resume: () => session.resume(),
      startPreview: () => session.startPreview(),
      stopPreview: () => session.stopPreview(),
      switchCamera: () => session.switchCamera(),
      snapshot: ({ quality }) => snapshotOf(video, quality),
      toggleTorch: async () => {
        if (session.facing === 'front') throw new Error('fail: the front camera has no torch')
        torch = !torch
        host.element.dataset.torch = String(torch)
        journal.note(`torch ${torch ? 'on' : 'off'}`)
        // A computer has no lamp; a phone in this browser has.
        const constraint = { advanced: [{ torch } as MediaTrackConstraintSet] }
        await session.cameraTrack?.applyConstraints(constraint).catch(() => {})
      },
      getMaxZoom: () => ({ maxZoom: MAX_ZOOM }),
      setZoom: (o) => {
        zoom = Number(o.zoom) || 1
        dress()
        session.update(settingsOf(host.props, zoom))
      },
      playBGM: async ({ url, startTimeMs }) => {
        try {
          await music.play(String(url), Number(startTimeMs) || 0)
        } catch (error) {
          host.emit('error', { errCode: 10003, errMsg: `the music could not be loaded: ${error}` })
          throw error
        }
      },
      stopBGM: () => music.stop(),
      pauseBGM: () => music.pause(),
      resumeBGM: () => music.resume(),
      setBGMVolume: ({ volume }) => music.setVolume(volume),
      setMICVolume: ({ volume }) => music.setMicVolume(volume),
    },
  }
}

/** A camera that really publishes: H.264 and AAC to the streaming server of this page. */
export const livePusher = defineBuiltin({
  tag: 'live-pusher',
  wxml: '<dom-video class="wx-media"></dom-video><dom-div class="wx-media-note"></dom-div><slot />',
  props,
  attach,
})
