import Flv from 'node-media-server/src/protocol/flv.js'
import type { MediaMessage } from './message'
import type { Subscriber } from './stream'

/** Where a player's bytes go: a socket, an HTTP response, a WebSocket. */
export interface PlayerSink {
  write(bytes: Buffer): void
  /** Bytes accepted but not yet handed to the network. */
  queued(): number
  /** Ends orderly, after what is queued. */
  end(): void
  /** Ends now, dropping what is queued. */
  abort(): void
}

const HIGH_WATER_BYTES = 2 << 20
const LOW_WATER_BYTES = HIGH_WATER_BYTES / 4
const ABORT_BYTES = 64 << 20

/**
 * A player on the wire. One that reads too slowly loses frames: above 2 MB queued nothing more is sent until a key frame
 * finds less than 0.5 MB, so its memory is bounded and the picture comes back whole. Configurations always
 * pass, up to a bound that no honest pusher reaches.
 */
export class Player implements Subscriber {
  #skipping = false

  constructor(
    private readonly wire: 'flv' | 'rtmp',
    private readonly sink: PlayerSink,
  ) {}

  start(tracks: { audio: boolean; video: boolean }, backlog: readonly MediaMessage[]): void {
    if (this.wire === 'flv') this.sink.write(Flv.createHeader(tracks.audio, tracks.video))
    for (const message of backlog) this.sink.write(message[this.wire])
  }

  message(message: MediaMessage): void {
    const queued = this.sink.queued()
    if (queued > ABORT_BYTES) this.sink.abort()
    else if (!message.isFrame || !this.#mustSkip(message, queued)) this.sink.write(message[this.wire])
  }

  end(): void {
    this.sink.end()
  }

  #mustSkip(message: MediaMessage, queued: number): boolean {
    if (queued > HIGH_WATER_BYTES) this.#skipping = true
    else if (this.#skipping && message.sync && queued < LOW_WATER_BYTES) this.#skipping = false
    return this.#skipping
  }
}
