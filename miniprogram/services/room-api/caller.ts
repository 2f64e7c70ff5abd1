import type { ActionName, Input, Output } from '../../protocol/actions'
import type { Clock } from '../clock'
import { type RoomApi, RoomApiError, type ServerTimeListener } from './port'
import { parseReply } from './reply'
import { waitBeforeRetry } from './retry'

/** How long one try may take. */
export const CALL_MS = 10_000

/**
 * Carries one request and gives the body of the answer, whatever it is. Rejects with `RoomApiError`; anything else that
 * it throws counts as `network`.
 */
export type Transport = (request: { action: ActionName } & Record<string, unknown>) => Promise<unknown>

export interface CallerOptions {
  clock: Clock
  onServerTime?: ServerTimeListener
}

/** What all adapters of RoomApi have in common: a time-out for every try, tries again, a checked answer. */
export function createCaller(transport: Transport, { clock, onServerTime }: CallerOptions): RoomApi {
  /** `Output<A>` is the server's word: its schemas are checked against these types where it is built. */
  async function attempt<A extends ActionName>(action: A, input: Input<A>): Promise<Output<A>> {
    const sentAt = clock.now()
    const body = await withTimeout(transport({ ...input, action }), clock)
    const reply = parseReply(body)
    if (reply.serverNow !== null) {
      onServerTime?.({ serverNow: reply.serverNow, sentAt, receivedAt: clock.now() })
    }
    if ('error' in reply) throw reply.error
    return reply.result as Output<A>
  }

  return {
    async call(action, input) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(action, input)
        } catch (cause) {
          const error = toRoomApiError(cause)
          const wait = waitBeforeRetry(action, error, tries, () => clock.random())
          if (wait === null) throw error
          await new Promise<void>((resolve) => clock.after(wait, resolve))
        }
      }
    },
  }
}

function withTimeout<T>(work: Promise<T>, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(CALL_MS, () => {
      reject(new RoomApiError('timeout', `no answer within ${CALL_MS} ms`))
    })
    const settle = <V>(pass: (value: V) => void) => {
      return (value: V) => {
        cancel()
        pass(value)
      }
    }
    work.then(settle(resolve), settle(reject))
  })
}

function toRoomApiError(cause: unknown): RoomApiError {
  if (cause instanceof RoomApiError) return cause
  return new RoomApiError('network', cause instanceof Error ? cause.message : String(cause))
}
