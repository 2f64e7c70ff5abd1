import type { Input, Output } from '../../protocol/actions'
import type { SeatGrant, StagePlay } from '../../protocol/link'
import type { RoomView } from '../../protocol/room'
import { type RoomApi, RoomApiError } from '../../services/room-api/port'
import { planeOf, type Sender } from '../media/plane'
import type { Scope } from '../scope'
import { Camera, type CameraDeps } from './camera'
import type { HeldSeat } from './stage/places'
import { isFinal, type Visit } from './visit'

/** Taps within this time (ms) are told to the server as one. */
const SETTLE_MS = 300

/** Why the server does not know us on our seat any more, or null when it said something else. */
export function lossOf(error: unknown): 'elsewhere' | 'lost' | null {
  if (!(error instanceof RoomApiError)) return null
  return error.code === 'superseded' ? 'elsewhere' : error.code === 'not-on-stage' ? 'lost' : null
}

export interface OwnSeatDeps extends Omit<CameraDeps, 'freshUrl' | 'onWord'> {
  scope: Scope
  api: RoomApi
  visit(): Visit | null
  /** The seat that is his by what the room says, or null. */
  mine(): HeldSeat | null
  /** Where the others are seen; null once he only watches again. */
  onPlays(plays: readonly StagePlay[] | null): void
  /** In a call whose media say so themselves: who is to be seen and heard, from now on. */
  onSenders?(senders: readonly Sender[]): void
  onLoss(why: 'elsewhere' | 'lost'): void
}

/** The seat to which this phone has come, and the camera that pushes from it. */
export class OwnSeat {
  readonly camera: Camera
  /** With this epoch only this phone may push there; null while it does not. */
  private at: Input<'seat.push'> | null = null
  /** Of a call: what goes with the next word about the devices. */
  private asks: Pick<Input<'seat.device'>, 'hand' | 'away'> = {}
  private tell = () => {}
  private plane = planeOf(undefined)

  constructor(private readonly deps: OwnSeatDeps) {
    this.camera = new Camera({
      ...deps,
      freshUrl: () => this.freshUrl(),
      onWord: (code, message) => this.plane.heard(code, message) && this.meet(),
    })
  }

  get taken(): boolean {
    return this.at !== null
  }
  get epoch(): number {
    return this.at?.epoch ?? 0
  }

  /** Comes to the seat and pushes. Resolves with its number. Rejects with RoomApiError. */
  async take(visit: Visit, life: Scope, wanted: () => boolean): Promise<number | null> {
    const { roomId } = visit
    const grant = await life.guard(this.deps.api.call('seat.take', { roomId }))
    if (!wanted()) return null
    const at = this.hold(roomId, grant)
    visit.learn(grant.room)
    if (this.at !== at) return null
    this.push(grant)
    return grant.seat
  }

  /** The seat came with the room: pushes. */
  sit(roomId: string, grant: SeatGrant): void {
    this.hold(roomId, grant)
    this.push(grant)
  }

  private hold(roomId: string, { seat, epoch }: SeatGrant): Input<'seat.push'> {
    const at = { roomId, seat, epoch }
    this.at = at
    return at
  }

  private push(grant: SeatGrant): void {
    // Everybody else waits for the picture of this phone.
    this.camera.push(grant.push.url)
    this.learn(grant)
  }

  /** Where the others are: as the grant says, or from now on as the room says that the address leads into. */
  private learn({ play, media }: SeatGrant): void {
    this.plane = planeOf(media)
    this.deps.onPlays(play)
    this.meet()
  }

  private meet(): void {
    if (this.at && this.plane.senders) this.deps.onSenders?.(this.plane.senders)
  }

  /** Camera and microphone off, at once; the next time both begin as they are meant to. */
  end(): void {
    const { publisher } = this.camera
    this.stop()
    publisher.setMuted(false)
    publisher.setCameraOn(true)
  }

  /** The same, and what the user has turned off stays off the next time. */
  stop(): void {
    const was = this.at
    this.at = null
    this.asks = {}
    this.tell()
    this.camera.release()
    if (was) this.deps.onPlays(null)
  }

  /** The heartbeat of the seat; null when it is not his any more. Rejects with RoomApiError. */
  async beat(version: number): Promise<Output<'seat.beat'> | null> {
    const { at } = this
    if (!at) return null
    try {
      // Of such a room the server may hear nothing but this.
      const pushing = this.plane.senders !== null && this.camera.publisher.state === 'publishing'
      return await this.deps.api.call('seat.beat', { ...at, version, ...(pushing ? { pushing } : {}) })
    } catch (error) {
      const why = lossOf(error)
      if (!why) throw error
      if (this.at === at) this.deps.onLoss(why)
      return null
    }
  }

  /** What the room says about the seat: another device may have it, and what the anchor has turned off is off. */
  check(seat: HeldSeat): void {
    const { at } = this
    const { publisher } = this.camera
    if (!at) return
    if (seat.seat !== at.seat || seat.epoch > at.epoch) {
      this.deps.onLoss('elsewhere')
      return
    }
    if (seat.quieted.mic) publisher.setMuted(true)
    if (seat.quieted.camera) publisher.setCameraOn(false)
    const unsaid = seat.micOff !== publisher.muted || seat.cameraOff === publisher.cameraOn
    if (unsaid || Object.keys(this.asks).length > 0) this.tellDevices()
    // The server does not receive what this phone believes to push.
    if (seat.state === 'held') publisher.dispatch({ type: 'not-received' })
  }

  /** What the anchor has turned off stays off. */
  setMicOff(off: boolean): void {
    if (!off && this.deps.mine()?.quieted.mic) return
    this.camera.publisher.setMuted(off)
    this.tellDevices()
  }
  setCameraOff(off: boolean): void {
    if (!off && this.deps.mine()?.quieted.camera) return
    this.camera.publisher.setCameraOn(!off)
    this.tellDevices()
  }

  /** In a call: asks to speak, or is on hold. */
  ask(asks: Pick<Input<'seat.device'>, 'hand' | 'away'>): void {
    this.asks = { ...this.asks, ...asks }
    this.tellDevices()
  }

  /** A call that fails is made up for when the room says something else than this phone. */
  private tellDevices(): void {
    const { at } = this
    const { scope, api, visit } = this.deps
    const { publisher } = this.camera
    this.tell()
    if (!at) return
    this.tell = scope.after(SETTLE_MS, () => {
      const off = { micOff: publisher.muted, cameraOff: !publisher.cameraOn }
      const { asks } = this
      this.asks = {}
      const learn = ({ room }: { room: RoomView }) => visit()?.learn(room)
      const again = () => {
        this.asks = { ...asks, ...this.asks }
      }
      scope.guard(api.call('seat.device', { roomId: at.roomId, ...off, ...asks })).then(learn, again)
    })
  }

  private async freshUrl(): Promise<string> {
    const { at } = this
    if (!at) throw new Error('no seat to push from')
    try {
      const grant = await this.deps.api.call('seat.push', at)
      if (this.at === at) this.learn(grant)
      return grant.push.url
    } catch (error) {
      const why = lossOf(error)
      if (why && this.at === at) this.deps.onLoss(why)
      else if (!why && isFinal(error)) this.deps.visit()?.finish(error)
      throw error
    }
  }
}
