import type { PushSettings } from './push'
import { even, type Size, targetSize, videoBitrate } from './quality'

/** Properties of `<live-pusher>` that change what is captured and sent. */
export interface PusherProps {
  url: string
  mode: string
  autopush: boolean
  muted: boolean
  enableCamera: boolean
  enableMic: boolean
  devicePosition: string
  beauty: number
  whiteness: number
  /** Size of the picture in mode RTC, as the phone stands (px). */
  videoWidth: number
  videoHeight: number
  minBitrate: number
  maxBitrate: number
  fps: number
  aspect: string
  orientation: string
  mirror: boolean
  audioQuality: string
  filter: string
  /** 1: the whole picture. */
  zoom: number
}

/** What `getMaxZoom` says. */
export const MAX_ZOOM = 3

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value || 0))

/** In mode RTC the tag names its size; in every other one the mode does. */
function sizeOf({ mode, orientation, aspect, videoWidth, videoHeight }: PusherProps): Size {
  if (mode !== 'RTC' || !(videoWidth > 0 && videoHeight > 0)) return targetSize(mode, orientation, aspect)
  const [width, height] = [even(videoWidth), even(videoHeight)]
  return orientation === 'horizontal' ? { width: height, height: width } : { width, height }
}

/** @param flipped the camera only pretends to be another one: the picture is turned so that the switch shows */
export function pushSettings(props: PusherProps, flipped: boolean): PushSettings {
  return {
    target: sizeOf(props),
    fps: clamp(props.fps, 5, 30),
    bitrate: videoBitrate(props.mode, props.minBitrate, props.maxBitrate),
    audioBitrate: props.audioQuality === 'low' ? 32_000 : 64_000,
    looks: {
      beauty: clamp(props.beauty, 0, 9),
      whiteness: clamp(props.whiteness, 0, 9),
      mirror: props.mirror !== flipped,
      filter: props.filter,
      zoom: clamp(props.zoom, 1, MAX_ZOOM),
    },
  }
}
