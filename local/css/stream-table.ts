import type { Refusal, StreamRequest } from './admission'
import type { MediaMessage } from './message'
import { Stream } from './stream'

/** Why a push ended: errcode and errmsg of callback 0 (codes of doc 267/31083, texts ours). */
export const END = {
  client: { errcode: 1, errmsg: 'The push client stopped the stream' },
  idle: { errcode: 8, errmsg: 'No data for a long time' },
  drop: { errcode: 21, errmsg: 'Dropped by API' },
  forbid: { errcode: 21, errmsg: 'Forbidden by API' },
} as const
export type EndCause = (typeof END)[keyof typeof END]

/** One push, from its acceptance to its end. */
export interface Push extends StreamRequest {
  /** Address of the pusher. */
  readonly ip: string
  /** The same in both callbacks of one push, and in no other. Digits. */
  readonly sequence: string
  /** Unix ms. */
  readonly startedAt: number
  readonly stream: Stream
  /** Ends the connection of the pusher from our side; text for a client that can show it. */
  readonly close: (text: string) => void
}

export interface PushEvents {
  onStart(push: Push): void
  onEnd(push: Push, cause: EndCause): void
}

/** The live streams by name: an entry exists exactly while somebody pushes. Knows nothing of sockets. */
export class StreamTable {
  readonly #pushes = new Map<string, Push>()
  #counter = 0

  constructor(
    private readonly events: PushEvents,
    private readonly now: () => number = Date.now,
  ) {}

  /** Enters an admitted push and reports its start, or says that the stream is live already. */
  publish(request: StreamRequest & { ip: string; close: (text: string) => void }): Push | Refusal {
    if (this.#pushes.has(request.name)) return 'busy'
    const startedAt = this.now()
    this.#counter = (this.#counter + 1) % 1_000_000
    const sequence = `${startedAt}${String(this.#counter).padStart(6, '0')}`
    const push: Push = { ...request, startedAt, sequence, stream: new Stream() }
    this.#pushes.set(push.name, push)
    this.events.onStart(push)
    return push
  }

  /** Ends a push once, whoever says so first: socket closed, idle, kicked. */
  unpublish(push: Push, cause: EndCause = END.client): void {
    if (this.#pushes.get(push.name) !== push) return
    this.#pushes.delete(push.name)
    this.events.onEnd(push, cause)
    push.stream.end()
  }

  /** Hands a message of a pusher to its stream; nothing after the end. */
  push(push: Push, message: MediaMessage | null): void {
    if (message && this.#pushes.get(push.name) === push) push.stream.push(message)
  }

  /** Ends a stream from the outside; false if nobody pushes it. */
  kick(name: string, cause: EndCause): boolean {
    const push = this.#pushes.get(name)
    if (!push) return false
    this.unpublish(push, cause)
    push.close(cause.errmsg)
    return true
  }

  get(name: string): Push | undefined {
    return this.#pushes.get(name)
  }

  list(): Push[] {
    return [...this.#pushes.values()]
  }
}
