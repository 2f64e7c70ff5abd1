import type { Input } from '../../../miniprogram/protocol/actions'
import type { SeatGrant, StagePlay } from '../../../miniprogram/protocol/link'
import type { PersonalMessage } from '../../../miniprogram/protocol/messages'
import type { RoomCounts, RoomReason, RoomView, SeatView } from '../../../miniprogram/protocol/room'
import { RoomApiError } from '../../../miniprogram/services/room-api/port'
import { seatView } from './room-view'

export const SEAT_HOLD_MS = 30_000

/** The room service around the stage. */
export interface House {
  now(): number
  /** The room that is not closed; throws a refusal. */
  open(roomId: string): RoomView
  rooms(): RoomView[]
  change(roomId: string, to: Partial<RoomView>): RoomView
  counts(roomId: string): RoomCounts
  /** Why the room is over when this person leaves it as it then is; null: it goes on. */
  endOf(after: RoomView, userId: string): RoomReason | null
  close(roomId: string, reason: RoomReason): RoomView
  tell(userId: string, message: PersonalMessage): void
}

/** What nobody outside sees of a seat. */
interface Hidden {
  taken: boolean
  until: number
  linkId: string
  off: { mic: boolean; camera: boolean }
}
/** A refusal as the client meets it. */
export const refuse = (code: ConstructorParameters<typeof RoomApiError>[0], message: string) =>
  new RoomApiError(code, message)

/** Who somebody is in a TRTC room. */
export const trtcUser = (seat: number, epoch: number): string => `t${seat}e${epoch}_0123456789abcdef`

export const seatStream = (roomId: string, { seat, epoch }: Pick<SeatView, 'seat' | 'epoch'>) =>
  `${roomId}_s${seat}_${epoch}`

/** The seats of every room in memory: who holds one, what he pushes, and until when it is his. */
export class FakeSeats {
  protected readonly hidden = new Map<string, Hidden>()
  private made = 0
  /** From now on calls travel by TRTC: seats are given a way into a room, and nobody is told where the others are. */
  trtc = false

  constructor(protected readonly house: House) {}

  /** The seat that somebody holds, if he holds one. */
  seatOf(roomId: string, userId: string): SeatView | undefined {
    return this.house.open(roomId).seats.find(({ user }) => user?.userId === userId)
  }

  mine(roomId: string, user: string): SeatView {
    const seat = this.seatOf(roomId, user)
    if (!seat) throw refuse('not-on-stage', 'you hold no seat')
    return seat
  }

  current(user: string, { roomId, seat: number, epoch }: Input<'seat.push'>): SeatView {
    const seat = this.mine(roomId, user)
    if (seat.seat !== number) throw refuse('not-on-stage', 'you hold another seat')
    if (seat.epoch !== epoch) throw refuse('superseded', 'taken on another device')
    return seat
  }

  plays(roomId: string, except: string): StagePlay[] {
    const room = this.house.open(roomId)
    const anchor = { userId: room.anchor.userId, seat: 0, ...this.sign('play', `${roomId}_${room.epoch}`) }
    const linkers = room.seats
      .filter(({ user }) => user !== null)
      .map((seat) => ({
        userId: seat.user?.userId ?? '',
        seat: seat.seat,
        ...this.sign('play', seatStream(roomId, seat)),
      }))
    return [...(room.state === 'live' && room.kind !== 'call' ? [anchor] : []), ...linkers].filter(
      ({ userId }) => userId !== except,
    )
  }

  /** The seat that somebody holds, with addresses signed anew. */
  grantOf(roomId: string, userId: string): SeatGrant | null {
    const seat = this.seatOf(roomId, userId)
    return seat ? this.grant(roomId, seat, userId) : null
  }

  freeSeat(roomId: string, wanted?: number): SeatView | undefined {
    const { seats } = this.house.open(roomId)
    return seats.find((s) => s.user === null && !s.locked && (wanted === undefined || s.seat === wanted))
  }

