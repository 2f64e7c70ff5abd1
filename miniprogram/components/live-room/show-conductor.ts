import type { LiveRoom } from '../../stores/live-room/live-room'
import type { Deed } from '../room/card'
import { Conductor } from '../room/conductor'

/** The conductor of a show: what opens one, and what the buttons of its cards do. */
export class ShowConductor extends Conductor<LiveRoom> {
  /** Opens what there is to open: a room to watch, a show to go on with, or one's own camera. */
  open(roomId: string): Promise<void> {
    const { room, ui } = this
    ui.resuming = room.role === 'anchor' && roomId !== ''
    if (room.role === 'audience') return roomId ? room.enter(roomId) : Promise.resolve()
    return roomId ? room.resumeShow(roomId) : room.prepare()
  }

  /** Does what the button of the card or of the bar says. */
  act(deed: Deed): Promise<void> {
    const { room, ui } = this
    if (deed === 'end') {
      ui.confirming = false
      return room.close()
    }
    if (deed === 'open-settings') return room.openSettings()
    if (deed === 'retry') return room.retry()
    if (deed !== 'resume') return Promise.resolve()
    const roomId = room.fault?.code === 'already-live' ? room.fault.roomId : this.roomId
    return roomId ? this.open(roomId) : Promise.resolve()
  }
}
