import type { ErrorCode } from '../../miniprogram/protocol/errors'

/** A call that the rules refuse. Doors turn it into an `ErrorBody`; any other error is a fault of ours. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined
  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}
