import type { Clock } from '../services/clock'
import type { Device } from '../services/device/port'
import type { Messenger } from '../services/messenger/port'
import type { Pictures } from '../services/pictures/port'
import type { Reminders } from '../services/reminders/port'
import type { RoomApi } from '../services/room-api/port'
import { ChatLogin } from './chat-login'
import type { Kit } from './kit'
import { Lease } from './lease'
import { Appointments } from './live-room/event/appointments'
import { LiveRoom, type Role } from './live-room/live-room'
import { type RetryPlan, standardPlan } from './retry-plan'
import { Rings } from './ring/rings'
import { RtcRoom } from './rtc-room/rtc-room'
import { Scope } from './scope'
import type { ServerClock } from './server-clock'
import { Session } from './session'

export interface LiveKitOptions {
  api: RoomApi
  messenger: Messenger
  device: Device
  /** Null where no picture can be uploaded: then a cover is a colour. */
  pictures: Pictures | null
  /** Null where nothing reminds a user of a show to come. */
  reminders?: Reminders | null
  /** A link that opens a room from outside, with `{roomId}` in it. */
  shareLink?: string
  clock: Clock
  /** The one that the adapter of `api` tells the time to. */
  serverClock: ServerClock
  retry?: RetryPlan
  /** Oddities that help to understand a phone afterwards. */
  log?: (message: string) => void
}

/** The app scope: what there is once, and the leases of what the platform has once. */
export function createLiveKit(options: LiveKitOptions): Kit {
  const { api, messenger, device, pictures, clock, serverClock } = options
  const session = new Session(api, serverClock)
  const login = new ChatLogin(messenger)
  const appointments = new Appointments(device.storage, options.reminders ?? null)
  const pusherLease = new Lease()
  const retry = options.retry ?? standardPlan(() => clock.random())
  const log = options.log ?? ((message) => console.warn(message))
  const rings = new Rings({
    scope: new Scope(clock),
    api,
    login,
    session,
    device,
    retry,
    silent: () => pusherLease.taken,
  })
  const rooms = () => ({ scope: new Scope(clock), api, login, device, session, pusherLease, retry, log })
  return {
    session,
    rings,
    device,
    clock,
    shareLink: (roomId) => (options.shareLink ?? '').replace('{roomId}', encodeURIComponent(roomId)),
    openLiveRoom: ({ role }: { role: Role }) => new LiveRoom(role, { ...rooms(), pictures, appointments }),
    openRtcRoom: () => new RtcRoom(rooms()),
  }
}
