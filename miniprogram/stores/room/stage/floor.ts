import { makeObservable, observable, reaction, runInAction } from 'mobx-miniprogram'
import type { Scope } from '../../scope'
import type { Slot } from './types'

/** Who talks for so long (ms) has the floor, once the one before him is silent. */
export const FLOOR_MS = 1500

export interface FloorModel {
  /** Who has it. He keeps it until somebody else takes it, and while he talks nobody does. */
  readonly slot: Slot | null
  /** Since when each of those who talk has been talking. */
  readonly since: ReadonlyMap<Slot, number>
}

export const nobody: FloorModel = { slot: null, since: new Map() }

/** What it means that exactly these talk now. Pure. */
export function floorStep({ slot, since }: FloorModel, talking: readonly Slot[], now: number): FloorModel {
  const next = new Map(talking.map((each) => [each, since.get(each) ?? now]))
  if (slot !== null && next.has(slot)) return { slot, since: next }
  const [first] = [...next].filter(([, from]) => now - from >= FLOOR_MS).sort(([, a], [, b]) => a - b)
  return { slot: first ? first[0] : slot, since: next }
}

/** In how many ms somebody will have talked long enough; null while nobody is about to. */
export function takenIn({ slot, since }: FloorModel, now: number): number | null {
  if (since.size === 0 || (slot !== null && since.has(slot))) return null
  return Math.max(1, Math.min(...since.values()) + FLOOR_MS - now)
}

/** Who has the floor among those who are heard: it changes seldom, so that a cough moves no picture. */
export class Floor {
  slot: Slot | null = null
  private model = nobody
  private later = () => {}
  private life: Scope | null = null

  /** @param talking who talks; observable */
  constructor(
    private readonly scope: Scope,
    private readonly talking: () => readonly Slot[],
  ) {
    makeObservable(this, { slot: observable })
  }

  /** From now on; nobody has it yet. */
  begin(): void {
    this.end()
    const life = this.scope.child()
    this.life = life
    life.onEnd(
      reaction(
        () => this.talking().join(),
        () => this.step(life),
        { fireImmediately: true },
      ),
    )
  }

  end(): void {
    this.life?.end()
    this.life = null
    this.take(nobody)
  }

  private step(life: Scope): void {
    this.later()
    const now = life.clock.now()
    this.take(floorStep(this.model, this.talking(), now))
    const ms = takenIn(this.model, now)
    if (ms !== null) this.later = life.after(ms, () => this.step(life))
  }

  private take(model: FloorModel): void {
    this.model = model
    runInAction(() => {
      this.slot = model.slot
    })
  }
}
