import { RoomApiError } from '../../../services/room-api/port'
import { askedDelay, type RetryPlan } from '../../retry-plan'
import type { Scope } from '../../scope'

/** What the server says again next time is not said again. */
const mayWork = (error: unknown): boolean =>
  error instanceof RoomApiError && (error.transient || error.code === 'internal')

/** Says something to the server until it has heard it, or refuses to. Never rejects; never settles once the scope is over. */
export async function untilHeard(scope: Scope, retry: RetryPlan, say: () => Promise<unknown>): Promise<void> {
  const began = scope.clock.now()
  for (let tries = 1; ; tries++) {
    try {
      await scope.guard(say())
      return
    } catch (error) {
      if (!mayWork(error)) return
      const delay = retry.next({ tries, elapsedMs: scope.clock.now() - began }) ?? 0
      await scope.wait(Math.max(delay, askedDelay(error), 300))
    }
  }
}
