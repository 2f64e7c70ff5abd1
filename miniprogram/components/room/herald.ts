import { type IReactionOptions, reaction } from 'mobx-miniprogram'
import type { ChatLine } from '../../stores/room/chat'
import type { RoomFault } from '../../stores/room/fault'
import type { Room } from '../../stores/room/room'
import type { LiveRoomEvents } from '../live-room/events'
import { type Wording, wordsOf } from './card'
import type { Ui } from './ui'

/** What both room components tell, in the same words. */
export type RoomEvents = Pick<LiveRoomEvents, 'created' | 'room' | 'state' | 'people' | 'text' | 'custom' | 'error'>

export interface HeraldDeps {
  room: Room
  ui: Ui
  kind: Wording
  tell<K extends keyof RoomEvents>(event: K, detail: RoomEvents[K]): void
  /** Trouble beside that of the room itself. */
  problem(): RoomFault | null
}

/** Two details that say the same. */
export const alike: IReactionOptions<object, boolean> = { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) }

/** Follows a room and tells the page what happens in it. Returns what ends that. */
export function heraldRoom({ room, ui, kind, tell, problem }: HeraldDeps): () => void {
  const idOf = () => room.room?.roomId ?? ''

  const failed = (fault: RoomFault | null, during: RoomEvents['error']['during']) => {
    if (!fault) return
    const { code, fatal, remedy } = fault
    tell('error', { roomId: idOf(), code, fatal, remedy, during, ...wordsOf(ui.lang, fault, kind) })
  }

  const said = (lines: readonly ChatLine[], past: boolean) => {
    if (past) return
    for (const line of lines) {
      if (line.kind !== 'barrage') continue
      const { id, userId, name, text, mine, failed = false } = line
      tell('text', { roomId: idOf(), id, userId, name, text, mine, failed })
    }
  }

  const ends = [
    reaction(idOf, (roomId) => {
      if (roomId && room.owner && !ui.resuming) tell('created', { roomId })
    }),
    reaction(
      () => ({ roomId: idOf(), title: room.room?.title ?? '', anchorName: room.room?.anchor.name ?? '' }),
      (about) => about.roomId && tell('room', about),
      alike,
    ),
    reaction(
      () => room.phase,
      (phase) => tell('state', { roomId: idOf(), phase }),
    ),
    reaction(
      () => ({ roomId: idOf(), people: peopleOf(room) }),
      (stage) => stage.roomId && tell('people', stage),
      alike,
    ),
    reaction(
      () => room.fault,
      (fault) => failed(fault, 'show'),
    ),
    reaction(problem, (fault) => failed(fault, 'link')),
    room.chat.onBatch(said),
    room.chat.onCustom((message) => tell('custom', { roomId: idOf(), ...message })),
  ]
  return () => {
    for (const end of ends.splice(0)) end()
  }
}

function peopleOf({ stage }: Room): RoomEvents['people']['people'] {
  return stage.places
    .filter(({ slot }) => slot !== 'rival')
    .map(({ user, seat, me, state, micOff, cameraOff }) => ({ ...user, seat, me, state, micOff, cameraOff }))
}
