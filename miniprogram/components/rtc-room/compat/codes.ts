import type { FaultCode } from '../../../stores/room/fault'

/** Numbers of 2018 for what kept a call from opening: by whether one opened it or came into it. */
const NOT_OPENED = { create: -2, enter: -3 }

const NAMED: Partial<Record<FaultCode, number>> = {
  'device-camera': -4,
  'unsupported-device': -4,
  'device-microphone': -5,
  'push-unstable': -6,
  'push-refused': -6,
  'taken-over': -6,
  'seat-lost': -6,
  'permission-camera': -7,
  'permission-microphone': -7,
  privacy: -7,
  full: -8,
  'play-refused': -9,
}

/** The number for a fault, as the older API knows it. */
export const codeOf = (code: FaultCode, opened: boolean): number =>
  NAMED[code] ?? (opened ? NOT_OPENED.create : NOT_OPENED.enter)
