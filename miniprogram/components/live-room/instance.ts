import type { LiveRoom } from '../../stores/live-room/live-room'
import type { RoomContext } from '../shared/room-part'
import type { OlderPage } from './compat/older-page'
import type { Floating } from './floating'
import type { Settings } from './settings'
import type { ShowConductor } from './show-conductor'

/** What an instance of the room component keeps to itself; nothing of it is drawn. */
export interface Own {
  conductor: ShowConductor
  context: RoomContext<LiveRoom>
  /** The properties, as they were read last. */
  settings: Settings
  older: OlderPage
  /** Selectors of the parts that bind themselves. */
  parts: Set<string>
  floating: Floating
  /** The picture for share cards, once the sheet has drawn it. */
  card: string
  /** What `pause` has turned off, to be given back. */
  paused: { muted: boolean; cameraOn: boolean } | null
}

export const own = (instance: unknown) => instance as Own
