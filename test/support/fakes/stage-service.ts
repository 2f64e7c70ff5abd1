import type { ActionName, Input, Output } from '../../../miniprogram/protocol/actions'
import type { LinkActions, LinkTicket, SeatGrant, StagePlay } from '../../../miniprogram/protocol/link'
import type { PersonalMessage } from '../../../miniprogram/protocol/messages'
import type { RoomCounts, RoomReason, RoomView, SeatView } from '../../../miniprogram/protocol/room'
import { RoomApiError } from '../../../miniprogram/services/room-api/port'
import { seatView } from './room-view'
import { FakeTickets, type Ticket } from './tickets'

export { LINK_WAIT_MS } from './tickets'
export const SEAT_HOLD_MS = 30_000
export const SEAT_LEASE_MS = 180_000
const GRACE_MS = 60_000

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
type Answers = { [A in keyof LinkActions & ActionName]: (user: string, input: Input<A>) => Output<A> }

const refuse = (code: ConstructorParameters<typeof RoomApiError>[0], message: string) => new RoomApiError(code, message)
/** Who somebody is in a TRTC room. */
export const trtcUser = (seat: number, epoch: number): string => `t${seat}e${epoch}_0123456789abcdef`

export const seatStream = (roomId: string, { seat, epoch }: Pick<SeatView, 'seat' | 'epoch'>) =>
  `${roomId}_s${seat}_${epoch}`

/** Link-mic in memory, by the rules of `core/link` as far as clients see them. */
export class FakeStage {
  private readonly tickets: FakeTickets
  private readonly hidden = new Map<string, Hidden>()
  private made = 0
  /** From now on calls travel by TRTC: seats are given a way into a room, and nobody is told where the others are. */
  trtc = false

  constructor(private readonly house: House) {
    this.tickets = new FakeTickets(house.now)
  }

  /** As the sweeper does: what is over by time ends. */
  sweep(): void {
    const now = this.house.now()
    for (const room of this.house.rooms()) {
      const { roomId } = room
      for (const { by, linkId } of this.tickets.expire(roomId)) {
        this.house.tell(by, { type: 'link-answer', roomId, linkId, answer: 'expired' })
      }
      for (const { seat, user } of room.seats) {
        const own = this.hidden.get(`${roomId} ${seat}`)
        const open = this.house.rooms().some((each) => each.roomId === roomId)
        if (open && user && own && own.until <= now) this.free(roomId, seat)
      }
    }
  }

  /** The streaming cloud's callbacks about the stream of a seat. */
  began(url: string): boolean {
    const found = this.seatByUrl(url)
    if (!found || found.seat.user === null) return false
    const { roomId, seat } = found
    this.of(roomId, seat.seat).until = this.house.now() + SEAT_LEASE_MS
    if (seat.state !== 'on') this.setSeat(roomId, seat.seat, { state: 'on', endsInMs: null })
    return true
  }
  ended(url: string): void {
    const found = this.seatByUrl(url)
    if (found?.seat.state !== 'on') return
    this.of(found.roomId, found.seat.seat).until = this.house.now() + GRACE_MS
    this.setSeat(found.roomId, found.seat.seat, { state: 'held', endsInMs: GRACE_MS })
  }

  /** Somebody has left the room. */
  gone(roomId: string, userId: string): void {
    this.tickets.drop(roomId, userId)
    const seat = this.seatOf(roomId, userId)
    if (seat) this.free(roomId, seat.seat)
  }

  links(roomId: string): LinkTicket[] {
    return this.tickets.list(roomId)
  }

  /** Into a call: the own seat anew, or the lowest free one; null when there is none. */
  speak(roomId: string, userId: string): SeatGrant | null {
    if (this.seatOf(roomId, userId)) return this.retake(roomId, userId)
    const free = this.freeSeat(roomId)
    if (!free) return null
    this.sit(roomId, free, userId, { taken: true, linkId: '' })
    return this.grantOf(roomId, userId)
  }

