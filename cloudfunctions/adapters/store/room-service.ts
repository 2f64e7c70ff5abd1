import type { RoomDoc } from '../../core/documents'
import type { AccountDoc, RoomExtrasDoc, RoomServiceStore, SessionDoc } from '../../core/room-service/store'
import type { Collections } from './collections'

/** A query names at most this many ids. */
const IDS_MAX = 100
/** Only numbers compare with a number: a field that holds a text is none of these. */
const ANY_NUMBER = -Number.MAX_SAFE_INTEGER

const EMPTY: Omit<RoomExtrasDoc, '_id' | 'at'> = { roomInfo: '', opened: false, kicked: [], custom: {}, fields: 0 }

/** Logins, accounts and room extras of the old protocol on CloudBase's document database. */
export function createRoomServiceStore({
  _,
  rooms,
  oldSessions,
  oldAccounts,
  oldRooms,
  one,
  change,
  insert,
  find,
}: Collections): RoomServiceStore {
  const byIds = async <T>(collection: typeof rooms, ids: readonly string[]): Promise<T[]> => {
    const unique = [...new Set(ids)]
    const pages: Promise<T[]>[] = []
    for (let at = 0; at < unique.length; at += IDS_MAX) {
      const page = unique.slice(at, at + IDS_MAX)
      pages.push(find<T>(collection, { _id: _.in(page) }, page.length))
    }
    return (await Promise.all(pages)).flat()
  }

  const changeExtras = (guard: object, data: object) => change<RoomExtrasDoc>(oldRooms, guard, data)
  /** The same change, on a document that is there. */
  const onExtras = async <T>(roomId: string, now: number, work: () => Promise<T | null>): Promise<T | null> => {
    const done = await work()
    if (done !== null) return done
    await insert(oldRooms, { ...EMPTY, _id: roomId, at: now } as RoomExtrasDoc)
    return work()
  }
  const field = (name: string): string => `custom.${name}`
  const placeFor = (roomId: string, name: string, max: number) => ({
    _id: roomId,
    [field(name)]: _.exists(false),
    fields: _.lt(max),
  })

  return {
    async addSession(session) {
      await insert(oldSessions, session)
    },
    async session(id, now) {
      const session = await one<SessionDoc>(oldSessions, id)
      return session && session.expiresAt > now ? session : null
    },
    async removeSession(id) {
      await oldSessions.where({ _id: id }).remove()
    },
    async trimSessions(userId, keep) {
      const { data } = await oldSessions.where({ userId }).orderBy('at', 'desc').skip(keep).limit(IDS_MAX).get()
      const ids = (data as SessionDoc[]).map(({ _id }) => _id)
      if (ids.length > 0) await oldSessions.where({ _id: _.in(ids) }).remove()
    },
    async watch(id, roomId) {
      await change(oldSessions, { _id: id }, { watching: roomId })
    },

    accounts: (userIds) => byIds<AccountDoc>(oldAccounts, userIds),
    async remember(userId, account, said, now) {
      const data = { ...said, account, at: now }
      if (await change(oldAccounts, { _id: userId }, data)) return
      const fresh: AccountDoc = { _id: userId, account, name: '', avatar: '', info: '', ...said, at: now }
      if (await insert(oldAccounts, fresh)) return
      await change(oldAccounts, { _id: userId }, data)
    },

    extras: (roomIds) => byIds<RoomExtrasDoc>(oldRooms, roomIds),
    async describe(roomId, said, now) {
      const extras = await onExtras(roomId, now, () => changeExtras({ _id: roomId }, { ...said, at: now }))
      if (!extras) throw new Error(`the extras of ${roomId} vanished while they were written`)
      return extras
    },
    async putOffStage(roomId, userId, now) {
      await onExtras(roomId, now, () => changeExtras({ _id: roomId }, { kicked: _.addToSet(userId) }))
    },
    setField: (roomId, name, value, max, now) =>
      onExtras(
        roomId,
        now,
        async () =>
          (await changeExtras({ _id: roomId, [field(name)]: _.exists(true) }, { [field(name)]: value })) ??
          (await changeExtras(placeFor(roomId, name, max), { [field(name)]: value, fields: _.inc(1) })) ??
          // Somebody else has just made this field.
          (await changeExtras({ _id: roomId, [field(name)]: _.exists(true) }, { [field(name)]: value })),
      ),
    addToField: (roomId, name, by, max, now) => {
      const add = () => changeExtras({ _id: roomId, [field(name)]: _.gte(ANY_NUMBER) }, { [field(name)]: _.inc(by) })
      return onExtras(
        roomId,
        now,
        async () =>
          (await add()) ??
          (await changeExtras(placeFor(roomId, name, max), { [field(name)]: by, fields: _.inc(1) })) ??
          (await add()),
      )
    },

    roomsById: (roomIds) => byIds<RoomDoc>(rooms, roomIds),

    oldExtras: (before, limit) => find<RoomExtrasDoc>(oldRooms, { at: _.lt(before) }, limit),
    async keepExtras(roomId, now) {
      await changeExtras({ _id: roomId }, { at: now })
    },
    async removeExtras(roomId) {
      await oldRooms.where({ _id: roomId }).remove()
    },
    async removeOldLogins(now, before) {
      await oldSessions.where({ expiresAt: _.lte(now) }).remove()
      await oldAccounts.where({ at: _.lt(before) }).remove()
    },
  }
}
