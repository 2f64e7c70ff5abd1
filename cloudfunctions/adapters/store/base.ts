import type { RoomReason } from '../../../miniprogram/protocol/room'
import type { MemberDoc, RoomDoc, UserDoc } from '../../core/documents'
import { listKeyOf } from '../../core/list'
import type { RoomBase, StreamStart } from '../../core/ports'
import { closing, OPEN } from './closing'
import type { Collections } from './collections'

const WAITING = ['idle', 'interrupted']

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
  find,
}: Collections): RoomBase {
  const changeRoom = (guard: object, data: object): Promise<RoomDoc | null> => change<RoomDoc>(rooms, guard, data)
  const memberId = (roomId: string, userId: string): string => `${roomId}_${userId}`
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
      const take = () => change<UserDoc>(users, { _id: userId, openRoom: held }, { openRoom: roomId })
      if (await take()) return true
      if (held !== '') return false
      if (await insert(users, { _id: userId, name: '', openRoom: roomId } as UserDoc)) return true
      return (await take()) !== null // somebody else has just written this person's first document
    },
    async releaseSlot(userId, roomId) {
      await change(users, { _id: userId, openRoom: roomId }, { openRoom: '' })
    },
    async spend(key, tag, now, everyMs) {
      const free = tag === '' ? { at: _.lte(now - everyMs) } : _.or([{ at: _.lte(now - everyMs) }, { tag }])
      const guard = tag === '' ? { _id: key, ...free } : _.and([{ _id: key }, free])
      if (await change(limits, guard, { at: now, tag })) return 0
      if (await insert(limits, { _id: key, at: now, tag } as LimitDoc)) return 0
      // Two first uses at once: the slower one may still be allowed by its tag.
      if (await change(limits, guard, { at: now, tag })) return 0
      const last = await one<LimitDoc>(limits, key)
      return last ? Math.max(1, last.at + everyMs - now) : 1
    },

    insertRoom: (room) => insert(rooms, room),
    async removeUnready(roomId) {
      return (await rooms.where({ _id: roomId, chatReady: false }).remove()).deleted === 1
    },
    room: (roomId) => one<RoomDoc>(rooms, roomId),
    async listed(before, limit) {
      const guard = { listed: true, ...(before === null ? {} : { listKey: _.lt(before) }) }
      return (await rooms.where(guard).orderBy('listKey', 'desc').limit(limit).get()).data as RoomDoc[]
    },
    markChatReady: (roomId) => changeRoom({ _id: roomId, state: _.in(OPEN) }, { chatReady: true }),
    takeOver: (seen, next) =>
      changeRoom(
        { _id: seen._id, anchorId: seen.anchorId, epoch: seen.epoch, state: seen.state },
        {
          epoch: _.inc(1),
          version: _.inc(1),
          stream: next.stream,
          anchorName: next.anchorName,
          sequence: '',
          streamAt: 0,
          closesAt: next.closesAt,
          leaseUntil: next.leaseUntil,
          forbid: _.push([seen.stream]),
          tidyAt: next.now,
          ...(seen.state === 'live' ? { state: 'interrupted', reason: 'stream-ended' } : {}),
        },
      ),
    renameAnchor: (roomId, anchorId, anchorName) =>
      changeRoom(
        { _id: roomId, anchorId, state: _.in(OPEN), anchorName: _.neq(anchorName) },
        { anchorName, version: _.inc(1) },
      ),
    renewLease: (roomId, anchorId, epoch, leaseUntil) =>
      changeRoom({ _id: roomId, anchorId, epoch, state: _.in(OPEN) }, { leaseUntil }),
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
        },
      ),
    replacePush: async (roomId, { stream, sequence, eventAt, leaseUntil }) =>
      (await changeRoom(
        { _id: roomId, stream, state: 'live', streamAt: _.lte(eventAt) },
        { sequence, streamAt: eventAt, leaseUntil },
      )) !== null,
    streamEnded: (roomId, stream, sequence, closesAt) =>
      changeRoom(
        { _id: roomId, stream, state: 'live', sequence: _.in([sequence, '']) },
        interrupting('stream-ended', closesAt),
      ),
    leaseEnded: (roomId, stream, now, closesAt) =>
      changeRoom(
        { _id: roomId, stream, state: 'live', leaseUntil: _.lt(now) },
        interrupting('heartbeat-lost', closesAt),
      ),
    closeByAnchor: (roomId, anchorId, now, tidyAt) =>
      changeRoom({ _id: roomId, anchorId, state: _.in(OPEN) }, closing(_, 'ended-by-anchor', now, tidyAt)),
    closeOverdue: (roomId, reason, now, tidyAt) =>
      changeRoom({ _id: roomId, state: _.in(WAITING), closesAt: _.lte(now) }, closing(_, reason, now, tidyAt)),

    async join(roomId, userId, now) {
      const _id = memberId(roomId, userId)
      if (await insert(members, { _id, roomId, userId, present: true, lastSeen: now } as MemberDoc)) return 'new'
      if (await change(members, { _id, present: false }, { present: true, lastSeen: now })) return 'back'
      await change(members, { _id, present: true }, { lastSeen: now })
      return 'already'
    },
    touch: async (roomId, userId, now) =>
      (await change(members, { _id: memberId(roomId, userId), present: true }, { lastSeen: now })) !== null,
    leave: async (roomId, userId) =>
      (await change(members, { _id: memberId(roomId, userId), present: true }, { present: false })) !== null,
    expire: async ({ _id }, cut) =>
      (await change(members, { _id, present: true, lastSeen: _.lt(cut) }, { present: false })) !== null,
    addViewer: (roomId, isNew) =>
      changeRoom(
        { _id: roomId, state: _.in(OPEN) },
        { viewers: _.inc(1), ...(isNew ? { totalViewers: _.inc(1) } : {}), ...counted },
      ),
    async dropViewer(roomId) {
      await changeRoom({ _id: roomId, state: _.in(OPEN), viewers: _.gt(0) }, { viewers: _.inc(-1), ...counted })
    },
    async raisePeak(roomId, viewers) {
      await changeRoom({ _id: roomId }, { peakViewers: _.max(viewers) })
    },
    addLikes: (roomId, n) => changeRoom({ _id: roomId, state: _.in(OPEN) }, { likes: _.inc(n), ...counted }),
    takeCountsNotice: (roomId, now, everyMs) =>
      changeRoom({ _id: roomId, state: _.in(OPEN), countsNoticedAt: _.lte(now - everyMs) }, { countsNoticedAt: now }),

    overdue: (now, limit) => find<RoomDoc>(rooms, { state: _.in(WAITING), closesAt: _.lte(now) }, limit),
    leaseLost: (now, limit) => find<RoomDoc>(rooms, { state: 'live', leaseUntil: _.lt(now) }, limit),
    heartbeatLost: (limit) => find<RoomDoc>(rooms, { state: 'interrupted', reason: 'heartbeat-lost' }, limit),
    staleMembers: (cut, limit) => find<MemberDoc>(members, { present: true, lastSeen: _.lt(cut) }, limit),
    unsettled: (limit) => find<RoomDoc>(rooms, { unsettled: true }, limit),
    countPresent: async (roomId) => (await members.where({ roomId, present: true }).count()).total,
    async settle(roomId, rev) {
      await changeRoom({ _id: roomId, countsRev: rev }, { unsettled: false, drift: 0 })
    },
    async noteDrift(roomId, drift) {
      await changeRoom({ _id: roomId }, { drift })
    },
    async correctViewers(roomId, drift) {
      await changeRoom({ _id: roomId, drift }, { viewers: _.inc(drift), drift: 0, ...counted })
    },
    untidy: (now, limit) => find<RoomDoc>(rooms, { tidyAt: _.gt(0).and(_.lte(now)) }, limit),
    async tidied(seen, tidyAt) {
      const guard = { _id: seen._id, tidyAt: seen.tidyAt, forbid: _.eq(seen.forbid) }
      await changeRoom(guard, tidyAt === 0 ? { tidyAt, forbid: [] } : { tidyAt })
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
