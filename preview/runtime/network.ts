import { Emitter } from './emitter'
import { shapeSocket } from './network-socket'
import { UnreachableSocket } from './unreachable-socket'

/** Extra delay of each direction and bytes per second while the network is slow. */
export const SLOW = { latencyMs: 400, bytesPerSecond: 40_000 }

export interface NetworkState {
  readonly offline: boolean
  readonly slow: boolean
}

/** Why a connection fails while the app is suspended, in WeChat's word. */
const INTERRUPTED = 'interrupted'

let state: NetworkState = { offline: false, slow: false }
let suspended = false
const changes = new Emitter<NetworkState>()
const cuts = new Emitter<string>()

function change(next: Partial<NetworkState>): void {
  state = { ...state, ...next }
  changes.emit(state)
}

/** Why nothing can leave the phone now; null when it can. */
const refusal = (): string | null => (suspended ? INTERRUPTED : state.offline ? 'network is offline' : null)

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Lets a body through no faster than the network of the moment. */
function throttled(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        if (state.slow) await pause((chunk.byteLength / SLOW.bytesPerSecond) * 1000)
        controller.enqueue(chunk)
      },
    }),
  )
}

/**
 * The one network of this phone. Everything that leaves it (wx.request, sockets, cloud calls, media) goes through
 * here, so that "offline" and "slow" hold for all of it.
 */
export const network = {
  get state(): NetworkState {
    return state
  },

  /** Offline also cuts what is open. */
  setOffline(offline: boolean): void {
    if (offline === state.offline) return
    change({ offline })
    if (offline) cuts.emit('network lost')
  },

  setSlow(slow: boolean): void {
    if (slow !== state.slow) change({ slow })
  },

  /** Whether the system has suspended the app, as it does some time after it went to the background. */
  get suspended(): boolean {
    return suspended
  },

  /** Ends every open socket and request without a goodbye and refuses new ones, until the app is resumed. */
  setSuspended(on: boolean): void {
    if (on === suspended) return
    suspended = on
    if (on) cuts.emit(INTERRUPTED)
  },

  /** Whether a request failed because the app was suspended. */
  wasInterrupted: (error: unknown): boolean => error instanceof Error && error.message === INTERRUPTED,

  /** @returns a function that ends the subscription */
  onChange(listener: (state: NetworkState) => void): () => void {
    return changes.on(listener)
  },

  /**
   * `fetch` over the phone's network. Rejects with a TypeError when the phone is offline or the app suspended, also
   * when that happens before the body has arrived; `init.signal` works as usual.
   */
  async fetch(input: string | URL, init: RequestInit = {}): Promise<Response> {
    const refused = refusal()
    if (refused) throw new TypeError(refused)
    const cut = new AbortController()
    const ended = cuts.on((reason) => cut.abort(new TypeError(reason)))
    try {
      if (state.slow) await pause(SLOW.latencyMs)
      const signal = init.signal ? AbortSignal.any([init.signal, cut.signal]) : cut.signal
      signal.throwIfAborted()
      const response = await fetch(input, { ...init, signal })
      if (!response.body) {
        ended()
        return response
      }
      const body = throttled(response.body).pipeThrough(new TransformStream({ flush: ended }))
      return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers })
    } catch (error) {
      ended()
      throw error
    }
  },

  /**
   * Opens a WebSocket over the phone's network. Offline or suspended: fires `error` and `close` (1006) like an
   * unreachable host.
   * Slow: frames arrive late in both directions and `bufferedAmount` counts those not yet handed to the browser.
   */
  openSocket(url: string | URL, protocols?: string | string[]): WebSocket {
    if (refusal()) return new UnreachableSocket(url)
    const socket = new WebSocket(url, protocols)
    shapeSocket(socket, { state: () => state, onCut: (listener) => cuts.on(listener), slow: SLOW })
    return socket
  },
}
