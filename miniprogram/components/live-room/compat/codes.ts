import type { Role } from '../../../stores/live-room/live-room'
import type { FaultCode } from '../../../stores/room/fault'

/** Numbers of 2018 for what kept a room from opening, by role; and for what ended it there. */
const NOT_OPENED: Readonly<Record<Role, number>> = { anchor: -9001, audience: -9003 }
export const ROOM_CLOSED = -9006

const MEDIA: Partial<Record<FaultCode, number>> = {
  'permission-camera': -1301,
  'device-camera': -1301,
  'permission-microphone': -1302,
  'device-microphone': -1302,
  'unsupported-device': -1305,
  'push-unstable': -1307,
  superseded: -1307,
  'push-refused': -9002,
  'play-refused': -2301,
  'unsupported-codec': -2301,
  removed: ROOM_CLOSED,
  banned: ROOM_CLOSED,
}

/** The number that an older page knows a fault by. */
export const codeOf = (fault: FaultCode, role: Role): number => MEDIA[fault] ?? NOT_OPENED[role]
