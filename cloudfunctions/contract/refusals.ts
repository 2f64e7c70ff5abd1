import type { ActionName } from '../../miniprogram/protocol/actions'
import type { ErrorCode } from '../../miniprogram/protocol/errors'

/** Refusals of every action on every door. */
export const ALWAYS: readonly ErrorCode[] = ['bad-input', 'unauthenticated', 'internal']

const OPEN_ROOM = ['not-found', 'room-closed'] as const
/** By the anchor, or by an admin of the room. */
const IN_CHARGE = [...OPEN_ROOM, 'forbidden'] as const
const OWN_SEAT = [...OPEN_ROOM, 'not-on-stage', 'superseded'] as const

/** What else an action may refuse with. */
export const REFUSALS: Record<ActionName, readonly ErrorCode[]> = {
  login: [],
  profile: ['rate-limited', 'text-refused', 'unavailable'],
  list: [],
  create: [
    'already-live',
    'room-closed',
    'rate-limited',
    'text-refused',
    'banned',
    'forbidden',
    'full',
    'not-found',
    'unavailable',
  ],
  update: [...IN_CHARGE, 'rate-limited', 'text-refused', 'unavailable'],
  resume: ['not-found', 'forbidden', 'room-closed', 'banned', 'full', 'rate-limited'],
  push: ['not-found', 'forbidden', 'room-closed', 'superseded', 'rate-limited'],
  beat: ['not-found', 'forbidden', 'room-closed', 'superseded'],
  enter: [...OPEN_ROOM, 'consent-needed', 'banned', 'full', 'rate-limited'],
  sync: [...OPEN_ROOM, 'banned'],
  leave: [],
  like: [...OPEN_ROOM, 'rate-limited', 'unavailable'],
  close: ['not-found', 'forbidden'],

  'link.request': [...OPEN_ROOM, 'forbidden', 'banned', 'full', 'rate-limited'],
  'link.cancel': [...OPEN_ROOM],
  'link.list': [...IN_CHARGE],
  'link.invite': [...IN_CHARGE, 'banned', 'full', 'rate-limited'],
  'link.accept': [...IN_CHARGE, 'stale', 'full', 'consent-needed'],
  'link.reject': [...IN_CHARGE, 'text-refused', 'unavailable'],
  'seat.take': [...OPEN_ROOM, 'not-on-stage', 'banned', 'rate-limited'],
  'seat.push': [...OWN_SEAT, 'rate-limited'],
  'seat.beat': [...OWN_SEAT],
  'seat.device': [...OPEN_ROOM, 'not-on-stage', 'forbidden'],
  'seat.leave': [],
  'seat.kick': [...IN_CHARGE],
  'seat.quiet': [...IN_CHARGE],
  'seat.hand': [...IN_CHARGE],
  'seat.lock': [...IN_CHARGE],

  'order.mute': [...IN_CHARGE, 'rate-limited'],
  'order.muteAll': [...IN_CHARGE, 'rate-limited'],
  'order.ban': [...IN_CHARGE, 'rate-limited'],
  'order.remove': [...IN_CHARGE, 'rate-limited'],
  'order.admin': [...IN_CHARGE, 'rate-limited', 'full', 'banned'],
  'order.list': [...IN_CHARGE],
  members: [...OPEN_ROOM, 'banned'],
  history: [...OPEN_ROOM, 'banned'],

  record: [...IN_CHARGE, 'rate-limited', 'unavailable'],
  recordings: [],
  'recording.delete': ['forbidden', 'unavailable'],

  'pk.invite': ['not-found', 'room-closed', 'forbidden', 'stale', 'full', 'rate-limited'],
  'pk.accept': ['not-found', 'room-closed', 'forbidden', 'stale'],
  'pk.refuse': ['not-found', 'room-closed', 'forbidden'],
  'pk.end': ['not-found', 'room-closed', 'forbidden'],
  'pk.play': ['not-found', 'room-closed', 'forbidden'],

  'call.invite': [
    ...OPEN_ROOM,
    'forbidden',
    'not-on-stage',
    'banned',
    'stale',
    'full',
    'rate-limited',
    'text-refused',
    'unavailable',
  ],
  'call.accept': [...OPEN_ROOM, 'stale', 'consent-needed', 'banned', 'full', 'rate-limited'],
  'call.refuse': [],
  'call.cancel': [],
  'call.status': [],
  'call.missed': [],
  'queue.ready': ['not-found', 'forbidden', 'banned'],
  'queue.list': [],
}

/** HTTP status of each refusal on the web door. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  'bad-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'room-closed': 410,
  'already-live': 409,
  superseded: 409,
  full: 409,
  stale: 409,
  'not-on-stage': 409,
  'consent-needed': 428,
  banned: 403,
  'text-refused': 422,
  'rate-limited': 429,
  unavailable: 503,
  internal: 500,
}
