import { reaction } from 'mobx-miniprogram'
import type { Publisher } from '../../miniprogram/stores/media/publisher'
import type { NewCall, RtcRoom } from '../../miniprogram/stores/rtc-room/rtc-room'
import { Inputs } from '../media/inputs'
import { TrtcRoom } from '../media/trtc/trtc-room'
import type { DeskKit } from '../wiring/desk-kit'
import type { Opening } from '../wiring/place'
import { plainLooks } from './plain-looks'
import { Sharing, type Switches } from './sharing'

/** What leads into a call. */
export type CallWay = Extract<Opening, { kind: 'call' | 'answer' }>

/** A call that is taken at this desk. Whoever made it calls `end()`. */
export class DeskCall {
  readonly room: RtcRoom
  readonly publisher: Publisher
  readonly inputs: Inputs
  readonly sharing: Sharing
  /** What is off here is off for everybody, and said to them. */
  readonly switches: Switches
  /** Where everybody meets, when the call travels by TRTC; unused otherwise. */
  readonly trtc = new TrtcRoom()
  private readonly unwatch: () => void
  private readonly unfollow: () => void

  constructor({ kit, device }: DeskKit, media: MediaDevices) {
    const room = kit.openRtcRoom()
    const publisher = plainLooks(room.publisher)
    this.room = room
    this.publisher = publisher
    this.switches = {
      get muted() {
        return publisher.muted
      },
      get cameraOn() {
        return publisher.cameraOn
      },
      setMuted: (muted) => room.setMicOff(muted),
      setCameraOn: (on) => room.setCameraOff(!on),
    }
    this.inputs = new Inputs(device.storage)
    this.sharing = new Sharing(this.inputs, this.switches)
    this.unwatch = this.inputs.watch(media)
    // Who is away hears nobody.
    this.unfollow = reaction(
      () => room.hold.away,
      (away) => this.trtc.setMuted(away),
    )
  }

  /** A call to be opened shows oneself first; another one is come into at once. */
  begin(way: CallWay): Promise<void> {
    if (way.kind === 'answer') return this.room.answer(way.ringId, { consent: way.consent })
    return way.roomId ? this.room.enter(way.roomId) : this.room.prepare()
  }

  start(call: NewCall): Promise<void> {
    return this.room.start(call)
  }

  /** Hangs up. */
  async leave(): Promise<void> {
    await this.room.leave()
  }

  end(): void {
    this.unwatch()
    this.unfollow()
    this.room.end()
    this.inputs.stopSharing()
  }
}
