import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { DeskKit } from '../wiring/desk-kit'
import type { Opening } from '../wiring/place'

/** What the page shows, and whether the server knows its user. */
export class Desk {
  opening: Opening
  state: 'connecting' | 'ready' | 'failed' = 'connecting'

  constructor(
    readonly tools: DeskKit,
    opening: Opening,
    /** The address follows what is open, so that a reload comes back to it. */
    private readonly remember: (opening: Opening) => void,
  ) {
    this.opening = opening
    makeObservable(this, { opening: observable.ref, state: observable, occupied: computed })
  }

  /** Asks the server who this is. Never rejects. */
  async connect(): Promise<void> {
    this.set({ state: 'connecting' })
    const { session, rings } = this.tools.kit
    try {
      await session.login()
      this.set({ state: 'ready' })
      rings.attend()
    } catch {
      this.set({ state: 'failed' })
    }
  }

  /** A show or a call is open here: whoever rings now has to wait. */
  get occupied(): boolean {
    return this.opening.kind === 'anchor' || this.opening.kind === 'call' || this.opening.kind === 'answer'
  }

  /** Says yes to what rings here, or to somebody who waits in a queue, and goes into the call. */
  answer(ringId?: string): void {
    const { rings } = this.tools.kit
    const consent = ringId === undefined && rings.incoming?.ring.recording === true
    const taken = rings.take(ringId)
    if (taken) this.open({ kind: 'answer', ringId: taken, consent })
  }

  open(opening: Opening): void {
    this.set({ opening })
    this.remember(opening)
  }

  /** The show that is open here has got an id. */
  settled(opening: Opening): void {
    this.remember(opening)
  }

  private set(fields: Partial<Pick<Desk, 'opening' | 'state'>>): void {
    runInAction(() => Object.assign(this, fields))
  }
}
