import type { ErrorCode } from '../../protocol/errors'
import { RoomApiError } from '../../services/room-api/port'

/** What the user can do about a fault; the component turns it into one button, or none. */
export type Remedy = 'retry' | 'open-settings' | 'resume' | 'none'

/**
 * Everything that can go wrong in a room, as the user meets it. A fatal fault ends the room here (phase `failed`, media
 * released); any other is a banner over a room that goes on.
 */
export const FAULTS = {
  /** Refused now or earlier: only the settings page helps. */
  'permission-camera': { fatal: false, remedy: 'open-settings' },
  'permission-microphone': { fatal: false, remedy: 'open-settings' },
  /** The privacy guideline was not agreed to: show the agree button, then `retry()`. */
  privacy: { fatal: false, remedy: 'retry' },
  /** The mini program's privacy guideline names neither camera nor microphone: a matter for its operator. */
  'privacy-undeclared': { fatal: false, remedy: 'retry' },
  /** The account may not use the media tags: its category, or the switch under "interface settings". For its operator. */
  'capability-account': { fatal: false, remedy: 'retry' },
  /** This WeChat, or its base library, is too old for the media tags. */
  'capability-library': { fatal: false, remedy: 'none' },
  /** No resolution that this phone's encoder takes. */
  'unsupported-device': { fatal: false, remedy: 'none' },
  /** Another room on this phone is using the camera. */
  'pusher-busy': { fatal: false, remedy: 'retry' },
  /** The same anchor goes on with the show on another device. */
  superseded: { fatal: true, remedy: 'resume' },
  /** Another show of this user is open; `roomId` names it: `resumeShow(roomId)`. */
  'already-live': { fatal: false, remedy: 'resume' },
  /** The room is over, and nothing more is known about it. */
  'room-closed': { fatal: true, remedy: 'none' },
  'not-found': { fatal: true, remedy: 'none' },
  forbidden: { fatal: true, remedy: 'none' },
  /** This call is recorded: who agrees says so by `agree()`, and is in. */
  'consent-needed': { fatal: false, remedy: 'none' },
  /** Whoever keeps order in this room, or the operator, does not let this user in. */
  banned: { fatal: true, remedy: 'none' },
  /** Sent out of the room by those who keep order in it. */
  removed: { fatal: true, remedy: 'none' },
  /** Every seat is taken. */
  full: { fatal: false, remedy: 'retry' },
  /** What was asked for is answered, withdrawn or too old. */
  stale: { fatal: false, remedy: 'none' },
  /** The seat was given to nobody, or to somebody else meanwhile. */
  'not-on-stage': { fatal: false, remedy: 'none' },
  /** The same user is in this call on another device now. */
  'taken-over': { fatal: true, remedy: 'resume' },
  /** The server has given the seat in this call up: this phone was away for too long. */
  'seat-lost': { fatal: true, remedy: 'resume' },
  /** The text does not pass the check. */
  'text-refused': { fatal: false, remedy: 'none' },
  /** The login is missing or over. */
  unauthenticated: { fatal: false, remedy: 'retry' },
  /** The server was not heard; while in a room the model keeps trying by itself. */
  network: { fatal: false, remedy: 'retry' },
  /** The server, or a service behind it, is not well. */
  unavailable: { fatal: false, remedy: 'retry' },
  'bad-input': { fatal: false, remedy: 'none' },
  'rate-limited': { fatal: false, remedy: 'retry' },
  /** The camera does not work; sound goes on, `setCameraOn(false)` makes that official. */
  'device-camera': { fatal: false, remedy: 'retry' },
  /** The microphone does not work or is in use. */
  'device-microphone': { fatal: false, remedy: 'retry' },
  /** The show breaks again and again; the model keeps trying, a better network would help. */
  'push-unstable': { fatal: false, remedy: 'none' },
  /** The streaming cloud refuses a fresh address of ours: a matter for the operator. */
  'push-refused': { fatal: false, remedy: 'retry' },
  /** The same for watching. */
  'play-refused': { fatal: false, remedy: 'retry' },
  /** This phone cannot decode the show. */
  'unsupported-codec': { fatal: false, remedy: 'none' },
  /** The chat login was taken over by another device, or expired. */
  'chat-kicked': { fatal: false, remedy: 'retry' },
  /** A fault of ours. */
  internal: { fatal: false, remedy: 'retry' },
} as const satisfies Record<string, { fatal: boolean; remedy: Remedy }>

export type FaultCode = keyof typeof FAULTS

/** Switch on `code`. `roomId` comes with `already-live`. */
export type RoomFault = {
  [C in FaultCode]: { readonly code: C } & (typeof FAULTS)[C] &
    (C extends 'already-live' ? { readonly roomId: string } : unknown)
}[FaultCode]

export function fault(code: Exclude<FaultCode, 'already-live'>): RoomFault {
  return { code, ...FAULTS[code] } as RoomFault
}

const FROM_API: Record<
  Exclude<ErrorCode, 'already-live'> | 'timeout' | 'network',
  Exclude<FaultCode, 'already-live'>
> = {
  'bad-input': 'bad-input',
  unauthenticated: 'unauthenticated',
  forbidden: 'forbidden',
  'consent-needed': 'consent-needed',
  banned: 'banned',
  full: 'full',
  stale: 'stale',
  'not-on-stage': 'not-on-stage',
  'text-refused': 'text-refused',
  'not-found': 'not-found',
  'room-closed': 'room-closed',
  superseded: 'superseded',
  'rate-limited': 'rate-limited',
  unavailable: 'unavailable',
  internal: 'internal',
  network: 'network',
  timeout: 'network',
}

/** The fault that a failed call means to the user. */
export function faultOf(error: unknown): RoomFault {
  if (!(error instanceof RoomApiError)) return fault('internal')
  if (error.code !== 'already-live') return fault(FROM_API[error.code] ?? 'internal')
  const { roomId } = error.details
  return { code: 'already-live', ...FAULTS['already-live'], roomId: typeof roomId === 'string' ? roomId : '' }
}

const MEDIA: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'permission-camera',
  'permission-microphone',
  'privacy-undeclared',
  'capability-account',
  'unsupported-device',
  'device-camera',
  'device-microphone',
  'push-unstable',
  'push-refused',
  'play-refused',
  'unsupported-codec',
])

/** A fault that is over when the media are well again. */
export const isMediaFault = (found: RoomFault | null): boolean => found !== null && MEDIA.has(found.code)
