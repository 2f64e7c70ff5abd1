import type { Clock } from '../services/clock'
import type { Device } from '../services/device/port'
import type { LiveRoom, Role } from './live-room/live-room'
import type { Rings } from './ring/rings'
import type { RtcRoom } from './rtc-room/rtc-room'
import type { Session } from './session'

/** What the app has once, and the way to open a room. Built by `wiring/install-live-kit`. */
export interface Kit {
  readonly session: Session
  /** Who is rung up, by whom; nobody before `rings.attend()`. */
  readonly rings: Rings
  readonly device: Device
  readonly clock: Clock
  /** The link that opens a room from outside of WeChat, or '' where none is known. */
  shareLink(roomId: string): string
  /** A room of its own for every component; whoever opened it ends it. */
  openLiveRoom(options: { role: Role }): LiveRoom
  /** The same for a call. */
  openRtcRoom(): RtcRoom
}

let provided: Kit | null = null

/** Called once by `installLiveKit`; a later call replaces the kit (tests, a change of account). */
export function provideKit(kit: Kit): void {
  provided = kit
}

/** The kit of this app. Throws when `app.ts` never installed one. */
export function useKit(): Kit {
  if (!provided) {
    throw new Error(
      'No live kit: call installLiveKit(config) from wiring/install-live-kit once, in app.ts before App().',
    )
  }
  return provided
}
