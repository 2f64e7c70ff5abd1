import { makeObservable, observable, reaction, runInAction } from 'mobx-miniprogram'
import type { PlaybackEvent } from '../../media/playback-model'
import { streamOf } from '../../media/playback-moves'
import type { Scope } from '../../scope'
import { Picture, type PictureDeps } from './picture'
import type { Slot } from './types'
import type { Wanted } from './wanted'

/** A picture that is replaced stays this long (ms) at most, when the other one does not come. */
export const CHANGE_OVER_MS = 8000

/** What happens to the whole phone. */
type Happening = Extract<PlaybackEvent, { type: 'hide' | 'show' | 'online' | 'again' }>

/**
 * The pictures that are played, one for each slot, and those that are being replaced. Nobody's player is touched because
 * another one comes or goes (M80, P53), and while a picture runs it stays until its successor has one, too.
 */
export class Pictures {
  /** In the order in which they came. */
  all: readonly Picture[] = []
  private readonly made = new Map<Slot, number>()
  private muted = false
  private hidden = false

  constructor(
    private readonly scope: Scope,
    private readonly deps: PictureDeps,
  ) {
    makeObservable(this, { all: observable.ref })
  }

  /** The one that is, or is going to be, seen in this slot. */
  of(slot: Slot): Picture | null {
    return this.all.find((picture) => picture.slot === slot && !picture.leaving) ?? null
  }

  /** From now on exactly these. */
  want(list: readonly Wanted[]): void {
    for (const picture of this.all) {
      if (!list.some(({ slot }) => slot === picture.slot)) this.remove(picture)
    }
    for (const wanted of list) this.show(wanted)
  }

  setMuted(muted: boolean): void {
    this.muted = muted
    for (const { playback } of this.all) playback.setMuted(muted)
  }

  dispatch(happening: Happening): void {
    if (happening.type === 'hide') this.hidden = true
    if (happening.type === 'show') this.hidden = false
    for (const { playback } of this.all) playback.dispatch(happening)
  }

  private show(wanted: Wanted): void {
    const now = this.of(wanted.slot)
    const same = now?.wanted.mode === wanted.mode && streamOf(now.wanted.address) === streamOf(wanted.address)
    if (now && (same || (now.wanted.mode === wanted.mode && !now.seen))) {
      now.learn(wanted)
      return
    }
    // Without a stream to change to, what runs may run out.
    if (now?.seen && !wanted.live) return
    const next = this.add(wanted)
    if (now?.seen) this.replace(now, next)
    else if (now) this.remove(now)
  }

  private add(wanted: Wanted): Picture {
    const { slot } = wanted
    const n = (this.made.get(slot) ?? 0) + 1
    this.made.set(slot, n)
    const picture = new Picture(`${slot}-${n}`, wanted, this.scope.child(), this.deps)
    picture.playback.setMuted(this.muted)
    if (this.hidden) picture.playback.dispatch({ type: 'hide' })
    picture.learn(wanted)
    this.set([...this.all, picture])
    return picture
  }

  /** The old one is seen until the new one is, or until it is not to be seen any more. */
  private replace(old: Picture, next: Picture): void {
    // The one before it has waited long enough.
    for (const picture of this.all) if (picture.leaving && picture.slot === old.slot) this.remove(picture)
    old.leave()
    const life = this.scope.child()
    const done = () => {
      life.end()
      this.remove(old)
    }
    life.onEnd(reaction(() => next.seen || !old.seen, done))
    life.after(CHANGE_OVER_MS, done)
  }

  private remove(picture: Picture): void {
    if (!this.all.includes(picture)) return
    this.set(this.all.filter((each) => each !== picture))
    picture.end()
  }

  private set(all: readonly Picture[]): void {
    runInAction(() => {
      this.all = all
    })
  }
}
