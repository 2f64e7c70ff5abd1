import { FakeClock, settled } from '../../support/fakes/clock'

/** A clock for code that talks to real sockets: time passes in steps, and between two of them they may be read. */
export class ManualClock extends FakeClock {
  /** What `random` gives. */
  chance = 0
  override random = () => this.chance

  override async pass(ms: number, step = 50): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) {
      this.advance(Math.min(step, ms - passed))
      await settled()
    }
  }
}
