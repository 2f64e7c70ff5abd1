import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomView } from '../../protocol/room'
import type { Chat } from '../room/chat'
import type { Attended, RoomPart } from '../room/part'

/** People on stage who are remembered to be counted once; seats are few, shows are long. */
const MAX_GUESTS = 500

/** What the server does not count: this phone does, for as long as it is in the room. */
export class Tally implements RoomPart {
  /** People who have been on stage beside the anchor. */
  guests = 0
  /** Lines of the chat. */
  lines = 0
  private readonly seen = new Set<string>()

  constructor(private readonly chat: Chat) {
    makeObservable(this, { guests: observable, lines: observable })
  }

  entered({ scope }: Attended): void {
    this.seen.clear()
    this.set(0, 0)
    scope.onEnd(
      this.chat.onBatch((batch, past) => {
        if (past) return
        const said = batch.filter(({ kind }) => kind === 'barrage').length
        if (said > 0) this.set(this.guests, this.lines + said)
      }),
    )
  }

  changed({ seats }: RoomView): void {
    for (const { user, state } of seats) {
      if (user && state === 'on' && this.seen.size < MAX_GUESTS) this.seen.add(user.userId)
    }
    if (this.seen.size !== this.guests) this.set(this.seen.size, this.lines)
  }

  private set(guests: number, lines: number): void {
    runInAction(() => {
      this.guests = guests
      this.lines = lines
    })
  }
}
