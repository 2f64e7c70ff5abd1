import type { AdminStore } from '../../core/admin/store'
import type { AuditDoc, RoomDoc, UserDoc } from '../../core/documents'
import { NEVER } from '../../core/seats'
import { closing, OPEN } from './closing'
import type { Collections } from './collections'

/** Operators' actions on CloudBase's document database. */
export function createAdminStore({ _, users, rooms, audit, change, insert, find }: Collections): AdminStore {
  return {
    async allRooms(state, behind, limit) {
      const place = behind && [
        { createdAt: _.lte(behind.createdAt) },
        _.or([{ createdAt: _.lt(behind.createdAt) }, { _id: _.lt(behind.roomId) }]),
      ]
      const guard = _.and([state === null ? { createdAt: _.gt(0) } : { state }, ...(place ?? [])])
      const found = rooms.where(guard).orderBy('createdAt', 'desc').orderBy('_id', 'desc')
      return (await found.limit(limit).get()).data as RoomDoc[]
    },
    closeByOperator: (roomId, now, tidyAt) =>
      change<RoomDoc>(rooms, { _id: roomId, state: _.in(OPEN) }, closing(_, 'ended-by-operator', now, tidyAt)),
    setForbidden: (roomId, forbidden) =>
      change<RoomDoc>(rooms, { _id: roomId }, { forbidden: forbidden ? _.set(forbidden) : _.remove() }),
    reopen: (seen, { seats, ...next }, closedAfter) =>
      change<RoomDoc>(
        rooms,
        { _id: seen._id, state: 'closed', epoch: seen.epoch, tidyAt: 0, closedAt: _.gte(closedAfter) },
        {
          ...next,
          state: 'idle',
          reason: null,
          closedAt: 0,
          epoch: _.inc(1),
          version: _.inc(1),
          sequence: '',
          streamAt: 0,
          strikes: 0,
          viewers: 0,
          headroom: seen.peakViewers,
          drift: 0,
          countsRev: _.inc(1),
          seats: _.set(seats),
          onStage: _.set([]),
          links: _.set({}),
          linksUsed: 0,
          fast: _.set({}),
          fastUsed: 0,
          stageAt: NEVER,
          stageRev: _.inc(1),
          pk: null,
        },
      ),
    async setBanned(userId, banned) {
      const set = () => change<UserDoc>(users, { _id: userId }, { banned })
      const found = await set()
      if (found) return found
      const first: UserDoc = { _id: userId, name: '', openRoom: '', banned }
      return (await insert(users, first)) ? first : ((await set()) ?? first)
    },
    onStageOf: (userId, limit) => find<RoomDoc>(rooms, { onStage: userId, state: _.in(OPEN) }, limit),

    async beginAudit(entry) {
      await insert(audit, entry)
    },
    async endAudit(auditId, result) {
      await change(audit, { _id: auditId }, { result })
    },
    async audited(before, limit) {
      const found = audit.where({ _id: before === null ? _.gt('') : _.lt(before) }).orderBy('_id', 'desc')
      return (await found.limit(limit).get()).data as AuditDoc[]
    },
  }
}
