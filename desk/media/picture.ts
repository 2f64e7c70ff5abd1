import { autorun } from 'mobx-miniprogram'
import type { Playback } from '../../miniprogram/stores/media/playback'
import { LiveEngine } from '../../preview/media/live-engine'
import type { EngineEvents, PlayEngine } from '../../preview/media/play-engine'
import { PlaySession } from '../../preview/media/play-session'
import { RtcEngine } from '../../preview/media/rtc-engine'
import { mark } from '../../preview/media/status'
import { socketUrl } from '../../preview/media/stream-url'

/** The elements that a picture is drawn into; which of them shows it depends on how it comes. */
export interface Surfaces {
  readonly video: HTMLVideoElement
  readonly canvas: HTMLCanvasElement
}

/** The browser's `<live-player>` for `playback`. Returns the function that ends it. */
export function connectPicture(playback: Playback, { video, canvas }: Surfaces): () => void {
  const rtc = playback.mode === 'RTC' && typeof VideoDecoder !== 'undefined'
  canvas.hidden = !rtc
  video.hidden = rtc
  const engine = (events: EngineEvents): PlayEngine =>
    rtc ? new RtcEngine(canvas, events) : new LiveEngine(video, events)
  const session: PlaySession = new PlaySession(
    { openSocket: (url) => new WebSocket(url), engine },
    {
      state: (code) => playback.onCode(code),
      net: (info) => playback.onNetStatus(info),
      volume: (volume) => playback.onVolume({ volume }),
      playing: (on) => mark('playing', session, on),
    },
  )
  const sound = () => session.setGain(playback.muted ? 0 : 1)
  const withdraw = playback.attach({
    async play() {
      const address = socketUrl(playback.src, location)
      if (!address) throw new Error(`fail: not a stream address: "${playback.src}"`)
      session.play(address)
      sound()
    },
    stop: async () => session.stop(),
  })
  const end = autorun(sound)
  return () => {
    end()
    withdraw()
    session.destroy()
  }
}