  /** The seat that somebody holds, with addresses signed anew. */
  grantOf(roomId: string, userId: string): SeatGrant | null {
    const seat = this.seatOf(roomId, userId)
    return seat ? this.grant(roomId, seat, userId) : null
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

  /** The seat that somebody holds, if he holds one. */
  seatOf(roomId: string, userId: string): SeatView | undefined {
    return this.house.open(roomId).seats.find(({ user }) => user?.userId === userId)
  }

  readonly answers: Answers = {
    'link.request': (user, { roomId }) => {
      const ticket = this.ask(roomId, user, { kind: 'request', by: user })
      if (ticket.isNew) this.tellInCharge(roomId, { type: 'link', roomId, link: ticket.link })
      return { link: ticket.link, position: this.links(roomId).findIndex((l) => l.linkId === ticket.link.linkId) + 1 }
    },
    'link.invite': (user, { roomId, userId }) => {
      this.inCharge(roomId, user)
      const { link, isNew } = this.ask(roomId, userId, { kind: 'invite', by: user })
      if (isNew) this.house.tell(userId, { type: 'link', roomId, link })
      return { link }
    },
    'link.list': (user, { roomId }) => {
      this.inCharge(roomId, user)
      return { links: this.links(roomId) }
    },
    'link.cancel': (user, { roomId, linkId }) => {
      const [userId, ticket] = this.tickets.find(roomId, linkId)
      if (!ticket || (ticket.kind === 'request' && userId !== user)) return { cancelled: false }
      this.tickets.drop(roomId, userId)
      const word = { type: 'link-answer', roomId, linkId, answer: 'cancelled' } as const
      if (ticket.kind === 'request') this.tellInCharge(roomId, word)
      else this.house.tell(userId, word)
      return { cancelled: true }
    },
    'link.accept': (user, { roomId, linkId, seat: wanted }) => {
      const room = this.house.open(roomId)
      const given = room.seats.find(({ seat, user: holder }) => holder && this.of(roomId, seat).linkId === linkId)
      if (given) return { seat: given.seat, room }
      const [userId, ticket] = this.tickets.find(roomId, linkId)
      if (!ticket || ticket.expiresAt <= this.house.now()) throw refuse('stale', 'nobody waits')
      if (ticket.kind === 'request') this.inCharge(roomId, user)
      else if (userId !== user) throw refuse('forbidden', 'only the invited person answers this')
      const free = this.freeSeat(roomId, wanted)
      if (!free) throw refuse('full', 'no seat is free')
      this.tickets.drop(roomId, userId)
      const after = this.sit(roomId, free, userId, { taken: false, linkId })
      this.house.tell(ticket.by, { type: 'link-answer', roomId, linkId, answer: 'accepted', seat: free.seat })
      return { seat: free.seat, room: after }
    },
    'link.reject': (_user, { roomId, linkId, reason }) => {
      const [userId, ticket] = this.tickets.find(roomId, linkId)
      if (!ticket) return { rejected: false }
      this.tickets.drop(roomId, userId)
      const why = reason ? { reason } : {}
      this.house.tell(ticket.by, { type: 'link-answer', roomId, linkId, answer: 'rejected', ...why })
      this.tellInCharge(roomId, { type: 'link-answer', roomId, linkId, answer: 'rejected' })
      return { rejected: true }
    },
    'seat.take': (user, { roomId }) => {
      const grant = this.retake(roomId, user)
      return { ...grant, room: this.house.open(roomId) }
    },
    'seat.push': (user, input) => {
      const seat = this.current(user, input)
      this.of(input.roomId, seat.seat).taken = true
      return this.grant(input.roomId, seat, user)
    },
    'seat.beat': (user, input) => {
      const seat = this.current(user, input)
      if (this.trtc && input.pushing && seat.state === 'held') {
        this.setSeat(input.roomId, seat.seat, { state: 'on', endsInMs: null })
      }
      if (seat.state === 'on') this.of(input.roomId, seat.seat).until = this.house.now() + SEAT_LEASE_MS
      const room = this.house.open(input.roomId)
      const news = room.version !== input.version
      return {
        room: news ? room : null,
        counts: this.house.counts(input.roomId),
        play: news ? (this.trtc ? [] : this.plays(input.roomId, user)) : null,
      }
    },
    'seat.device': (user, { roomId, micOff, cameraOff, hand, away }) => {
      const seat = this.mine(roomId, user)
      if (this.house.open(roomId).kind !== 'call' && (hand || away)) throw refuse('forbidden', 'no call')
      this.of(roomId, seat.seat).off = { mic: micOff, camera: cameraOff }
      const handAt = hand === undefined ? seat.handAt : hand ? (seat.handAt ?? this.house.now()) : null
      this.setSeat(roomId, seat.seat, { handAt, away: away ?? seat.away })
      return { room: this.draw(roomId, seat) }
    },
    'seat.leave': (user, { roomId }) => {
      const seat = this.seatOf(roomId, user)
      if (seat) this.free(roomId, seat.seat)
      return { left: seat !== undefined }
    },
    'seat.kick': (user, { roomId, userId }) => {
      this.inCharge(roomId, user)
      if (userId === this.house.open(roomId).anchor.userId) throw refuse('forbidden', 'not the anchor')
      const seat = this.seatOf(roomId, userId)
      if (!seat) return { room: this.house.open(roomId) }
      const room = this.free(roomId, seat.seat)
      this.house.tell(userId, { type: 'seat', roomId, what: 'kicked' })
      return { room }
    },
    'seat.quiet': (user, { roomId, seat: number, mic, camera }) => {
      this.inCharge(roomId, user)
      const seat = this.house.open(roomId).seats.find((s) => s.seat === number)
      if (!seat?.user) return { room: this.house.open(roomId) }
      const room = this.draw(roomId, { ...seat, quieted: { mic, camera } })
      this.house.tell(seat.user.userId, { type: 'seat', roomId, what: 'quieted' })
      return { room }
    },
    'seat.hand': (user, { roomId, userId }) => {
      this.inCharge(roomId, user)
      const seat = this.seatOf(roomId, userId)
      return { room: seat ? this.setSeat(roomId, seat.seat, { handAt: null }) : this.house.open(roomId) }
    },
    'seat.lock': (user, { roomId, seat, locked }) => {
      this.inCharge(roomId, user)
      return { room: this.setSeat(roomId, seat, { locked }) }
    },
  }

  /** Off is off: because the holder, or the anchor, wants so. */
  private draw(roomId: string, { seat, quieted }: SeatView): RoomView {
    const { off } = this.of(roomId, seat)
    const micOff = off.mic || quieted.mic
    return this.setSeat(roomId, seat, { quieted, micOff, cameraOff: off.camera || quieted.camera })
  }

  private freeSeat(roomId: string, wanted?: number): SeatView | undefined {
    const { seats } = this.house.open(roomId)
    return seats.find((s) => s.user === null && !s.locked && (wanted === undefined || s.seat === wanted))
  }

  private sit(
    roomId: string,
    { seat, epoch }: SeatView,
    userId: string,
    how: Pick<Hidden, 'taken' | 'linkId'>,
  ): RoomView {
    const until = this.house.now() + SEAT_HOLD_MS
    this.hidden.set(`${roomId} ${seat}`, { ...how, until, off: { mic: false, camera: false } })
    const user = { userId, name: userId }
    return this.setSeat(roomId, seat, seatView({ seat, user, state: 'held', epoch: epoch + 1, endsInMs: SEAT_HOLD_MS }))
  }

  /** The first time as it was given, later with a new stream. */
  private retake(roomId: string, user: string): SeatGrant {
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

  private free(roomId: string, number: number): RoomView {
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

  private ask(roomId: string, userId: string, what: Pick<Ticket, 'kind' | 'by'>): { link: LinkTicket; isNew: boolean } {
    const room = this.house.open(roomId)
    if (room.seats.length === 0) throw refuse('forbidden', 'no seats')
    if (this.seatOf(roomId, userId)) throw refuse('forbidden', 'on stage already')
    return this.tickets.add(roomId, userId, what)
  }

  private tellInCharge(roomId: string, message: PersonalMessage): void {
    const { anchor, admins } = this.house.open(roomId)
    for (const userId of [anchor.userId, ...admins]) this.house.tell(userId, message)
  }

  private inCharge(roomId: string, user: string): void {
    const { anchor, admins } = this.house.open(roomId)
    if (user !== anchor.userId && !admins.includes(user)) throw refuse('forbidden', 'not in charge')
  }

  private mine(roomId: string, user: string): SeatView {
    const seat = this.seatOf(roomId, user)
    if (!seat) throw refuse('not-on-stage', 'you hold no seat')
    return seat
  }

  private current(user: string, { roomId, seat: number, epoch }: Input<'seat.push'>): SeatView {
    const seat = this.mine(roomId, user)
    if (seat.seat !== number) throw refuse('not-on-stage', 'you hold another seat')
    if (seat.epoch !== epoch) throw refuse('superseded', 'taken on another device')
    return seat
  }

  private grant(roomId: string, seat: SeatView, user: string): SeatGrant {
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

  private of(roomId: string, seat: number): Hidden {
    const known = this.hidden.get(`${roomId} ${seat}`)
    if (!known) throw new Error(`nobody holds seat ${seat} of ${roomId}`)
    return known
  }

  private seat(roomId: string, number: number): SeatView {
    const seat = this.house.open(roomId).seats.find((s) => s.seat === number)
    if (!seat) throw refuse('bad-input', 'no such seat')
    return seat
  }

  private seatByUrl(url: string): { roomId: string; seat: SeatView } | null {
    for (const { roomId, seats } of this.house.rooms()) {
      const seat = seats.find((each) => url.includes(`/${seatStream(roomId, each)}?`))
      if (seat) return { roomId, seat }
    }
    return null
  }

  private setSeat(roomId: string, number: number, to: Partial<SeatView>): RoomView {
    const seats = this.house.open(roomId).seats.map((s) => (s.seat === number ? { ...s, ...to } : s))
    return this.house.change(roomId, { seats })
  }
}
