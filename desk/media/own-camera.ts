import { autorun, reaction } from 'mobx-miniprogram'
import type { CallPicture, PusherHandle } from '../../miniprogram/stores/media/handles'
import type { Publisher } from '../../miniprogram/stores/media/publisher'
import { type OpenCamera, openCamera, openMicrophone } from '../../preview/media/camera'
import { Ear } from '../../preview/media/ear'
import { looksFilter } from '../../preview/media/painter'
import { Push, type PushSettings } from '../../preview/media/push'
import type { OpenPush } from '../../preview/media/push-line'
import { type PusherProps, pushSettings } from '../../preview/media/pusher-props'
import { PusherSession } from '../../preview/media/pusher-session'
import { mark } from '../../preview/media/status'
import { socketUrl } from '../../preview/media/stream-url'
import { whyNoPush } from '../../preview/media/support'
import { release } from '../../preview/media/tracks'
import type { Inputs } from './inputs'
import { ScreenSound } from './screen-sound'
import { trtcPlaceOf } from './trtc/address'
import type { TrtcRoom } from './trtc/trtc-room'
import { wholeIn } from './whole-in'

const tagPicture = ({ width, height, ...rest }: CallPicture) => ({ ...rest, videoWidth: width, videoHeight: height })

/** What a show is pushed with; its `mode` decides about the size. */
const SHOW: CallPicture = { aspect: '9:16', width: 360, height: 640, minBitrate: 200, maxBitrate: 2500 }

/** What a pusher tag would be bound to. */
const propsOf = (publisher: Publisher): PusherProps => ({
  ...tagPicture(publisher.picture ?? SHOW),
  url: publisher.url,
  mode: publisher.picture ? 'RTC' : publisher.mode,
  autopush: false,
  muted: publisher.muted,
  enableCamera: publisher.cameraOn,
  enableMic: true,
  devicePosition: publisher.facing,
  beauty: publisher.beauty,
  whiteness: publisher.whiteness,
  fps: 15,
  orientation: publisher.orientation,
  mirror: publisher.looks.othersMirrored,
  audioQuality: 'high',
  filter: publisher.looks.filter,
  zoom: 1,
})

/** A shared screen is to be read, whatever quality faces are sent in: pixels and bits per second at least. */
const READABLE = { size: { width: 1280, height: 720 }, bitrate: 1_500_000 }

/** What a picture is sent with: a shared screen whole, and large enough to be read. */
function withScreen(settings: PushSettings, screen: MediaStreamTrack): PushSettings {
  const { target } = settings
  const { size } = READABLE
  const least = target.width * target.height < size.width * size.height ? size : target
  return {
    ...settings,
    target: wholeIn(screen.getSettings(), least),
    bitrate: Math.max(settings.bitrate, READABLE.bitrate),
  }
}

/** Pushes where the address leads: into a room of TRTC, or to the streaming server that this page comes from. */
const pushTo =
  (inputs: Inputs, trtc: TrtcRoom | null): OpenPush =>
  (url, tracks, settings, events) => {
    const fitted = () => {
      const [screen] = inputs.screen?.getVideoTracks() ?? []
      return screen ? withScreen(settings(), screen) : settings()
    }
    const place = trtc && trtcPlaceOf(url)
    if (place) return trtc.push(place, tracks, fitted, events)
    const address = socketUrl(url, location)
    if (!address) throw new Error(`not a push address: ${url}`)
    return Push.open(address, tracks, fitted, events, (to, protocol) => new WebSocket(to, protocol))
  }

function handleOf(session: PusherSession): PusherHandle {
  return {
    start: () => session.start(),
    stop: async () => session.stop(),
    startPreview: () => session.startPreview(),
    stopPreview: async () => session.stopPreview(),
    switchCamera: () => session.switchCamera(),
    pause: async () => session.pause(),
    resume: async () => session.resume(),
  }
}

/** A picture of the screen that this push may end and open anew while the screen goes on being shared. */
function ownOf(screen: MediaStreamTrack, inputs: Inputs): MediaStreamTrack {
  const own = screen.clone()
  // Before whoever opened it hears of it: the camera takes its place, and nothing has failed.
  own.addEventListener('ended', () => inputs.stopSharing())
  return own
}

/**
 * The browser's `<live-pusher>`: camera, or the shared screen in its place, and microphone of `inputs`, to the streaming
 * server of this laptop, under the hands of `publisher`; in a call also into its room of TRTC. Draws one's own picture into `video`. Returns the function that ends it.
 */
export function connectCamera(
  publisher: Publisher,
  inputs: Inputs,
  video: HTMLVideoElement,
  trtc: TrtcRoom | null = null,
): () => void {
  const sound = new ScreenSound()
  const ear = new Ear((volume) => publisher.onVolume({ volume }))
  Object.assign(video, { muted: true, playsInline: true, autoplay: true })
  let shown: OpenCamera | null = null
  const dress = () => {
    const camera = shown?.kind === 'device' && !inputs.sharing
    video.style.transform = camera && publisher.looks.selfMirrored ? 'scaleX(-1)' : ''
    video.style.filter = looksFilter(pushSettings(propsOf(publisher), false).looks)
  }
  const screenTrack = (kind: 'video' | 'audio') =>
    inputs.screen?.getTracks().find((track) => track.kind === kind) ?? null
  const session: PusherSession = new PusherSession(
    propsOf(publisher),
    {
      async openCamera(target, position, fps) {
        const screen = screenTrack('video')
        if (screen) return { track: ownOf(screen, inputs), kind: 'device', pretended: false }
        return openCamera(target, position, fps, true, inputs.camera)
      },
      openMicrophone: () => openMicrophone(true, inputs.microphone),
      release,
      mixed: (mic) => sound.mixed(mic, screenTrack('audio')),
      // TRTC has an encoder of its own.
      unsupported: async () => (trtcPlaceOf(publisher.url) ? null : whyNoPush()),
      openPush: pushTo(inputs, trtc),
    },
    {
      state: (code) => publisher.onCode(code),
      error: (code, message) => publisher.onError(code, message),
      net: (info) => publisher.onNetStatus(info),
      camera(camera) {
        shown = camera
        video.srcObject = camera ? new MediaStream([camera.track]) : null
        dress()
      },
      mic: (track) => ear.listen(track),
      pushing: (on) => mark('pushing', session, on),
    },
  )
  const firstFrame = () => publisher.onCode(1007)
  video.addEventListener('loadeddata', firstFrame)
  const ends = [
    autorun(() => {
      dress()
      session.update(propsOf(publisher))
    }),
    reaction(
      () => [inputs.camera, inputs.screen],
      () => {
        void session.reopen('camera')
        session.soundChanged()
      },
    ),
    reaction(
      () => inputs.microphone,
      () => void session.reopen('mic'),
    ),
    publisher.attach(handleOf(session)),
  ]
  return () => {
    for (const end of ends.reverse()) end()
    session.destroy()
    sound.end()
    ear.listen(null)
    video.removeEventListener('loadeddata', firstFrame)
    video.srcObject = null
  }
}
