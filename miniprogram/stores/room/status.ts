import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomFault } from './fault'
import type { RoomTruth } from './room-truth'

/**
 * `setup` nothing opened yet (an anchor sees the preview) -> `opening` a call is under way, or the room has no picture yet
 * -> `on-air` <-> `interrupted` (the server lost the anchor's stream) -> `ended`. `suspended` while the page is hidden,
 * `failed` after a fatal fault.
 */
export type Phase = 'setup' | 'opening' | 'on-air' | 'interrupted' | 'suspended' | 'ended' | 'failed'

/** How far this phone has come with a room. */
export type Stage = 'setup' | 'opening' | 'open' | 'ended' | 'failed'

/** Where a room stands for the one who looks at it, and what is wrong with it. */
export class RoomStatus {
  stage: Stage = 'setup'
  hidden = false
  fault: RoomFault | null = null

  constructor(private readonly truth: RoomTruth) {
    makeObservable(this, {
      stage: observable,
      hidden: observable,
      fault: observable.ref,
      phase: computed,
    })
  }

  get phase(): Phase {
    if (this.stage !== 'open') return this.stage
    if (this.hidden) return 'suspended'
    const state = this.truth.room?.state
    return state === 'live' ? 'on-air' : state === 'interrupted' ? 'interrupted' : 'opening'
  }

  /** The show is over, or lost to this phone. */
  get over(): boolean {
    return this.stage === 'ended' || this.stage === 'failed'
  }

  setStage(stage: Stage): void {
    runInAction(() => {
      this.stage = stage
    })
  }

  setHidden(hidden: boolean): void {
    runInAction(() => {
      this.hidden = hidden
    })
  }

  setFault(fault: RoomFault | null): void {
    runInAction(() => {
      this.fault = fault
    })
  }
}
