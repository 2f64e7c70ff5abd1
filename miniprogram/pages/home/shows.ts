import type { RoomList } from '../../stores/session'

type Summary = RoomList['rooms'][number]

/** A show as a card of the list draws it. */
export interface Show {
  roomId: string
  title: string
  name: string
  cover: string
  /** File id of a picture, or ''. */
  picture: string
  viewers: number
  likes: number
  sinceMs: number
  live: boolean
}

/** `now` is the server's clock (ms). */
export const showOf = ({ room, counts }: Summary, now: number): Show => ({
  roomId: room.roomId,
  title: room.title,
  name: room.anchor.name,
  cover: room.cover,
  picture: room.coverFile ?? '',
  viewers: counts.viewers,
  likes: counts.likes,
  sinceMs: Math.max(0, now - (room.startedAt ?? room.createdAt)),
  live: room.state === 'live',
})

export type View = 'loading' | 'empty' | 'offline' | 'error' | 'ready'

/** What the list area shows: what was seen before stays, whatever a refresh says. */
export function viewOf(list: Pick<RoomList, 'rooms' | 'state'>, online: boolean): View {
  if (list.rooms.length > 0) return 'ready'
  if (list.state === 'error') return online ? 'error' : 'offline'
  return list.state === 'empty' ? 'empty' : 'loading'
}

/** The greeting for an hour of the day. */
export const greetingKey = (hour: number) =>
  hour >= 5 && hour < 12 ? 'home.morning' : hour >= 12 && hour < 18 ? 'home.afternoon' : 'home.evening'
