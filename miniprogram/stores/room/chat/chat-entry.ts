import type { RoomView, SeatView, User } from '../../../protocol/room'
import type { RoomApi } from '../../../services/room-api/port'
import type { Chat } from '../chat'
import type { Attended, RoomPart } from '../part'
import { isInCharge } from '../people/rights'
import { readHistory } from './read-history'

export interface ChatEntryDeps {
  chat: Chat
  api: Pick<RoomApi, 'call'>
  me(): string
  /** Says that this user has come in; an anchor has been here all the time. */
  greets: boolean
}

const seen = (seats: readonly SeatView[]): User[] =>
  seats.flatMap(({ user, state }) => (user && state === 'on' ? [user] : []))

/** What the chat learns from the visit: the last lines for a newcomer, whether only some may write, and who comes on stage. */
export class ChatEntry implements RoomPart {
  /** Names of those who are on stage as far as the lines have told, by user id. */
  private readonly onStage = new Map<string, string>()

  constructor(private readonly deps: ChatEntryDeps) {}

  entered({ scope, visit }: Attended, { room }: { room: RoomView }): void {
    const { chat, api, greets } = this.deps
    this.learn(room)
    this.onStage.clear()
    for (const { userId, name } of seen(room.seats)) this.onStage.set(userId, name)
    if (greets) chat.greet()
    // Behind the call that brought the first frame, beside the chat's own joining. Without it the list begins empty.
    scope.guard(api.call('history', { roomId: visit.roomId })).then(
      (answer) => chat.recall(readHistory(answer)),
      () => {},
    )
  }

  changed(room: RoomView, before: RoomView): void {
    this.learn(room)
    if (room.muteAll !== before.muteAll) this.deps.chat.announce(room.muteAll ? 'muted-all' : 'unmuted-all')
    if (room.state !== 'closed') this.tellStage(room)
  }

  /** Who is seen for the first time, and who has given his seat up; a picture that is lost for a moment is neither. */
  private tellStage({ seats, kind }: RoomView): void {
    const { chat } = this.deps
    const call = kind === 'call'
    const holders = new Set(seats.map(({ user }) => user?.userId))
    for (const [userId, name] of this.onStage) {
      if (holders.has(userId)) continue
      this.onStage.delete(userId)
      chat.announce(call ? 'out-of-call' : 'off-stage', name)
    }
    for (const { userId, name } of seen(seats)) {
      if (this.onStage.has(userId)) continue
      this.onStage.set(userId, name)
      chat.announce(call ? 'in-call' : 'on-stage', name)
    }
  }

  private learn(room: RoomView): void {
    this.deps.chat.setReserved(room.muteAll && !isInCharge(room, this.deps.me()))
  }
}
