import type { ActionName, Input, Output } from '../../../miniprogram/protocol/actions'
import type { LinkActions, LinkTicket, SeatGrant } from '../../../miniprogram/protocol/link'
import type { PersonalMessage } from '../../../miniprogram/protocol/messages'
import { FakeSeats, type House, refuse } from './seats'
import { FakeTickets, type Ticket } from './tickets'

export { SEAT_HOLD_MS, seatStream, trtcUser } from './seats'
export { LINK_WAIT_MS } from './tickets'
export const SEAT_LEASE_MS = 180_000
const GRACE_MS = 60_000

type Answers = { [A in keyof LinkActions & ActionName]: (user: string, input: Input<A>) => Output<A> }

/** Link-mic in memory, by the rules of `core/link` as far as clients see them. */
export class FakeStage extends FakeSeats {
  private readonly tickets: FakeTickets

  constructor(house: House) {
    super(house)
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
}
