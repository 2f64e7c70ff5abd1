import type { LinesDoc, MemberDoc, RoomDoc, SanctionDoc, UserDoc } from '../../core/documents'
import type { OrderStore, Somebody } from '../../core/order/store'
import { OPEN } from './closing'
import type { Collections } from './collections'

/** Sanctions, admins and the last lines of the chat on CloudBase's document database. */
export function createOrderStore({
  _,
  rooms,
  members,
  users,
  sanctions,
  lines,
  limits,
  one,
  change,
  insert,
  find,
}: Collections): OrderStore {
  const sanctionId = (roomId: string, userId: string): string => `${roomId}_${userId}`
  const open = (roomId: string, guard: object, data: object): Promise<RoomDoc | null> =>
    change<RoomDoc>(rooms, _.and([{ _id: roomId, state: _.in(OPEN) }, guard]), data)

  /** Sets one side of a sanction and leaves the other; the first one makes the document. */
  const sanctionWith = async (who: Somebody, data: Partial<SanctionDoc>): Promise<SanctionDoc> => {
    const _id = sanctionId(who.roomId, who.userId)
    const set = () => change<SanctionDoc>(sanctions, { _id }, { name: who.name, ...data })
    const found = await set()
    if (found) return found
    const first: SanctionDoc = { _id, banned: false, mutedUntil: 0, ...who, ...data }
    if (await insert(sanctions, first)) return first
    return (await set()) ?? first // gone again at once: the room is over
  }

  return {
    sanction: (roomId, userId) => one<SanctionDoc>(sanctions, sanctionId(roomId, userId)),
    setMute: (who, mutedUntil) => sanctionWith(who, { mutedUntil }),
    setBan: (who, banned) => sanctionWith(who, { banned }),
    sanctions: (roomId, now, limit) =>
      find<SanctionDoc>(sanctions, _.and([{ roomId }, _.or([{ banned: true }, { mutedUntil: _.gt(now) }])]), limit),

    setMuteAll: (roomId, by, on) =>
      open(roomId, _.and([{ muteAll: !on }, _.or([{ anchorId: by }, { admins: by }])]), {
        muteAll: on,
        version: _.inc(1),
      }),
    addAdmin: (roomId, anchorId, userId, max) =>
      open(
        roomId,
        { anchorId, admins: _.nin([userId]), [`admins.${max - 1}`]: _.exists(false) },
        { admins: _.push([userId]), version: _.inc(1) },
      ),
    dropAdmin: (roomId, anchorId, userId) =>
      open(roomId, { anchorId, admins: userId }, { admins: _.pull(userId), version: _.inc(1) }),

    async present(roomId, after, limit) {
      const found = members.where({ roomId, present: true, _id: _.gt(sanctionId(roomId, after)) })
      return (await found.orderBy('_id', 'asc').limit(limit).get()).data as MemberDoc[]
    },
    people: (userIds) =>
      userIds.length === 0 ? Promise.resolve([]) : find<UserDoc>(users, { _id: _.in(userIds) }, userIds.length),

    async countUse(key, now, windowMs, max) {
      const since = now - windowMs
      const another = () => change(limits, { _id: key, at: _.gt(since), used: _.lt(max) }, { used: _.inc(1) })
      const anew = change(limits, { _id: key, at: _.lte(since) }, { at: now, used: 1 })
      if ((await Promise.all([another(), anew])).some((done) => done !== null)) return true
      if (await insert(limits, { _id: key, at: now, used: 1 } as { _id: string })) return true
      return (await another()) !== null // two at the same time, when the window was over
    },
    addLine: async (roomId, line, max) =>
      (await change<LinesDoc>(
        lines,
        { _id: roomId, 'lines.key': _.neq(line.key) },
        { lines: _.push({ each: [line], sort: { at: 1, seq: 1 }, slice: -max }) },
      )) !== null,
    addFirstLine: (roomId, line) => insert(lines, { _id: roomId, lines: [line] } as LinesDoc),
    lines: async (roomId) => (await one<LinesDoc>(lines, roomId))?.lines ?? [],

    async removeOrder(roomId) {
      await Promise.all([sanctions.where({ roomId }).remove(), lines.where({ _id: roomId }).remove()])
    },
  }
}