  sit(roomId: string, { seat, epoch }: SeatView, userId: string, how: Pick<Hidden, 'taken' | 'linkId'>): RoomView {
    const until = this.house.now() + SEAT_HOLD_MS
    this.hidden.set(`${roomId} ${seat}`, { ...how, until, off: { mic: false, camera: false } })
    const user = { userId, name: userId }
    return this.setSeat(roomId, seat, seatView({ seat, user, state: 'held', epoch: epoch + 1, endsInMs: SEAT_HOLD_MS }))
  }

  /** The first time as it was given, later with a new stream. */
  retake(roomId: string, user: string): SeatGrant {
    const seat = this.mine(roomId, user)
    const own = this.of(roomId, seat.seat)
    own.until = this.house.now() + SEAT_HOLD_MS
    if (!own.taken) {
      own.taken = true
      return this.grant(roomId, seat, user)
    }
    const epoch = seat.epoch + 1
    this.setSeat(roomId, seat.seat, { state: 'held', epoch, endsInMs: SEAT_HOLD_MS, handAt: null, away: false })
    return this.grant(roomId, { ...seat, epoch }, user)
  }

  free(roomId: string, number: number): RoomView {
    const room = this.house.open(roomId)
    const { epoch, locked, user } = this.seat(roomId, number)
    this.hidden.delete(`${roomId} ${number}`)
    const seats = room.seats.map((s) => (s.seat === number ? seatView({ seat: number, epoch, locked }) : s))
    const end = this.house.endOf({ ...room, seats }, user?.userId ?? '')
    // A call that ends with its owner ends in the same moment.
    if (end === 'owner-left') return this.house.close(roomId, end)
    const after = this.house.change(roomId, { seats })
    return end ? this.house.close(roomId, end) : after
  }

  /** Off is off: because the holder, or the anchor, wants so. */
  draw(roomId: string, { seat, quieted }: SeatView): RoomView {
    const { off } = this.of(roomId, seat)
    const micOff = off.mic || quieted.mic
    return this.setSeat(roomId, seat, { quieted, micOff, cameraOff: off.camera || quieted.camera })
  }

  grant(roomId: string, seat: SeatView, user: string): SeatGrant {
    if (this.trtc) return this.roomGrant(roomId, seat)
    const push = this.sign('push', seatStream(roomId, seat))
    return { seat: seat.seat, epoch: seat.epoch, push, media: { kind: 'rtmp' }, play: this.plays(roomId, user) }
  }

  private roomGrant(strRoomId: string, { seat, epoch }: SeatView): SeatGrant {
    this.made++
    const userId = trtcUser(seat, epoch)
    const url = `room://cloud.tencent.com/rtc?strroomid=${strRoomId}&userid=${userId}&usersig=${this.made}`
    const signed = { userSig: String(this.made), privateMapKey: '', expiresInMs: 60_000 }
    const media = { kind: 'trtc' as const, sdkAppId: 1400000001, strRoomId, userId, ...signed }
    return { seat, epoch, push: { url, expiresInMs: 60_000 }, media, play: [] }
  }

  private sign(what: 'push' | 'play', stream: string) {
    this.made++
    return { url: `rtmp://${what}/live/${stream}?sig=${this.made}`, expiresInMs: 60_000 }
  }

  of(roomId: string, seat: number): Hidden {
    const known = this.hidden.get(`${roomId} ${seat}`)
    if (!known) throw new Error(`nobody holds seat ${seat} of ${roomId}`)
    return known
  }

  private seat(roomId: string, number: number): SeatView {
    const seat = this.house.open(roomId).seats.find((s) => s.seat === number)
    if (!seat) throw refuse('bad-input', 'no such seat')
    return seat
  }

  seatByUrl(url: string): { roomId: string; seat: SeatView } | null {
    for (const { roomId, seats } of this.house.rooms()) {
      const seat = seats.find((each) => url.includes(`/${seatStream(roomId, each)}?`))
      if (seat) return { roomId, seat }
    }
    return null
  }

  setSeat(roomId: string, number: number, to: Partial<SeatView>): RoomView {
    const seats = this.house.open(roomId).seats.map((s) => (s.seat === number ? { ...s, ...to } : s))
    return this.house.change(roomId, { seats })
  }
}
