import { bytesOf, CUSTOM_TAG, LIMITS } from '../../protocol/limits'
import type { MemberMessage, SystemMessage } from '../../protocol/messages'
import type { RoomCounts, RoomState, RoomView, SeatView, ShowSummary, User } from '../../protocol/room'
import type { IncomingMessage } from '../../services/messenger/port'
import { plainText } from './plain-text'
import { type Fields, fieldsOf, isCount, isText } from './shapes'

const STATES: readonly RoomState[] = ['idle', 'live', 'interrupted', 'closed']
const SEAT_STATES: readonly SeatView['state'][] = ['free', 'held', 'on']
const isTime = (value: unknown): boolean => value === null || isCount(value)

function isSeat(value: unknown): boolean {
  const seat = fieldsOf(value)
  const user = fieldsOf(seat?.user)
  const known = seat?.user === null || (isText(user?.userId) && isText(user?.name))
  const shaped = isCount(seat?.seat) && isCount(seat?.epoch) && fieldsOf(seat?.quieted) !== null
  // Servers of before calls had hands and holds say nothing of either.
  const said = isTime(seat?.handAt ?? null) && ['undefined', 'boolean'].includes(typeof seat?.away)
  return known && shaped && said && isTime(seat?.endsInMs) && SEAT_STATES.includes(seat?.state as SeatView['state'])
}

function isRoomView(value: unknown): value is RoomView {
  const room = fieldsOf(value)
  const anchor = fieldsOf(room?.anchor)
  return (
    room !== null &&
    isText(room.roomId) &&
    isText(room.title) &&
    isText(room.cover) &&
    (room.coverFile === null || isText(room.coverFile)) &&
    isText(room.notice) &&
    isText(anchor?.userId) &&
    isText(anchor?.name) &&
    Array.isArray(room.seats) &&
    room.seats.every(isSeat) &&
    Array.isArray(room.admins) &&
    STATES.includes(room.state as RoomState) &&
    isCount(room.version) &&
    isCount(room.epoch) &&
    isTime(room.startedAt) &&
    isTime(room.closesInMs)
  )
}

function isCounts(value: unknown): value is RoomCounts {
  const counts = fieldsOf(value)
  if (!counts) return false
  return [counts.viewers, counts.likes, counts.totalViewers, counts.peakViewers].every(isCount)
}

/** The closing figures, wherever they come from, or null when something else is there. */
export function readSummary(value: unknown): ShowSummary | null {
  const summary = fieldsOf(value)
  if (!summary) return null
  const { durationMs, totalViewers, peakViewers, likes } = summary
  return isCount(durationMs) && isCount(totalViewers) && isCount(peakViewers) && isCount(likes)
    ? { durationMs, totalViewers, peakViewers, likes }
    : null
}

/** What a refusal with `room-closed` tells: the room as it ended, and its figures; null where something else is there. */
export function readClosing(details: Fields): { room: RoomView | null; summary: ShowSummary | null } {
  const { room, summary } = details
  return { room: isRoomView(room) ? room : null, summary: readSummary(summary) }
}

/** What the server says about the room `roomId`; null for anything that does not have the agreed shape (M83). */
export function readSystem(roomId: string, data: unknown): SystemMessage | null {
  const message = fieldsOf(data)
  if (message?.type === 'room' && isRoomView(message.room) && message.room.roomId === roomId) {
    const summary = readSummary(message.summary)
    return { type: 'room', room: message.room, ...(summary ? { summary } : {}) }
  }
  if (message?.type === 'counts' && message.roomId === roomId && isCounts(message.counts)) {
    return { type: 'counts', roomId, counts: message.counts }
  }
  return null
}

function readPerson(value: unknown): User | null {
  const person = fieldsOf(value)
  if (!person || !isText(person.userId) || person.userId === '') return null
  return { userId: person.userId.slice(0, 64), name: isText(person.name) ? plainText(person.name, LIMITS.nameMax) : '' }
}

/** What a person says; texts are made plain and cut, because any client may be at the other end. */
export function readMember({ from, data }: Pick<IncomingMessage, 'from' | 'data'>): MemberMessage | null {
  const message = fieldsOf(data)
  if (!message || from === '') return null
  const id = isText(message.id) ? message.id.slice(0, 64) : null
  const name = isText(message.name) ? plainText(message.name, LIMITS.nameMax) : ''
  if (message.type === 'barrage' && id !== null && isText(message.text)) {
    const text = plainText(message.text, LIMITS.barrageMax)
    const to = readPerson(message.to)
    return text === '' ? null : { type: 'barrage', id, text, name, ...(to ? { to } : {}) }
  }
  if (message.type === 'joined') return { type: 'joined', name }
  if (message.type === 'custom' && id !== null && isText(message.tag) && CUSTOM_TAG.test(message.tag)) {
    const { tag, data = null } = message
    return bytesOf(JSON.stringify(data)) > LIMITS.customBytes ? null : { type: 'custom', id, tag, data, name }
  }
  if (message.type === 'like' && isCount(message.n)) {
    return { type: 'like', n: Math.min(Math.floor(message.n), LIMITS.likesPerCall) }
  }
  return null
}
