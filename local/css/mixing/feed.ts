import type { Writable } from 'node:stream'
import type { MediaMessage } from '../message'
import { Player } from '../player'
import type { Subscriber } from '../stream'

const TAG_HEADER_BYTES = 11

/**
 * A stream on its way into ffmpeg: FLV whose time is that of the mix, so that inputs that began at different moments, on
 * clocks of their own, come together. An ffmpeg that reads too slowly loses frames like any player.
 */
export class MixFeed implements Subscriber {
  readonly #player: Player
  /** What makes stream time mix time, ms; null until the first frame. */
  #shift: number | null = null

  constructor(
    pipe: Writable,
    /** The moment, ms of the mix, that the newest frame from before is of. */
    private readonly joinedAt: number,
    /** Time of the mix now, ms. */
    private readonly clock: () => number,
    private readonly onEnd: () => void,
  ) {
    this.#player = new Player('flv', {
      write: (bytes) => void pipe.write(this.#shifted(bytes)),
      queued: () => pipe.writableLength,
      end: () => pipe.end(),
      abort: () => pipe.destroy(),
    })
    // The child may end first; its exit says so.
    pipe.on('error', () => pipe.destroy())
  }

  start(tracks: { audio: boolean; video: boolean }, backlog: readonly MediaMessage[]): void {
    this.#align(
      [...backlog].reverse().find(({ isFrame }) => isFrame),
      this.joinedAt,
    )
    this.#player.start(tracks, backlog)
  }

  message(message: MediaMessage): void {
    if (message.isFrame) this.#align(message, this.clock())
    this.#player.message(message)
  }

  end(): void {
    this.#player.end()
    this.onEnd()
  }

  #align(frame: MediaMessage | undefined, moment: number): void {
    if (frame && this.#shift === null) this.#shift = Math.round(moment) - frame.timestamp
  }

  #shifted(bytes: Buffer): Buffer {
    if (this.#shift === null || bytes.length < TAG_HEADER_BYTES || bytes.toString('latin1', 0, 3) === 'FLV')
      return bytes
    const copy = Buffer.from(bytes)
    const time = Math.max(0, copy.readUIntBE(4, 3) + copy.readUInt8(7) * 0x1000000 + this.#shift)
    copy.writeUIntBE(time % 0x1000000, 4, 3)
    copy.writeUInt8(Math.floor(time / 0x1000000) % 256, 7)
    return copy
  }
}
