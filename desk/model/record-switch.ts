import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomApi } from '../../miniprogram/services/room-api/port'
import { InFlight } from '../../miniprogram/stores/in-flight'

/** The record button. Whether a room is recorded is said by the room; this only asks for it. Actions never reject. */
export class RecordSwitch {
  busy = false
  /** The last tap came to nothing. */
  failed = false
  private readonly inFlight = new InFlight()

  constructor(private readonly api: RoomApi) {
    makeObservable(this, { busy: observable, failed: observable })
  }

  /** A second tap joins the first. */
  turn(roomId: string, on: boolean): Promise<void> {
    return this.inFlight.join('record', async () => {
      this.set(true, false)
      try {
        await this.api.call('record', { roomId, on })
        this.set(false, false)
      } catch {
        this.set(false, true)
      }
    })
  }

  private set(busy: boolean, failed: boolean): void {
    runInAction(() => Object.assign(this, { busy, failed }))
  }
}
