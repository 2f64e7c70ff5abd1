import type { RoomView } from '../../../protocol/room'
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

/** What the chat learns from the visit: the last lines for a newcomer, and whether only some may write. */
export class ChatEntry implements RoomPart {
  constructor(private readonly deps: ChatEntryDeps) {}

  entered({ scope, visit }: Attended, { room }: { room: RoomView }): void {
    const { chat, api, greets } = this.deps
    this.learn(room)
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
  }

  private learn(room: RoomView): void {
    this.deps.chat.setReserved(room.muteAll && !isInCharge(room, this.deps.me()))
  }
}
