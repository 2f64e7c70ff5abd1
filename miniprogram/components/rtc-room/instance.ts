import type { RtcRoom } from '../../stores/rtc-room/rtc-room'
import type { FrameOwn } from '../room/frame'
import type { RoomContext } from '../shared/room-part'
import type { CallConductor } from './call-conductor'
import type { OlderPage } from './compat/older-page'
import type { Settings } from './settings'

/** What an instance of the component keeps to itself; nothing of it is drawn. */
export interface Own extends FrameOwn {
  conductor: CallConductor
  context: RoomContext<RtcRoom>
  /** The properties, as they were read last. */
  settings: Settings
  older: OlderPage
  /** What `pause` has turned off, to be given back. */
  paused: { muted: boolean; cameraOn: boolean } | null
}

export const own = (instance: unknown) => instance as Own
