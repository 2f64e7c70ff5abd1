import { type MediaMessage, readMeta, type StreamMeta } from './message'

/** Something that follows a stream: a player, or the HLS packager. */
export interface Subscriber {
  /**
   * Called once, before any message, when it is known which tracks there are. `backlog`: metadata, configurations and
   * the frames since the last key frame.
   */
  start(tracks: { audio: boolean; video: boolean }, backlog: readonly MediaMessage[]): void
  message(message: MediaMessage): void
  /** The stream is over. Not called for a subscriber that left by itself. */
  end(): void
}

const MAX_GOP_FRAMES = 4096
const MAX_GOP_BYTES = 32 << 20

/** One live stream: the last configuration of each track, the frames since the last key frame, and who follows it. */
export class Stream {
  /** Subscriber -> whether it has been started. */
  readonly #subscribers = new Map<Subscriber, boolean>()
  #meta: MediaMessage | null = null
  #audioConfig: MediaMessage | null = null
  #videoConfig: MediaMessage | null = null
  #gop: MediaMessage[] = []
  #gopBytes = 0
  /** Until metadata says otherwise, claim both tracks. */
  #info: StreamMeta = { width: 0, height: 0, hasAudio: true, hasVideo: true }

  get info(): Readonly<StreamMeta> {
    return this.#info
  }

  /** Takes the next message of the pusher and hands it on. Throws on malformed metadata. */
  push(message: MediaMessage): void {
    this.#remember(message)
    for (const [subscriber, started] of this.#subscribers) {
      if (started) subscriber.message(message)
      else if (this.#meta || message.isFrame) this.#open(subscriber, message)
    }
  }

  /**
   * Adds a follower; the result removes it again. It starts at once if tracks are known, otherwise with the first
   * metadata or frame: a header that claims a track which never comes makes players wait for ever.
   */
  join(subscriber: Subscriber): () => void {
    this.#subscribers.set(subscriber, false)
    if (this.#meta || this.#gop.length > 0) this.#open(subscriber, null)
    return () => this.#subscribers.delete(subscriber)
  }

  end(): void {
    const followers = [...this.#subscribers.keys()]
    this.#subscribers.clear()
    for (const follower of followers) follower.end()
  }

  #remember(message: MediaMessage): void {
    switch (message.kind) {
      case 'meta':
        this.#info = readMeta(message)
        this.#meta = message
        return
      case 'audio-config':
        this.#audioConfig = message
        return
      case 'video-config':
        this.#videoConfig = message
        return
      default:
        // Without video every audio packet is a place to begin.
        message.sync = message.kind === 'audio' ? this.#videoConfig === null : message.kind === 'key'
        this.#cache(message)
    }
  }

  #cache(frame: MediaMessage): void {
    if (!this.#videoConfig) return
    if (frame.sync) this.#clearGop()
    else if (this.#gop.length === 0) return
    this.#gop.push(frame)
    this.#gopBytes += frame.flv.length
    // Too long a GOP is dropped whole, never with a hole; the next key frame begins anew.
    if (this.#gop.length > MAX_GOP_FRAMES || this.#gopBytes > MAX_GOP_BYTES) this.#clearGop()
  }

  #clearGop(): void {
    this.#gop = []
    this.#gopBytes = 0
  }

  #open(subscriber: Subscriber, current: MediaMessage | null): void {
    this.#subscribers.set(subscriber, true)
    const backlog = [this.#meta, this.#audioConfig, this.#videoConfig, ...this.#gop].filter(
      (message) => message !== null,
    )
    subscriber.start({ audio: this.#info.hasAudio, video: this.#info.hasVideo }, backlog)
    if (current && !backlog.includes(current)) subscriber.message(current)
  }
}
