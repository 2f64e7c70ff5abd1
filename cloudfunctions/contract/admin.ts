import * as v from 'valibot'
import type { AdminActionName, AdminActions, AdminInput } from '../../miniprogram/protocol/admin'
import type { ErrorCode } from '../../miniprogram/protocol/errors'
import { LIMITS } from '../../miniprogram/protocol/limits'
import { check, type Parsed } from './parse'
import type { Schemas } from './schemas'
import {
  cover,
  cursor,
  flag,
  maybeText,
  pageSize,
  personText,
  queueName,
  requestId,
  roomId,
  seat,
  tags,
  time,
  userId,
  whole,
} from './text'

const REASON_MAX = 200
const reason = personText(REASON_MAX)
const STATES = ['idle', 'live', 'interrupted', 'closed'] as const
const state = v.pipe(v.picklist(STATES), v.metadata({ limit: `one of ${STATES.join(', ')}` }))
const room = v.object({ roomId })
const page = { cursor: v.exactOptional(cursor), limit: v.exactOptional(pageSize) }

/** One schema per action of the operators' door. Keys that are not named here are dropped. */
export const adminInputs = {
  list: v.object({ state: v.exactOptional(state), ...page }),
  room,
  cut: v.object({ roomId, seat: v.exactOptional(seat) }),
  forbid: v.object({ roomId, reason, until: time }),
  allow: room,
  close: v.object({ roomId, reason }),
  reopen: room,
  banUser: v.object({ userId, reason }),
  unbanUser: v.object({ userId }),
  'event.open': v.object({
    title: personText(LIMITS.titleMax),
    cover,
    host: personText(LIMITS.nameMax),
    requestId,
    opensAt: v.exactOptional(time),
    notice: v.exactOptional(maybeText(LIMITS.noticeMax)),
    tags: v.exactOptional(tags),
    record: v.exactOptional(flag),
    lowLatency: v.exactOptional(whole(0, LIMITS.lowLatencyMax)),
  }),
  'event.push': room,
  'event.renew': room,
  'event.reopen': room,
  'queue.list': v.object({}),
  'queue.set': v.object({ queue: queueName, title: personText(LIMITS.nameMax) }),
  'queue.agent': v.object({ queue: queueName, userId, on: flag }),
  'queue.remove': v.object({ queue: queueName }),
  diagnostics: v.object({}),
  audit: v.object(page),
} satisfies Schemas<AdminActions>

/** What an action may refuse with besides `ALWAYS`. */
export const ADMIN_REFUSALS: Record<AdminActionName, readonly ErrorCode[]> = {
  list: [],
  room: ['not-found'],
  cut: ['not-found', 'unavailable'],
  forbid: ['not-found'],
  allow: ['not-found', 'unavailable'],
  close: ['not-found'],
  reopen: ['not-found', 'forbidden', 'room-closed', 'already-live', 'banned', 'unavailable'],
  banUser: [],
  unbanUser: [],
  'event.open': ['room-closed', 'unavailable'],
  'event.push': ['not-found', 'forbidden', 'room-closed'],
  'event.renew': ['not-found', 'forbidden', 'room-closed'],
  'event.reopen': ['not-found', 'forbidden', 'room-closed', 'unavailable'],
  'queue.list': [],
  'queue.set': [],
  'queue.agent': ['not-found', 'full'],
  'queue.remove': [],
  diagnostics: [],
  audit: [],
}

/** Seen through the protocol's eyes. */
const schemas: { [A in AdminActionName]: v.GenericSchema<unknown, AdminInput<A>> } = adminInputs

/** The name of the action that an event asks for. */
export function adminActionOf(event: unknown): Parsed<AdminActionName> {
  const name = typeof event === 'object' && event !== null ? (event as { action?: unknown }).action : undefined
  if (typeof name === 'string' && Object.hasOwn(adminInputs, name)) return { ok: true, value: name as AdminActionName }
  return { ok: false, issues: [{ field: 'action', problem: 'is not an action of this service' }] }
}

export const parseAdminInput = <A extends AdminActionName>(action: A, event: unknown): Parsed<AdminInput<A>> =>
  check(schemas[action], event)
