import type { RetryPlan } from '../retry-plan'

/** What a machine knows besides its model. */
export interface Context {
  readonly now: number
  readonly retry: RetryPlan
}

/** One move of a machine: the model afterwards, and what is to be done. */
export interface Step<M, E> {
  readonly model: M
  readonly effects: readonly E[]
}
