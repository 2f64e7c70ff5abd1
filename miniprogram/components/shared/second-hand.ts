import { makeObservable, observable, reaction, runInAction } from 'mobx-miniprogram'
import type { Kit } from '../../stores/kit'

/** A clock (ms) that moves once a second, and only while there is something to count down. */
export class SecondHand {
  now: number
  private stop: (() => void) | null = null
  private readonly ignore: () => void

  /** `wanted` is observed; `end()` when the part goes. */
  constructor(
    private readonly clock: Pick<Kit['clock'], 'now' | 'every'>,
    wanted: () => boolean,
  ) {
    this.now = clock.now()
    makeObservable(this, { now: observable })
    this.ignore = reaction(wanted, (on) => this.run(on), { fireImmediately: true })
  }

  /** Whole seconds until `at`, never below 0. */
  secondsTo(at: number): number {
    return Math.max(0, Math.ceil((at - this.now) / 1000))
  }

  end(): void {
    this.ignore()
    this.run(false)
  }

  private run(on: boolean): void {
    this.stop?.()
    this.stop = on ? this.clock.every(1000, () => this.tick()) : null
    if (on) this.tick()
  }

  private tick(): void {
    runInAction(() => {
      this.now = this.clock.now()
    })
  }
}
