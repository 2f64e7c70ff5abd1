import type { Input } from '../../protocol/actions'
import { type CoverId, LIMITS, lengthOf } from '../../protocol/limits'
import type { PersonalMessage } from '../../protocol/messages'
import type { Publisher } from '../media/publisher'
import { Desk } from '../room/desk/desk'
import type { StageDesk } from '../room/desk/types'
import { fault, type RoomFault } from '../room/fault'
import { named, Room, type RoomDeps } from '../room/room'
import type { Admission } from '../room/side'
import { RoomStage } from '../room/stage/stage'
import { CallSide } from './call-side'
import { Hold } from './hold'

/** What the person who opens a call decides about it; the server has a word for what is left out. */
export type NewCall = Pick<Input<'create'>, 'title' | 'notice' | 'seats' | 'record' | 'endsWithOwner' | 'ring'>

/** What a call is drawn with where there is no picture. */
const COVER: CoverId = 'graphite'

/** A loss after which the user may come back to the same call. */
const COMES_BACK: readonly RoomFault['code'][] = ['taken-over', 'seat-lost']

/** One call on one phone: two to six people, every one of them seen and heard by every other one. */
export class RtcRoom extends Room<CallSide> {
  readonly stage: RoomStage
  readonly desk: StageDesk
  readonly publisher: Publisher
  /** Hand up, on hold. */
  readonly hold: Hold
  readonly endsByLeaving = false
  /** What has led, or leads, into the call: the id of a room, of a ring, or of the request that opens one. */
  private way = ''
  /** The call in which this user has agreed to be recorded: who comes back is not asked again. */
  private agreedTo = ''
  /** The same way once more, agreed. */
  private agreeing: (() => Promise<void>) | null = null

  constructor(deps: RoomDeps) {
    super(deps)
    const { truth } = this
    const { device } = deps
    const { canShowMedia } = device
    const around = {
      ...deps,
      onFault: (media: RoomFault | null) => this.attendance.mediaFault(media),
      room: () => truth.room,
      visit: () => this.attendance.visit,
      me: () => this.me,
    }
    const stage: RoomStage = new RoomStage({
      ...around,
      canShowMedia,
      rival: null,
      camera: () => side.seat.camera.publisher,
    })
    const side = new CallSide({ ...around, stage, onLoss: (loss) => this.attendance.fail(loss) })
    const desk = new Desk({ ...around, role: 'anchor' })
    this.stage = stage
    this.desk = desk
    this.publisher = side.seat.camera.publisher
    this.hold = new Hold({ seat: side.seat, stage, mine: () => side.mine })
    const told = (message: PersonalMessage) => {
      if (message.type === 'seat' && message.what === 'kicked') side.wasKicked()
    }
    this.assemble({ side, parts: [desk, this.hold, { told }], greets: false })
  }

  /** Asks for privacy, microphone and camera in this order and shows this user to himself, before any call. */
  prepare(): Promise<void> {
    return this.preview()
  }

  /** Opens a call and sits down in it, in one request. */
  start(call: NewCall): Promise<void> {
    const title = call.title.trim()
    this.putAway()
    return this.act('open', async () => {
      if (title === '' || lengthOf(title) > LIMITS.titleMax) {
        this.status.setFault(fault('bad-input'))
        return
      }
      const form = { ...call, title, cover: COVER, kind: 'call' as const }
      const requestId = this.requestIds.of(JSON.stringify(form))
      this.way = requestId
      await this.attendance.open(async () => {
        const admission = await this.goodbye.toward(this.deps.api.call('create', { ...form, requestId }))
        this.requestIds.done()
        if (call.record) this.agreedTo = admission.room.roomId
        return admission
      })
    })
  }

  /**
   * Comes into a call, or comes back to his own place in it, in one request. From another call it goes straight over.
   * `consent`: he agrees to be recorded; who has not been asked yet gets the fault `consent-needed`, and `agree()` goes on.
   */
  async enter(roomId: string, { consent = false } = {}): Promise<void> {
    if (this.status.stage === 'open' && this.room?.roomId === roomId) return
    return this.come(roomId, consent || this.agreedTo === roomId, (asked) => {
      this.goodbye.roomId = roomId
      return named(this.deps.api.call('enter', { roomId, ...asked }))
    })
  }

  /** Says yes to a ring, and is in the call with the same request. `consent`: as in `enter`. */
  answer(ringId: string, { consent = false } = {}): Promise<void> {
    return this.come(ringId, consent, (asked) =>
      this.goodbye.toward(this.deps.api.call('call.accept', { ringId, ...asked })),
    )
  }

  /** The user agrees to be recorded, and comes in by the way that has asked him. */
  async agree(): Promise<void> {
    if (this.fault?.code === 'consent-needed') return this.agreeing?.()
  }

  /** Hangs up. Camera and microphone are off at once; for the last one out the call is over. */
  async leave(): Promise<void> {
    this.goOut()
  }

  /** The person who opened it ends the call for everybody; his camera and microphone are off at once. */
  close(): Promise<void> {
    const { room } = this
    if (!room || !this.side.owner || this.deps.scope.ended) return Promise.resolve()
    this.side.release()
    return this.inFlight.join('close', async () => {
      try {
        this.truth.setSummary((await this.deps.api.call('close', { roomId: room.roomId })).summary)
      } catch {
        // Then he is out of it at least, and those who are left decide.
        this.goOut()
        return
      }
      if (!this.deps.scope.ended) this.attendance.finish()
    })
  }

  /** What its owner has turned off stays off. Everybody is told at once. */
  setMicOff(off: boolean): void {
    if (!this.hold.away) this.side.seat.setMicOff(off)
  }
  setCameraOff(off: boolean): void {
    if (!this.hold.away) this.side.seat.setCameraOff(off)
  }

  /** The card of a call that is over makes room for the next one. */
  private putAway(): void {
    if (this.status.stage === 'ended') this.goOut()
  }

  /** Comes in by this way, from wherever he is. A second tap joins the first. */
  private async come(
    way: string,
    consent: boolean,
    ask: (asked: { consent?: true }) => Promise<Admission>,
  ): Promise<void> {
    const { way: before } = this
    if (before === way && this.status.stage === 'open') return
    if (before !== way && (this.status.stage === 'open' || this.inFlight.has('open'))) void this.leave()
    this.putAway()
    this.way = way
    this.agreeing = () => this.come(way, true, ask)
    return this.act('open', async () => {
      await this.attendance.open(async () => {
        const admission = await ask(consent ? { consent } : {})
        if (consent) this.agreedTo = admission.room.roomId
        return admission
      })
      // Who was not let in does not look at himself: a card asks what to do.
      if (this.status.stage === 'setup') this.side.release()
    })
  }

  protected override otherwise(stopped: RoomFault | null) {
    if (stopped?.code === 'already-live') return () => this.enter(stopped.roomId)
    const roomId = this.truth.room?.roomId
    return stopped && roomId && COMES_BACK.includes(stopped.code) ? () => this.enter(roomId) : null
  }
}
