import type { RoomDoc } from '../../core/documents'
import type { LinkStore } from '../../core/link/store'
import { MIX_DUE } from '../../core/mixing/state'
import { freed, HERE, heldSeats, NEVER, NOBODY, type Seat, seatsOf } from '../../core/seats'
import { closing, OPEN } from './closing'
import type { Collections } from './collections'

/** The fields of one seat, or of what is kept about one person, as they are named in the room's document. */
const under = (path: string, fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${path}.${name}`, value]))

/** Seats, requests, invitations and low-latency places on CloudBase's document database, all inside the room's document. */
export function createLinkStore({ _, rooms, change }: Collections): LinkStore {
  const open = (roomId: string, guard: object, data: object): Promise<RoomDoc | null> =>
    change<RoomDoc>(rooms, { _id: roomId, state: _.in(OPEN), ...guard }, data)
  const seatAt = (seat: number, fields: object) => under(`seats.${seat}`, fields)
  const holds = ({ seat, doc }: Seat) => seatAt(seat, { userId: doc.userId, epoch: doc.epoch })
  /** The same push as was seen, with no strike more or less. */
  const pushes = ({ seat, doc: { stream, sequence, streamAt, strikes } }: Seat) =>
    seatAt(seat, { state: 'on', stream, sequence, streamAt, strikes })
  const isOver = (overAt: number | undefined) => (overAt === undefined ? {} : { until: _.lte(overAt) })
  /** Something that everybody sees changes; the sweeper is to look at `due` at the latest. */
  const seen = (due: number) => ({ version: _.inc(1), mixAt: _.min(MIX_DUE), ...waiting(due) })
  /** The same for what only some see. */
  const waiting = (due: number) => ({ stageRev: _.inc(1), stageAt: _.min(due) })
  const withoutTicket = (userId: string) => ({ [`links.${userId}`]: _.remove(), linksUsed: _.inc(-1) })
  const forbidding = (stream: string, now: number) => ({ forbid: _.push([stream]), tidyAt: now })

  return {
    addTicket: (roomId, userId, ticket, max) =>
      open(
        roomId,
        { [`links.${userId}`]: _.exists(false), linksUsed: _.lt(max), onStage: _.nin([userId]) },
        { [`links.${userId}`]: _.set(ticket), linksUsed: _.inc(1), ...waiting(ticket.expiresAt) },
      ),
    removeTicket: (roomId, userId, linkId) =>
      open(roomId, { [`links.${userId}.linkId`]: linkId }, { ...withoutTicket(userId), stageRev: _.inc(1) }),
    expireTicket: (roomId, userId, linkId, now) =>
      open(roomId, under(`links.${userId}`, { linkId, expiresAt: _.lte(now) }), {
        ...withoutTicket(userId),
        stageRev: _.inc(1),
      }),
    sit(roomId, { seat, seenEpoch, ...holder }, now) {
      const { userId, linkId, until } = holder
      const ticket = linkId === '' ? {} : under(`links.${userId}`, { linkId, expiresAt: _.gt(now) })
      return open(
        roomId,
        { ...seatAt(seat, { userId: '', locked: false, epoch: seenEpoch }), onStage: _.nin([userId]), ...ticket },
        {
          ...seatAt(seat, { ...NOBODY, ...holder, epoch: _.inc(1) }),
          onStage: _.push([userId]),
          ...(linkId === '' ? {} : withoutTicket(userId)),
          ...seen(until),
        },
      )
    },
    grantSeat: (roomId, seat, until) =>
      open(
        roomId,
        { ...holds(seat), ...seatAt(seat.seat, { taken: false }) },
        seatAt(seat.seat, { taken: true, until: _.max(until) }),
      ),
    retakeSeat: (roomId, seat, { stream, until, now }) =>
      open(roomId, holds(seat), {
        ...seatAt(seat.seat, {
          state: 'held',
          taken: true,
          epoch: _.inc(1),
          stream,
          sequence: '',
          streamAt: 0,
          until,
          ...HERE,
        }),
        ...forbidding(seat.doc.stream, now),
        ...seen(until),
      }),
    renewSeat: (roomId, userId, seat, epoch, until) =>
      open(roomId, seatAt(seat, { userId, epoch, state: 'on' }), seatAt(seat, { until })),
    setDevice: (roomId, seat, { handAt, ...device }) =>
      open(roomId, holds(seat), {
        ...seatAt(seat.seat, device),
        // The earlier time stands, so a word that is repeated costs nobody his place.
        ...(handAt === undefined ? {} : seatAt(seat.seat, { handAt: handAt === NEVER ? NEVER : _.min(handAt) })),
        version: _.inc(1),
      }),
    lowerHand: (roomId, seat) =>
      open(roomId, holds(seat), { ...seatAt(seat.seat, { handAt: NEVER }), version: _.inc(1) }),
    setQuiet: (roomId, seat, off) => open(roomId, holds(seat), { ...seatAt(seat.seat, off), version: _.inc(1) }),
    lockSeat: (roomId, seat, locked) =>
      open(roomId, seatAt(seat, { locked: !locked }), { ...seatAt(seat, { locked }), version: _.inc(1) }),
    freeSeat: (roomId, seat, now, overAt) =>
      open(
        roomId,
        { ...holds(seat), ...seatAt(seat.seat, isOver(overAt)) },
        {
          ...seatAt(seat.seat, NOBODY),
          onStage: _.pull(seat.doc.userId),
          ...forbidding(seat.doc.stream, now),
          ...seen(now),
        },
      ),

    seatBegan: (roomId, seat, { stream, sequence, eventAt, leaseUntil }) =>
      open(roomId, seatAt(seat, { stream, state: 'held', streamAt: _.lte(eventAt) }), {
        ...seatAt(seat, { state: 'on', sequence, streamAt: eventAt, until: leaseUntil, strikes: 0 }),
        ...seen(leaseUntil),
      }),
    seatPushed: (roomId, seat, { stream, sequence, eventAt, leaseUntil }) =>
      open(
        roomId,
        seatAt(seat, { stream, state: 'on', streamAt: _.lte(eventAt) }),
        seatAt(seat, { sequence, streamAt: eventAt, until: leaseUntil, strikes: 0 }),
      ),
    seatEnded: (roomId, seat, { stream, sequence, until, eventAt }) => {
      const ended = eventAt === undefined ? {} : { streamAt: _.lte(eventAt) }
      return open(roomId, seatAt(seat, { stream, state: 'on', sequence: _.in([sequence, '']), ...ended }), {
        ...seatAt(seat, { state: 'held', until, ...(eventAt === undefined ? {} : { streamAt: eventAt }) }),
        ...seen(until),
      })
    },
    extendSeat: (roomId, seat, stream, until) =>
      open(roomId, seatAt(seat, { stream, state: 'on' }), seatAt(seat, { until: _.max(until), strikes: 0 })),
    strikeSeat: (roomId, seat, strikes) => open(roomId, pushes(seat), seatAt(seat.seat, { strikes })),
    seatLost: (roomId, seat, until) =>
      open(roomId, pushes(seat), { ...seatAt(seat.seat, { state: 'held', until, strikes: 0 }), ...seen(until) }),

    closeEmpty: (roomId, now, tidyAt) =>
      open(roomId, { kind: 'call', onStage: _.eq([]) }, closing(_, 'empty', now, tidyAt)),
    closeWithOwner: (roomId, seat, now, tidyAt, overAt) =>
      open(
        roomId,
        { kind: 'call', endsWithOwner: true, ...holds(seat), ...seatAt(seat.seat, isOver(overAt)) },
        closing(_, 'owner-left', now, tidyAt),
      ),
    clearStage: (room, now) =>
      change<RoomDoc>(
        rooms,
        { _id: room._id, state: 'closed', stageRev: room.stageRev },
        {
          seats: _.set(Object.fromEntries(seatsOf(room).map(({ seat, doc }) => [seat, freed(doc)]))),
          onStage: _.set([]),
          links: _.set({}),
          linksUsed: 0,
          fast: _.set({}),
          fastUsed: 0,
          forbid: _.push(heldSeats(room).map(({ doc }) => doc.stream)),
          tidyAt: _.max(now),
          stageAt: NEVER,
          stageRev: _.inc(1),
        },
      ),

    addFast: ({ _id, fastMax }, userId, until) =>
      open(
        _id,
        { [`fast.${userId}`]: _.exists(false), fastUsed: _.lt(fastMax) },
        { [`fast.${userId}`]: until, fastUsed: _.inc(1), ...waiting(until) },
      ),
    renewFast: (roomId, userId, until) =>
      open(roomId, { [`fast.${userId}`]: _.exists(true) }, { [`fast.${userId}`]: until }),
    freeFast: (roomId, userId, overAt) =>
      open(
        roomId,
        { [`fast.${userId}`]: overAt === undefined ? _.exists(true) : _.lte(overAt) },
        { [`fast.${userId}`]: _.remove(), fastUsed: _.inc(-1), stageRev: _.inc(1) },
      ),

    stageDue: async (now, after, limit) =>
      (
        await rooms
          .where({ stageAt: _.gt(after).and(_.lte(now)) })
          .orderBy('stageAt', 'asc')
          .limit(limit)
          .get()
      ).data as RoomDoc[],
    async planStage({ _id, stageRev }, stageAt) {
      await change(rooms, { _id, stageRev }, { stageAt })
    },
  }
}
