import type { RtcRoom } from '../../stores/rtc-room/rtc-room'
import type { Deed } from '../room/card'
import { Conductor } from '../room/conductor'

/** The conductor of a call: what opens one, and what the buttons of its cards do. */
export class CallConductor extends Conductor<RtcRoom> {
  /** Comes into the call that is named or rings; without one this user sees himself, and begins when he likes. */
  open(roomId: string, ringId = ''): Promise<void> {
    const { room, ui } = this
    ui.resuming = roomId !== '' || ringId !== ''
    ui.left = false
    if (ringId && !roomId) return room.answer(ringId)
    return roomId ? room.enter(roomId) : room.prepare()
  }

  /** Does what the button of the card or of the bar says. */
  async act(deed: Deed): Promise<void> {
    const { room, ui } = this
    ui.confirming = false
    if (deed === 'agree') return room.agree()
    if (deed === 'end') return room.close()
    if (deed === 'leave') return this.leave()
    if (deed === 'share') return ui.open('share')
    if (deed === 'open-settings') return room.openSettings()
    if (deed === 'retry' || deed === 'resume') return room.retry()
  }

  /** Hangs up; for the others the call goes on. */
  leave(): Promise<void> {
    this.ui.left = true
    return this.room.leave()
  }
}
