import { reaction } from 'mobx-miniprogram'
import type { RoomView, ShowSummary } from '../../protocol/room'
import type { Device } from '../../services/device/port'
import type { Lease } from '../lease'
import type { Publisher } from '../media/publisher'
import { closingFigures } from '../room/closing-figures'
import { fault, type RoomFault } from '../room/fault'
import { MediaSide } from '../room/media-side'
import { OwnSeat } from '../room/own-seat'
import type { Admission, Side, SideDeps } from '../room/side'
import { type HeldSeat, isHeld } from '../room/stage/places'
import type { RoomStage } from '../room/stage/stage'
import type { Truth } from '../room/visit'
import { callPicture } from './call-picture'

/** Whoever pushed this recently (ms) had time left on his seat, however short the server's patience: his picture was cut, not lost. */
const RECENT_MS = 20_000

export interface CallSideDeps extends SideDeps {
  device: Device
  pusherLease: Lease
  me(): string
  /** This phone has no place in the call any more. */
  onLoss(loss: RoomFault): void
}

/** Somebody in a call: a seat of his own from the first answer on, and the pictures of all others without delay. */
export class CallSide extends MediaSide implements Side {
  readonly rhythm = 'heartbeatMs'
  readonly seat: OwnSeat
  /** The server has told that he was sent off. */
  private kicked = false
  /** When this phone was last known to push. */
  private pushedAt = Number.NEGATIVE_INFINITY

  constructor(private readonly deps: CallSideDeps) {
    super()
    const { stage } = deps
    this.seat = new OwnSeat({
      ...deps,
      picture: callPicture(),
      mine: () => this.mine,
      onPlays: (plays) => stage.go(plays),
      onSenders: (senders) => stage.meet(senders),
      onLoss: (why) => deps.onLoss(this.lossBy(why)),
      // The server learns it from the streaming cloud; until it has, it is asked more often.
      onPublished: () => deps.visit()?.loop.now(),
    })
    const stopped = reaction(
      () => this.pushing,
      () => {
        this.pushedAt = deps.scope.clock.now()
      },
    )
    deps.scope.onEnd(stopped)
  }

  protected get publisher(): Publisher {
    return this.seat.camera.publisher
  }
  protected get stage(): RoomStage {
    return this.deps.stage
  }

  private get pushing(): boolean {
    return this.publisher.state === 'publishing'
  }

  get owner(): boolean {
    return this.deps.room()?.anchor.userId === this.deps.me()
  }

  ready(): Promise<RoomFault | null> {
    return this.seat.camera.ready()
  }

  admitted({ room, seat }: Admission): void {
    this.kicked = false
    this.deps.stage.begin(null, true)
    if (!seat) return
    this.seat.sit(room.roomId, seat)
    // What he has turned off before is off for everybody.
    this.look()
  }

  async question(_roomId: string, version: number): Promise<Truth> {
    const beat = await this.seat.beat(this.deps.stage.version(version))
    // The loss has been told, and with it the visit is over: nobody waits for this answer.
    if (!beat) throw new Error('no seat in this call')
    const { room, counts, play } = beat
    return { room, counts, stage: play }
  }

  figures(roomId: string): Promise<ShowSummary | null> {
    return closingFigures(this.deps.api, roomId)
  }

  changed(room: RoomView, before: RoomView): void {
    this.deps.stage.changed(room, before)
    this.look()
  }

  lost(room: RoomView, before: RoomView): RoomFault | null {
    const mine = ({ seats }: RoomView) => seats.some(({ user }) => user?.userId === this.deps.me())
    return this.seat.taken && mine(before) && !mine(room) ? this.lossBy('lost') : null
  }

  async freshChat() {
    return (await this.deps.api.call('login', {})).chat
  }

  answered(truth: Truth): void {
    this.deps.stage.answered(truth)
    this.look()
  }

  unsettled(): boolean {
    return this.pushing && this.mine?.state !== 'on'
  }

  /** The word that he was sent off, which the room only shows as a seat that is free. */
  wasKicked(): void {
    this.kicked = true
    this.deps.visit()?.loop.now()
  }

  release(): void {
    this.seat.stop()
    this.deps.stage.release()
  }

  /** The seat that is his by what the room says. */
  get mine(): HeldSeat | null {
    const me = this.deps.me()
    return this.deps.room()?.seats.find((seat): seat is HeldSeat => isHeld(seat) && seat.user.userId === me) ?? null
  }

  private look(): void {
    const { mine } = this
    if (mine) this.seat.check(mine)
  }

  private lossBy(why: 'elsewhere' | 'lost'): RoomFault {
    if (why === 'elsewhere') return fault('taken-over')
    // Nobody's time is over while he pushes: then it was somebody in charge, whether the word of it has come or not.
    const there = this.pushing || this.deps.scope.clock.now() - this.pushedAt < RECENT_MS
    return fault(this.kicked || there ? 'removed' : 'seat-lost')
  }
}
