import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Locale } from '../../locales/index'
import type { User } from '../../protocol/room'
import type { Snapshot } from '../../stores/media/handles'
import type { Track } from '../../stores/media/music'

/** Sheets that come up from the bottom, one at a time. A part adds the name of its own. */
export type Sheet =
  | 'beauty'
  | 'call'
  | 'desk'
  | 'devices'
  | 'filter'
  | 'gift'
  | 'link'
  | 'music'
  | 'people'
  | 'person'
  | 'pk'
  | 'quality'
  | 'replay'
  | 'still'
  | 'share'
  | 'stats'

/** What only this component knows: the language, an open question, the second hand. */
export class Ui {
  /** The anchor was asked whether to end the show. */
  confirming = false
  /** The anchor came back to a show, so there is nothing to fill in. */
  resuming = false
  /** Local time (ms) that the count-down reads; moves while there is something to count. */
  now = 0

  /** The sheet that is open. */
  sheet: Sheet | null = null
  /** Whom the sheet `person` is about. */
  person: User | null = null
  /** Whom the line that is being written answers. */
  replyTo: User | null = null
  /** What the sheet `still` shows. */
  still: Snapshot | null = null

  /** Background music that the page offers. */
  tracks: readonly Track[] = []
  private behind: Sheet | null = null
  /** In a call: what people write is open. */
  talking = false
  /** In a call: this user has hung up. */
  left = false
  /** Barrage flies over the picture. */
  flying = true

  constructor(public lang: Locale) {
    makeObservable(this, {
      lang: observable,
      confirming: observable,
      resuming: observable,
      now: observable,
      sheet: observable,
      person: observable.ref,
      replyTo: observable.ref,
      still: observable.ref,
      flying: observable,
      talking: observable,
      left: observable,
    })
  }

  open(sheet: Sheet | null): void {
    runInAction(() => {
      this.sheet = sheet
    })
  }

  /** Shows the still picture that was just taken. */
  showStill(still: Snapshot): void {
    runInAction(() => {
      this.still = still
      this.sheet = 'still'
    })
  }

  /** Opens the sheet about somebody, whose name was tapped; from a list, it leads back to that. */
  about(person: User): void {
    runInAction(() => {
      this.behind = this.sheet === 'people' ? 'people' : null
      this.person = person
      this.sheet = 'person'
    })
  }

  /** Closes the sheet about somebody. */
  back(): void {
    this.open(this.behind)
  }

  /** The next line answers this person. */
  reply(person: User | null): void {
    runInAction(() => {
      this.replyTo = person
      this.sheet = null
    })
  }

  talk(on: boolean): void {
    runInAction(() => {
      this.talking = on
    })
  }

  fly(on: boolean): void {
    runInAction(() => {
      this.flying = on
    })
  }
}
