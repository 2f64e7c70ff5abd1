/** Resolution class of the pusher tag. */
export type PushMode = 'SD' | 'HD' | 'FHD'
/**
 * The picture that a call pushes (`mode="RTC"`): its shape and size (px, as the phone stands), and between which bitrates
 * (kbps) the tag may choose.
 */
export interface CallPicture {
  readonly aspect: '9:16' | '3:4'
  readonly width: number
  readonly height: number
  readonly minBitrate: number
  readonly maxBitrate: number
}
/** Network quality as the badge shows it. */
export type Quality = 'good' | 'poor' | 'unknown'

/** A still picture of a tag, as a temporary file of the platform. */
export interface Snapshot {
  path: string
  /** px; 0 when the platform does not say. */
  width: number
  height: number
}

/** What not every client has (P47): a method that is missing here is not offered to the user. */
export interface PusherExtras {
  /** On, or off when it was on. */
  toggleTorch(): Promise<void>
  snapshot(): Promise<Snapshot>
  maxZoom(): Promise<number>
  /** 1 to `maxZoom`. */
  setZoom(zoom: number): Promise<void>
  /** Mixed into the pushed sound and played here; `fromMs` is where the piece begins. */
  playMusic(url: string, fromMs: number): Promise<void>
  stopMusic(): Promise<void>
  pauseMusic(): Promise<void>
  resumeMusic(): Promise<void>
  /** 0 to 1. */
  setMusicVolume(volume: number): Promise<void>
  /** 0 to 1. */
  setMicVolume(volume: number): Promise<void>
}

/**
 * What a pusher tile registers when its native context is ready (`publisher.attach(handle)`) and withdraws when it is
 * detached. Promises settle when the platform answers; the store has its own time-outs and ignores rejections, because the
 * truth comes as event codes. `start` must see the `url` that is bound at the time of the call: the store sets `url`
 * first, so a tile whose data are flushed by `wx.nextTick` waits for one `wx.nextTick` before it starts.
 */
export interface PusherHandle extends Partial<PusherExtras> {
  start(): Promise<void>
  stop(): Promise<void>
  startPreview(): Promise<void>
  stopPreview(): Promise<void>
  switchCamera(): Promise<void>
  pause(): Promise<void>
  resume(): Promise<void>
}

/** The same for a player tile: `play` plays the `src` that is bound at the time of the call. The tag has no `autoplay`. */
export interface PlayerHandle {
  play(): Promise<void>
  stop(): Promise<void>
  snapshot?(): Promise<Snapshot>
}

/** The part of a `netstatus` event that is looked at; platforms disagree about types, so the store reads it defensively. */
export interface NetStatus {
  videoBitrate?: unknown
  audioBitrate?: unknown
}

/** kbit/s of picture and sound together; 0 when the platform says nothing usable. */
export function bitrateOf(info: NetStatus): number {
  const sum = [info?.videoBitrate, info?.audioBitrate].reduce<number>((total, value) => {
    const kbps = Number(value)
    return Number.isFinite(kbps) && kbps > 0 ? total + kbps : total
  }, 0)
  return sum
}
