import { makeObservable, observable } from 'mobx-miniprogram'
import type { Locale } from '../../locales/index'

/** What only this component knows: the language, an open question, the second hand. */
export class Ui {
  /** The anchor was asked whether to end the show. */
  confirming = false
  /** The anchor came back to a show, so there is nothing to fill in. */
  resuming = false
  /** Local time (ms) that the count-down reads; moves while there is something to count. */
  now = 0

  constructor(public lang: Locale) {
    makeObservable(this, { lang: observable, confirming: observable, resuming: observable, now: observable })
  }
}
