import cloudbase from '@cloudbase/node-sdk'

type Collection = ReturnType<ReturnType<ReturnType<typeof cloudbase.init>['database']>['collection']>

export interface DatabaseOptions {
  /** How long one call of the database may take (ms); the SDK's own limit when absent. */
  timeoutMs?: number
}

/** The project's collections, and the few ways in which they are changed. Indexes: `cloudfunctions/database.json`. */
export function openCollections(env: string, { timeoutMs }: DatabaseOptions = {}) {
  const db = cloudbase.init({ env, ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }) }).database()

  const one = async <T>(collection: Collection, _id: string): Promise<T | null> => {
    const { data } = await collection.where({ _id }).limit(1).get()
    return (data[0] as T | undefined) ?? null
  }
  /**
   * The changed document, or null when the guard did not hold. Success is read from the document, not from the number
   * of changed ones: an update that writes what is already there changes none.
   */
  const change = async <T>(collection: Collection, guard: object, data: object): Promise<T | null> => {
    const { doc } = (await collection.where(guard).updateAndReturn(data)) as { doc?: T | null }
    return doc ?? null
  }
  /** False when a document with this id is there. Decided by looking, not by the text of an error. */
  const insert = async (collection: Collection, document: { _id: string }): Promise<boolean> => {
    try {
      await collection.add(document)
      return true
    } catch (error) {
      if ((await one(collection, document._id)) === null) throw error
      return false
    }
  }
  /**
   * `change`, and `insert` for a document that may not be there yet, in one round trip where either works. The document
   * that is inserted must not fit the guard. 'inserted', the changed document, or null when neither worked.
   */
  const changeOrInsert = async <T>(
    collection: Collection,
    guard: object,
    data: object,
    document: { _id: string },
  ): Promise<'inserted' | T | null> => {
    const [changed, inserted] = await Promise.allSettled([change<T>(collection, guard, data), collection.add(document)])
    if (changed.status === 'rejected') throw changed.reason
    if (changed.value !== null) return changed.value
    if (inserted.status === 'fulfilled') return 'inserted'
    if ((await one(collection, document._id)) === null) throw inserted.reason
    return null
  }
  const find = async <T>(collection: Collection, guard: object, limit: number): Promise<T[]> =>
    (await collection.where(guard).limit(limit).get()).data as T[]

  return {
    _: db.command,
    users: db.collection('users'),
    rooms: db.collection('rooms'),
    members: db.collection('members'),
    sanctions: db.collection('sanctions'),
    /** One document per room: its last lines. */
    lines: db.collection('lines'),
    recordings: db.collection('recordings'),
    pks: db.collection('pks'),
    rings: db.collection('rings'),
    /** One document per person who was rung up, or was an agent. */
    phones: db.collection('phones'),
    queues: db.collection('queues'),
    /** What operators did. */
    audit: db.collection('audit'),
    limits: db.collection('limits'),
    events: db.collection('callback_events'),
    /** Of the old protocol: logins, accounts, and what it knows of a room besides. */
    oldSessions: db.collection('room_service_sessions'),
    oldAccounts: db.collection('room_service_accounts'),
    oldRooms: db.collection('room_service_rooms'),
    one,
    change,
    insert,
    changeOrInsert,
    find,
  }
}

export type Collections = ReturnType<typeof openCollections>
