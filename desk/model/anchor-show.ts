import type { LiveRoom, NewRoom } from '../../miniprogram/stores/live-room/live-room'
import type { Publisher } from '../../miniprogram/stores/media/publisher'
import { Inputs } from '../media/inputs'
import type { DeskKit } from '../wiring/desk-kit'
import { RecordSwitch } from './record-switch'

/** A show that is run from this desk. Whoever made it calls `end()`. */
export class AnchorShow {
  readonly room: LiveRoom
  readonly inputs: Inputs
  readonly record: RecordSwitch
  private readonly unwatch: () => void
  /** How it was before a screen took the camera's place. */
  private before: { cameraOn: boolean } | null = null

  constructor({ kit, api, device }: DeskKit, media: MediaDevices) {
    this.room = kit.openLiveRoom({ role: 'anchor' })
    this.inputs = new Inputs(device.storage)
    this.record = new RecordSwitch(api)
    this.unwatch = this.inputs.watch(media)
    // A phone begins with a softened face; a page without that knob shows what the camera sees.
    this.publisher.setBeauty(0)
    this.publisher.setWhiteness(0)
    this.inputs.onUnshared(() => this.unshared())
  }

  /** One's own camera; an anchor has one from the first. */
  get publisher(): Publisher {
    const { publisher } = this.room
    if (!publisher) throw new Error('an anchor without a camera')
    return publisher
  }

  /** The preview, or a show that was left running. */
  begin(roomId: string): Promise<void> {
    return roomId === '' ? this.room.prepare() : this.room.resumeShow(roomId)
  }

  start(room: NewRoom): Promise<void> {
    return this.room.start(room)
  }

  /** A screen in the camera's place, for viewers the same stream. Must be called by a tap. */
  async share(): Promise<void> {
    await this.inputs.share()
    if (!this.inputs.sharing || this.before) return
    this.before = { cameraOn: this.publisher.cameraOn }
    this.publisher.setCameraOn(true)
  }

  end(): void {
    this.before = null
    this.inputs.stopSharing()
    this.unwatch()
    this.room.end()
  }

  private unshared(): void {
    const { before } = this
    this.before = null
    if (before) this.publisher.setCameraOn(before.cameraOn)
  }
}
