import type Mpegts from 'mpegts.js'
import type { Bytes } from './flv'

/** The way of bytes from our socket into mpegts.js, which would otherwise open connections past the phone's network. */
export class Feed {
  private waiting: Bytes[] = []
  private sink: ((chunk: Bytes) => void) | null = null

  push(chunk: Bytes): void {
    if (this.sink) this.sink(chunk)
    else this.waiting.push(chunk)
  }

  /** Called by the loader when the player is ready for data. */
  open(sink: (chunk: Bytes) => void): void {
    this.sink = sink
    for (const chunk of this.waiting) sink(chunk)
    this.waiting = []
  }

  close(): void {
    this.sink = null
    this.waiting = []
  }
}

/** A loader class in the shape that mpegts.js wants, reading from `feed`. */
export function loaderOf(library: typeof Mpegts, feed: Feed): Mpegts.CustomLoaderConstructor {
  const { kIdle, kConnecting, kBuffering } = library.LoaderStatus
  return class FeedLoader extends library.BaseLoader {
    private received = 0

    constructor() {
      super('feed-loader')
      this._needStash = true
    }

    override open(): void {
      this._status = kConnecting
      feed.open((chunk) => {
        this._status = kBuffering
        const from = this.received
        this.received += chunk.byteLength
        // The library keeps the buffer, so it gets one of its own.
        this.onDataArrival(chunk.slice().buffer, from, this.received)
      })
    }

    override abort(): void {
      feed.close()
      this._status = kIdle
    }

    override destroy(): void {
      this.abort()
      super.destroy()
    }
  }
}
