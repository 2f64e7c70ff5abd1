import type { Bytes } from './flv'
import type { FlvTag } from './flv-demux'

export interface EngineEvents {
  /** The first picture of this connection (or the first sound of a stream without picture) is out. */
  first(): void
  size(width: number, height: number): void
  /** There is nothing to show, and there is again. */
  stalled(): void
  resumed(): void
  /** The stream cannot be played; the connection is of no more use. */
  failed(message: string): void
}

/** Turns the bytes of one FLV stream into picture and sound. One engine serves one tag and many connections. */
export interface PlayEngine {
  /** A new connection follows: timestamps and decoders begin anew, the last picture stays. */
  begin(): void
  /** Everything as it comes from the socket. */
  bytes(chunk: Bytes): void
  /** The same, cut into tags. */
  tag(tag: FlvTag): void
  /** 0 is silent. */
  setGain(gain: number): void
  /** Holds the picture and keeps silent; the connection stays. */
  setPaused(paused: boolean): void
  /** How loud it was since this was last asked, 0 to 100; null where that is not known. */
  volume(): number | null
  /** Frames shown since `begin`. */
  readonly frames: number
  /** Milliseconds waiting to be shown. */
  readonly cache: number
  /** The element that shows the picture. */
  readonly surface: HTMLVideoElement | HTMLCanvasElement
  destroy(): void
}
