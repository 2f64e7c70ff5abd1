import { makeObservable, observable } from 'mobx-miniprogram'
import type { RoomFault } from '../fault'
import type { LinkEnd, LinkMic, LinkState } from './types'

/** A viewer's way to the stage, as far as it is built: he is not on it. */
export class ViewerLink implements LinkMic {
  state: LinkState = { phase: 'off' }
  ended: { readonly why: LinkEnd; readonly reason: string } | null = null
  problem: RoomFault | null = null
  possible = false
  busy = false

  constructor() {
    makeObservable(this, {
      state: observable.ref,
      ended: observable.ref,
      problem: observable.ref,
      possible: observable,
      busy: observable,
    })
  }

  async request(): Promise<void> {}
  async cancel(): Promise<void> {}
  async accept(): Promise<void> {}
  async decline(): Promise<void> {}
  async confirm(): Promise<void> {}
  async leave(): Promise<void> {}
  setMicOff(): void {}
  setCameraOff(): void {}
  forget(): void {}
}
