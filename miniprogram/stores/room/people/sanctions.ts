import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Sanction } from '../../../protocol/order'
import type { User } from '../../../protocol/room'
import type { Clock } from '../../../services/clock'

/** Somebody who may not write, or not come in. */
export interface Sanctioned {
  readonly user: User
  readonly banned: boolean
  /** Local time (ms) until which he is muted; null: he is not. */
  readonly mutedUntil: number | null
}

/** Who is muted or banned here, for those who keep order. */
export class SanctionList {
  people: readonly Sanctioned[] = []
  state: 'none' | 'loading' | 'ready' | 'empty' | 'error' = 'none'
  private looking: Promise<void> | null = null
  /** Grows with all that is learnt elsewhere: an older list does not undo it. */
  private news = 0

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly ask: () => Promise<Sanction[]>,
  ) {
    makeObservable(this, { people: observable.ref, state: observable })
  }

  of(userId: string): Sanctioned | null {
    return this.people.find(({ user }) => user.userId === userId) ?? null
  }

  /** Never rejects; a second call joins the first. What was seen before stays until the answer. */
  refresh(): Promise<void> {
    if (this.looking) return this.looking
    const looking = this.look().finally(() => {
      if (this.looking === looking) this.looking = null
    })
    this.looking = looking
    return looking
  }

  /** The server's answer to an act. */
  learn(sanction: Sanction): void {
    this.news++
    const others = this.people.filter(({ user }) => user.userId !== sanction.user.userId)
    this.show([...this.read([sanction]), ...others])
  }

  clear(): void {
    if (this.state === 'none') return
    this.news++
    this.looking = null
    this.set('none', [])
  }

  private async look(): Promise<void> {
    if (this.people.length === 0) this.set('loading')
    const { news } = this
    try {
      const found = await this.ask()
      if (news === this.news) this.show(this.read(found))
      else if (this.state !== 'none') await this.look()
    } catch {
      if (news === this.news) this.set('error')
    }
  }

  private read(sanctions: readonly Sanction[]): Sanctioned[] {
    const now = this.clock.now()
    return sanctions
      .filter(({ banned, mutedForMs }) => banned || mutedForMs > 0)
      .map(({ user, banned, mutedForMs }) => ({ user, banned, mutedUntil: mutedForMs > 0 ? now + mutedForMs : null }))
  }

  private show(people: readonly Sanctioned[]): void {
    this.set(people.length > 0 ? 'ready' : 'empty', people)
  }

  private set(state: SanctionList['state'], people = this.people): void {
    runInAction(() => {
      this.state = state
      this.people = people
    })
  }
}
