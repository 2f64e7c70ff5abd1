import type { RoomReason } from '../../../miniprogram/protocol/room'
import type { MemberDoc, RoomDoc, UserDoc } from '../../core/documents'
import { listKeyOf } from '../../core/list'
import { MIX_DUE } from '../../core/mixing/state'
import type { CountsLook, RoomBase, StreamStart } from '../../core/ports'
import { closing, OPEN } from './closing'
import type { Collections } from './collections'

const WAITING = ['idle', 'interrupted']
const RUNNING = ['live', 'interrupted']

interface LimitDoc {
  _id: string
  at: number
  tag: string
}

/** Rooms, people, members and callbacks on CloudBase's document database. */
export function createBaseStore({
  _,
  users,
  rooms,
  members,
  limits,
  events,
  one,
  change,
  insert,
  changeOrInsert,
  find,
}: Collections): RoomBase {
  const changeRoom = (guard: object, data: object): Promise<RoomDoc | null> => change<RoomDoc>(rooms, guard, data)
  const memberId = (roomId: string, userId: string): string => `${roomId}_${userId}`
  const between = (after: number, before: number) => _.gt(after).and(_.lt(before))
  /** In the order of one field, so that a sweep goes on where it was. */
  const along = async <T>(collection: Parameters<typeof find>[0], guard: object, field: string, limit: number) =>
    (await collection.where(guard).orderBy(field, 'asc').limit(limit).get()).data as T[]
  const seen = ({ now, drift, hotKey }: CountsLook) => ({ settledAt: now, drift, ...(hotKey ? { hotKey } : {}) })
  const counted = { countsRev: _.inc(1), unsettled: true }
  const interrupting = (reason: RoomReason, closesAt: number) => ({
    state: 'interrupted',
    reason,
    closesAt,
    version: _.inc(1),
  })

  return {
    user: (userId) => one<UserDoc>(users, userId),
    async setName(userId, name) {
      if (await change(users, { _id: userId }, { name })) return
      if (await insert(users, { _id: userId, name, openRoom: '' } as UserDoc)) return
      await change(users, { _id: userId }, { name })
    },
    async claimSlot(userId, held, roomId) {
      const guard = { _id: userId, openRoom: held }
      const take = () => change<UserDoc>(users, guard, { openRoom: roomId })
      if (held !== '') return (await take()) !== null
      const first: UserDoc = { _id: userId, name: '', openRoom: roomId }
      if (await changeOrInsert(users, guard, { openRoom: roomId }, first)) return true
      return (await take()) !== null // somebody else has just written this person's first document
    },
    async releaseSlot(userId, roomId) {
      await change(users, { _id: userId, openRoom: roomId }, { openRoom: '' })
    },
    async spend(key, tag, now, everyMs, rare = false) {
      const free = tag === '' ? { at: _.lte(now - everyMs) } : _.or([{ at: _.lte(now - everyMs) }, { tag }])
      const guard = tag === '' ? { _id: key, ...free } : _.and([{ _id: key }, free])
      const first: LimitDoc = { _id: key, at: now, tag }
      const use = () => change(limits, guard, { at: now, tag })
      if (rare) {
        if (await changeOrInsert(limits, guard, { at: now, tag }, first)) return 0
      } else if ((await use()) || (await insert(limits, first))) return 0
      // Two first uses at once: the slower one may still be allowed by its tag.
      if (await use()) return 0
      const last = await one<LimitDoc>(limits, key)
      return last ? Math.max(1, last.at + everyMs - now) : 1
    },

    insertRoom: (room) => insert(rooms, room),
    keep: (roomId) => changeRoom({ _id: roomId, state: _.in(OPEN) }, { kept: true }),
    async takeBack(roomId) {
      return (await rooms.where({ _id: roomId, kept: false }).remove()).deleted === 1
    },
    room: (roomId) => one<RoomDoc>(rooms, roomId),
    async listed({ kind, listed, states, by, way, after }, limit) {
      const past = after === null ? {} : { [by]: way === 'asc' ? _.gt(after) : _.lt(after) }
      const guard = { kind, listed, ...(states ? { state: _.in(states) } : {}), ...past }
      return (await rooms.where(guard).orderBy(by, way).limit(limit).get()).data as RoomDoc[]
    },
    editRoom: (roomId, by, change) =>
      changeRoom(_.and([{ _id: roomId, state: _.in(OPEN) }, _.or([{ anchorId: by }, { admins: by }])]), {
        ...change,
        version: _.inc(1),
      }),
    takeOver: (seen, next) =>
      changeRoom(
        { _id: seen._id, anchorId: seen.anchorId, epoch: seen.epoch, state: seen.state },
        {
          epoch: _.inc(1),
          version: _.inc(1),
          // Another device, another camera: it says so itself.
          cameraOff: false,
          stream: next.stream,
          anchorName: next.anchorName,
          sequence: '',
          streamAt: 0,
          closesAt: next.closesAt,
          leaseUntil: next.leaseUntil,
          forbid: _.push([seen.stream]),
          tidyAt: next.now,
          // The recording of the former stream ends soon; where there is none this stays 0.
          recordAt: _.min(next.now),
          mixAt: _.min(MIX_DUE),
          ...(seen.state === 'live' ? { state: 'interrupted', reason: 'stream-ended' } : {}),
        },
      ),
    renameAnchor: (roomId, anchorId, anchorName) =>
      changeRoom(
        { _id: roomId, anchorId, state: _.in(OPEN), anchorName: _.neq(anchorName) },
        { anchorName, version: _.inc(1) },
      ),
    setCamera: (roomId, anchorId, epoch, off) =>
      changeRoom(
        { _id: roomId, anchorId, epoch, state: _.in(OPEN), cameraOff: _.neq(off) },
        { cameraOff: off, version: _.inc(1) },
      ),
    renewLease: (roomId, anchorId, epoch, leaseUntil) =>
      changeRoom({ _id: roomId, kind: _.neq('call'), anchorId, epoch, state: _.in(OPEN) }, { leaseUntil }),
    async extendLease(roomId, stream, leaseUntil) {
      await changeRoom({ _id: roomId, stream, state: 'live' }, { leaseUntil })
    },
    begin: (roomId, { stream, sequence, eventAt, now, leaseUntil }: StreamStart) =>
      changeRoom(
        { _id: roomId, stream, state: _.in(WAITING), streamAt: _.lte(eventAt) },
        {
          state: 'live',
          reason: null,
          sequence,
          streamAt: eventAt,
          closesAt: 0,
          leaseUntil,
          listed: true,
          // Only the first start sets these two: later ones are larger.
          startedAt: _.min(now),
          listKey: _.min(listKeyOf(now, roomId)),
          version: _.inc(1),
          // Only now it is in the list, and may belong elsewhere by its heat than when it was made.
          ...counted,
        },
      ),
    replacePush: (roomId, { stream, sequence, eventAt, leaseUntil }) =>
      changeRoom(
        { _id: roomId, stream, state: 'live', streamAt: _.lte(eventAt) },
        { sequence, streamAt: eventAt, leaseUntil },
      ),
    async streamEnded(roomId, stream, sequence, deadline) {
      const end = (kind: object | 'event', closesAt: number) =>
        changeRoom(
          { _id: roomId, stream, kind, state: 'live', sequence: _.in([sequence, '']) },
          interrupting('stream-ended', closesAt),
        )
      return (await end(_.neq('event'), deadline.room)) ?? end('event', deadline.event)
    },
    leaseEnded: (roomId, stream, now, closesAt) =>
      changeRoom(
        { _id: roomId, stream, state: 'live', leaseUntil: _.lt(now) },
        interrupting('heartbeat-lost', closesAt),
      ),
    strike: ({ _id, stream, leaseUntil, strikes, strikesLease }) =>
      changeRoom(
        { _id, stream, state: _.in(RUNNING), leaseUntil, strikes },
        { strikes: strikesLease === leaseUntil ? strikes + 1 : 1, strikesLease: leaseUntil },
      ),
    bury: ({ _id, stream, leaseUntil, strikes }, now, tidyAt) =>
      changeRoom(
        { _id, stream, state: _.in(RUNNING), leaseUntil, strikes, strikesLease: leaseUntil },
        closing(_, 'heartbeat-lost', now, tidyAt),
      ),
    closeByAnchor: (roomId, anchorId, now, tidyAt) =>
      changeRoom({ _id: roomId, anchorId, state: _.in(OPEN) }, closing(_, 'ended-by-anchor', now, tidyAt)),
    closeOverdue: (roomId, reason, now, tidyAt) =>
      changeRoom({ _id: roomId, state: _.in(WAITING), closesAt: _.lte(now) }, closing(_, reason, now, tidyAt)),

    async join(roomId, userId, now) {
      const _id = memberId(roomId, userId)
      const here = { present: true, lastSeen: now }
      const done = await changeOrInsert<MemberDoc>(members, { _id, present: false }, here, {
        _id,
        roomId,
        userId,
        ...here,
      } as MemberDoc)
      if (done === null) return 'already'
      return done === 'inserted' ? 'new' : 'back'
    },
    touch: async (roomId, userId, now) =>
      (await change(members, { _id: memberId(roomId, userId), present: true }, { lastSeen: now })) !== null,
    leave: async (roomId, userId) =>
      (await change(members, { _id: memberId(roomId, userId), present: true }, { present: false })) !== null,
    expire: async ({ _id }, cut) =>
      (await change(members, { _id, present: true, lastSeen: _.lt(cut) }, { present: false })) !== null,
    async addViewer(seen, isNew, now, everyMs) {
      const add = (rising: boolean, turn: boolean) =>
        changeRoom(
          {
            _id: seen._id,
            state: _.in(OPEN),
            headroom: rising ? _.lte(0) : _.gt(0),
            ...(turn ? { countsNoticedAt: _.lte(now - everyMs) } : {}),
          },
          {
            viewers: _.inc(1),
            ...(rising ? { peakViewers: _.inc(1) } : { headroom: _.inc(-1) }),
            ...(isNew ? { totalViewers: _.inc(1) } : {}),
            ...(turn ? { countsNoticedAt: now } : {}),
            ...counted,
          },
        )
      // Each failure means that somebody else was faster.
      for (let found: RoomDoc | null = seen; found && found.state !== 'closed'; found = await one(rooms, seen._id)) {
        const rising = found.headroom <= 0
        for (const turn of found.countsNoticedAt <= now - everyMs ? [true, false] : [false]) {
          const room = await add(rising, turn)
          if (room) return { room, turn }
        }
      }
      return null
    },
    async dropViewer(roomId, due) {
      const guard = { _id: roomId, state: _.in(OPEN), viewers: _.gt(0) }
      const less = { viewers: _.inc(-1), headroom: _.inc(1), ...counted }
      if (due) {
        const { now, everyMs } = due
        const first = { ...guard, countsNoticedAt: _.lte(now - everyMs) }
        const room = await changeRoom(first, { ...less, countsNoticedAt: now })
        if (room) return { room, turn: true }
      }
      const room = await changeRoom(guard, less)
      return room && { room, turn: false }
    },
    async unsettle(roomId) {
      await changeRoom({ _id: roomId, state: _.in(OPEN), unsettled: false }, counted)
    },
    addLikes: (roomId, n) => changeRoom({ _id: roomId, state: _.in(OPEN) }, { likes: _.inc(n), ...counted }),
    takeCountsNotice: (roomId, now, everyMs) =>
      changeRoom({ _id: roomId, state: _.in(OPEN), countsNoticedAt: _.lte(now - everyMs) }, { countsNoticedAt: now }),

    overdue: (state, now, after, limit) =>
      along<RoomDoc>(rooms, { state, closesAt: between(Math.max(after, 0), now + 1) }, 'closesAt', limit),
    suspects: (before, after, limit) =>
      along<RoomDoc>(rooms, { state: 'live', leaseUntil: between(after, before) }, 'leaseUntil', limit),
    heartbeatLost: (after, limit) =>
      along<RoomDoc>(
        rooms,
        { state: 'interrupted', reason: 'heartbeat-lost', closesAt: _.gt(after) },
        'closesAt',
        limit,
      ),
    staleMembers: (cut, after, limit) =>
      along<MemberDoc>(members, { present: true, lastSeen: between(after, cut) }, 'lastSeen', limit),
    async openOf(roomIds) {
      const found = await find<RoomDoc>(rooms, { _id: _.in(roomIds), state: _.in(OPEN) }, roomIds.length)
      return new Map(found.map((room) => [room._id, room]))
    },
    unsettled: (after, limit) => along<RoomDoc>(rooms, { unsettled: true, settledAt: _.gt(after) }, 'settledAt', limit),
    countPresent: async (roomId) => (await members.where({ roomId, present: true }).count()).total,
    async looked(roomId, look) {
      await changeRoom({ _id: roomId }, seen(look))
    },
    settle: async ({ _id, countsRev, peakViewers }, look) => {
      // Somebody new whose counting died, and who came again, is in the peak only.
      const settled = { ...seen(look), unsettled: false, totalViewers: _.max(peakViewers) }
      return (await changeRoom({ _id, countsRev }, settled)) !== null
    },
    async correctViewers(roomId, drift) {
      const room = await one<RoomDoc>(rooms, roomId)
      if (!room) return
      const above = Math.max(0, drift - room.headroom)
      await changeRoom(
        { _id: roomId, drift, headroom: room.headroom, peakViewers: room.peakViewers },
        {
          viewers: _.inc(drift),
          peakViewers: _.inc(above),
          // Whoever was not counted may have been new: there were at least as many people as at the peak.
          totalViewers: _.max(room.peakViewers + above),
          headroom: _.inc(above - drift),
          drift: 0,
          ...counted,
        },
      )
    },
    untidy: (now, after, limit) =>
      along<RoomDoc>(rooms, { tidyAt: between(Math.max(after, 0), now + 1) }, 'tidyAt', limit),
    async tidied(seen, tidyAt) {
      const guard = { _id: seen._id, tidyAt: seen.tidyAt, forbid: _.eq(seen.forbid) }
      await changeRoom(guard, tidyAt === 0 ? { tidyAt, forbid: [] } : { tidyAt })
    },
    async forgetMember(roomId, userId) {
      await members.where({ _id: memberId(roomId, userId) }).remove()
    },
    async removeMembers(roomId) {
      await members.where({ roomId }).remove()
    },

    async recordEvent(id, now) {
      if (await insert(events, { _id: id, at: now, done: false } as { _id: string })) return 'new'
      const event = await one<{ done: boolean }>(events, id)
      return event?.done ? 'done' : 'seen'
    },
    hasEvent: async (id) => (await one(events, id)) !== null,
    async finishEvent(id) {
      await change(events, { _id: id }, { done: true })
    },
    async removeOldRecords(before) {
      await events.where({ at: _.lt(before) }).remove()
      await limits.where({ at: _.lt(before) }).remove()
    },
  }
}
