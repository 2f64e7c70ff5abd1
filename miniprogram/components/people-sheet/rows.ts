import { type Locale, text } from '../../locales/index'
import type { RoomView, User } from '../../protocol/room'
import type { Sanctioned } from '../../stores/room/people/sanctions'
import { type Face, faceOf } from '../shared/person'

/** Somebody in a list: `label` is all that is said about him. */
export interface PersonRow extends Face {
  /** What he is here, or what he may not do. */
  fact: string
  label: string
  liftLabel: string
}

const MINUTE = 60_000

/** How long something still lasts, in the largest unit that fits; never nothing. */
function spanOf(lang: Locale, ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / MINUTE))
  if (minutes < 60) return text(lang, 'people.minutes', { n: minutes })
  const hours = Math.ceil(minutes / 60)
  return hours < 24 ? text(lang, 'people.hours', { n: hours }) : text(lang, 'people.days', { n: Math.ceil(hours / 24) })
}

const rowOf = (lang: Locale, user: User, fact: string): PersonRow => {
  const face = faceOf(lang, user)
  const { name } = face
  const label = fact ? text(lang, 'people.row', { name, roles: fact }) : name
  return { ...face, fact, label, liftLabel: text(lang, 'people.lift.label', { name }) }
}

/** What somebody is in this room: host, admin, on stage, oneself. */
export function rolesOf(lang: Locale, room: RoomView, userId: string, me: string): string {
  const host = userId === room.anchor.userId
  const roles = [
    host && text(lang, 'people.host'),
    !host && room.admins.includes(userId) && text(lang, 'people.admin'),
    room.seats.some(({ user }) => user?.userId === userId) && text(lang, 'people.stage'),
    userId === me && text(lang, 'people.me'),
  ]
  return roles.filter(Boolean).join(' · ')
}

/** What somebody may not do here; empty: nothing is forbidden to him. */
export function sanctionOf(lang: Locale, sanctioned: Sanctioned | null, now: number): string {
  if (sanctioned?.banned) return text(lang, 'people.banned')
  const ms = (sanctioned?.mutedUntil ?? now) - now
  return ms > 0 ? text(lang, 'people.muted', { time: spanOf(lang, ms) }) : ''
}

/** Everybody who is here: the host, who is on stage, then who watches; each once. */
export function personRows(lang: Locale, room: RoomView | null, members: readonly User[], me: string): PersonRow[] {
  if (!room) return []
  const seated = room.seats.flatMap(({ user }) => user ?? [])
  const everybody = new Map([room.anchor, ...seated, ...members].map((user) => [user.userId, user]))
  return [...everybody.values()].map((user) => rowOf(lang, user, rolesOf(lang, room, user.userId, me)))
}

export const sanctionRows = (lang: Locale, people: readonly Sanctioned[], now: number): PersonRow[] =>
  people.map((each) => rowOf(lang, each.user, sanctionOf(lang, each, now)))

/** What to send so that `now` is drawn where `before` was: a further page costs only itself (P61). */
export function patchOf(before: readonly PersonRow[], now: readonly PersonRow[]): Record<string, unknown> {
  const kept = before.every(({ id, label }, i) => now[i]?.id === id && now[i]?.label === label)
  if (!kept) return { rows: now }
  return Object.fromEntries(now.slice(before.length).map((row, i) => [`rows[${before.length + i}]`, row]))
}
