import type { ActionName, Input, Output } from '../../protocol/actions'
import type { ErrorCode } from '../../protocol/errors'

/** A refused or failed call. `network` and `timeout` are the client's own: the server was never heard. */
export class RoomApiError extends Error {
  readonly code: ErrorCode | 'network' | 'timeout'
  readonly details: Record<string, unknown>
  constructor(code: ErrorCode | 'network' | 'timeout', message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'RoomApiError'
    this.code = code
    this.details = details
  }
  /** True when the same call may succeed later without anybody changing anything. */
  get transient(): boolean {
    return (
      this.code === 'network' || this.code === 'timeout' || this.code === 'unavailable' || this.code === 'rate-limited'
    )
  }
}

/** The room service as the client sees it. Rejects with `RoomApiError` only. */
export interface RoomApi {
  call<A extends ActionName>(action: A, input: Input<A>): Promise<Output<A>>
}

/** Told with every answer: the server's clock and the local times around the call (all ms). */
export type ServerTimeListener = (sample: { serverNow: number; sentAt: number; receivedAt: number }) => void
