import type { LiveRoom } from '../../stores/live-room/live-room'
import type { FrameOwn } from '../room/frame'
import type { RoomContext } from '../shared/room-part'
import type { OlderPage } from './compat/older-page'
import type { Floating } from './floating'
import type { Settings } from './settings'
import type { ShowConductor } from './show-conductor'

/** What an instance of the room component keeps to itself; nothing of it is drawn. */
export interface Own extends FrameOwn {
  conductor: ShowConductor
  context: RoomContext<LiveRoom>
  /** The properties, as they were read last. */
  settings: Settings
  older: OlderPage
  floating: Floating
  /** What `pause` has turned off, to be given back. */
  paused: { muted: boolean; cameraOn: boolean } | null
}

export const own = (instance: unknown) => instance as Own
