import type { LiveRoom, NewRoom } from '../../miniprogram/stores/live-room/live-room'
import type { Publisher } from '../../miniprogram/stores/media/publisher'
import { Inputs } from '../media/inputs'
import type { DeskKit } from '../wiring/desk-kit'
import { plainLooks } from './plain-looks'
import { RecordSwitch } from './record-switch'
import { Sharing } from './sharing'

/** A show that is run from this desk. Whoever made it calls `end()`. */
export class AnchorShow {
  readonly room: LiveRoom
  readonly publisher: Publisher
  readonly inputs: Inputs
  readonly sharing: Sharing
  readonly record: RecordSwitch
  private readonly unwatch: () => void

  constructor({ kit, api, device }: DeskKit, media: MediaDevices) {
    this.room = kit.openLiveRoom({ role: 'anchor' })
    const { publisher } = this.room
    if (!publisher) throw new Error('an anchor without a camera')
    this.publisher = plainLooks(publisher)
    this.inputs = new Inputs(device.storage)
    this.sharing = new Sharing(this.inputs, publisher)
    this.record = new RecordSwitch(api)
    this.unwatch = this.inputs.watch(media)
  }

  /** The preview, or a show that was left running. */
  begin(roomId: string): Promise<void> {
    return roomId === '' ? this.room.prepare() : this.room.resumeShow(roomId)
  }

  start(room: NewRoom): Promise<void> {
    return this.room.start(room)
  }

  end(): void {
    this.unwatch()
    this.room.end()
    this.inputs.stopSharing()
  }
}
