import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import { InFlight } from '../../in-flight'
import type { RetryPlan } from '../../retry-plan'
import { follow } from '../../room/deadline'
import { faultOf, type RoomFault } from '../../room/fault'
import type { Attended } from '../../room/part'
import type { LinkEnd, LinkMic, LinkState } from './types'
import { untilHeard } from './until-heard'

export const OFF: LinkState = { phase: 'off' }

interface Fields {
  state: LinkState
  ended: LinkMic['ended']
  problem: RoomFault | null
  working: number
  parting: Promise<void> | null
}

/** How far somebody has come on a way to the stage, what he has under way, and how the last way ended. */
export class Way {
  state: LinkState = OFF
  ended: LinkMic['ended'] = null
  problem: RoomFault | null = null
  /** The seat, or the request, that was given up, until the server has heard of it. */
  parting: Promise<void> | null = null
  /** The visit to the room; null while there is none. */
  attended: Attended | null = null
  /** Actions that are under way. */
  private working = 0
  private inFlight = new InFlight()
  private unfollow = () => {}

  constructor(private readonly retry: RetryPlan) {
    makeObservable<Way, 'working'>(this, {
      state: observable.ref,
      ended: observable.ref,
      problem: observable.ref,
      parting: observable.ref,
      working: observable,
      busy: computed,
    })
  }

  get busy(): boolean {
    return this.working > 0
  }

  /** The visit is over, and nothing of it is kept. */
  end(): void {
    this.become(OFF)
    this.attended = null
    this.inFlight = new InFlight()
    this.set({ parting: null, working: 0, ended: null, problem: null })
  }

  /** What ends by time is followed from here. */
  become(state: LinkState): void {
    this.unfollow()
    const begins = this.state.phase === 'off' && state.phase !== 'off'
    this.set({ state, ...(begins ? { ended: null, problem: null } : {}) })
    const expired = () => this.state === state && this.over('expired')
    this.unfollow = this.attended ? follow(state, this.attended, expired) : () => {}
  }

  over(why: LinkEnd, reason = ''): void {
    this.become(OFF)
    this.set({ ended: { why, reason } })
  }

  /** An action of the user: a second one of the same name joins it, and what goes wrong is the `problem`. */
  act(name: string, run: (attended: Attended) => Promise<void>): Promise<void> {
    const { attended } = this
    if (!attended) return Promise.resolve()
    return this.inFlight.join(name, async () => {
      this.set({ working: this.working + 1, problem: null })
      try {
        await run(attended)
      } catch (error) {
        this.set({ problem: faultOf(error) })
      }
      this.set({ working: this.working - 1 })
    })
  }

  /** Tells the server about what was given up, as often as it takes; `heard` when it knows. */
  part(say: (roomId: string) => Promise<unknown>, heard: () => void): Promise<void> {
    const { attended } = this
    if (!attended) return Promise.resolve()
    const { scope, visit } = attended
    const parting = untilHeard(scope, this.retry, () => say(visit.roomId)).then(() => {
      heard()
      this.set({ parting: null })
      visit.loop.now()
    })
    this.set({ parting })
    return parting
  }

  set(fields: Partial<Fields>): void {
    runInAction(() => Object.assign(this, fields))
  }
}
