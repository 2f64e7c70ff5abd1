import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import { Playback } from '../../media/playback'
import type { Source } from '../../media/playback-model'
import type { RetryPlan } from '../../retry-plan'
import type { Scope } from '../../scope'
import type { RoomFault } from '../fault'
import type { Slot, Tile } from './types'
import type { Wanted } from './wanted'

/** A picture without delay that fails this often in a row is played the ordinary way, where there is one. */
const RTC_TRIES = 3

export interface PictureDeps {
  retry: RetryPlan
  log(message: string): void
  /** Asks the server anew; afterwards `source` is what it says about this picture. */
  ask(picture: Picture): Promise<Source>
  /** It breaks again and again. */
  gaveUp(picture: Picture): void
  onDoubt(picture: Picture): void
  onFault(picture: Picture, fault: RoomFault | null): void
}

/** One tile that shows somebody: a player with a lifetime of its own, supervised like every other one. */
export class Picture implements Tile {
  leaving = false
  wanted: Wanted
  readonly playback: Playback
  readonly media: Extract<Tile['media'], { kind: 'picture' }>
  private failures = 0
  private opened = false

  constructor(
    readonly key: string,
    wanted: Wanted,
    private readonly scope: Scope,
    deps: PictureDeps,
  ) {
    this.wanted = wanted
    this.playback = new Playback({
      scope,
      retry: deps.retry,
      mode: wanted.mode,
      log: deps.log,
      askSource: () => {
        this.failures++
        if (this.wanted.mode === 'RTC' && this.failures >= RTC_TRIES) deps.gaveUp(this)
        return deps.ask(this)
      },
      onDoubt: () => deps.onDoubt(this),
      onFault: (fault) => {
        if (fault === null) this.failures = 0
        deps.onFault(this, fault)
      },
    })
    this.media = { kind: 'picture', playback: this.playback }
    makeObservable(this, { leaving: observable, wanted: observable.struct, seen: computed })
  }

  get slot(): Slot {
    return this.wanted.slot
  }

  /** There is a picture right now. */
  get seen(): boolean {
    return this.playback.state === 'playing' && !this.playback.spinner
  }

  /** What is known about the stream by now: another signature is no change, another stream is played at once. */
  learn(wanted: Wanted): void {
    runInAction(() => {
      this.wanted = wanted
    })
    const { address, live } = wanted
    const type = this.opened ? 'source' : 'open'
    this.opened = true
    this.playback.dispatch({ type, source: { address, live } })
  }

  leave(): void {
    runInAction(() => {
      this.leaving = true
    })
  }

  end(): void {
    this.scope.end()
  }
}
