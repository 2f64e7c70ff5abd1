import { aggregate, project, readQuery } from './engine'
import type { Direction } from './ordered-index'
import type { Order } from './plan'
import type { Search, Store } from './store'
import type { Transaction } from './transactions'
import { replaced, updated } from './update'
import {
  badParam,
  conflict,
  type Doc,
  decode,
  decodeOptional,
  duplicate,
  encode,
  failed,
  isPlain,
  newId,
  type Spec,
  tooLarge,
  type Value,
} from './wire'

type Action = (store: Store, fields: Spec, tx?: Transaction) => Promise<Spec>

/** The service cuts query results at 1 MB, counted here over the encoded documents. */
const RESULT_MAX_BYTES = 1024 * 1024
const PAGE_MAX = 1000

function nameOf(fields: Spec): string {
  const name = fields.collectionName
  if (typeof name !== 'string' || !/^[A-Za-z][\w-]{0,63}$/.test(name)) throw badParam('collectionName')
  return name
}

function wholeNumber(value: Value, field: string, fallback: number): number {
  if (value === undefined || value === null) return fallback
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw badParam(`${field} must be a whole number`)
  return value as number
}

function orderOf(fields: Spec): Order {
  return Object.entries(decodeOptional(fields.order, 'order') ?? {}).map(([field, direction]) => {
    if (direction !== 1 && direction !== -1) throw badParam('order must be 1 or -1')
    return [field, direction as Direction] as const
  })
}

const queryOf = (fields: Spec): Spec => readQuery(fields.query)

function pack(docs: readonly Spec[]): string[] {
  let bytes = 0
  return docs.map((doc) => {
    const text = encode(doc)
    bytes += Buffer.byteLength(text)
    if (bytes > RESULT_MAX_BYTES) throw tooLarge()
    return text
  })
}

function withId(doc: Spec): Doc {
  const id = doc._id ?? newId()
  if (typeof id !== 'string' || id === '') throw badParam('_id must be a text')
  return { ...doc, _id: id }
}

async function modify(store: Store, fields: Spec, tx: Transaction | undefined, returnDoc: boolean): Promise<Spec> {
  const collection = nameOf(fields)
  const query = queryOf(fields)
  const change = decode(fields.data, 'data')
  const replace = fields.merge === false && !returnDoc
  const operators = Object.keys(change).filter((key) => key.startsWith('$')).length
  if (replace ? operators > 0 : operators === 0 || operators < Object.keys(change).length) {
    throw badParam(replace ? 'a whole document has no operators' : 'an update is made of operators')
  }
  const search: Search = { query, tx, ...(fields.multi === true && !returnDoc ? {} : { limit: 1 }) }
  const targets = () => [
    ...store.select(collection, search).map((doc) => doc._id),
    ...(typeof query._id === 'string' ? [query._id] : []),
  ]
  return store.whenFree(collection, tx, targets, () => {
    const found = store.select(collection, search)
    const writes = new Map<string, Doc>()
    for (const doc of found) {
      const next = replace ? replaced(doc, change) : updated(doc, change, query)
      if (next) writes.set(doc._id, next)
    }
    if (found.length === 0 && fields.upsert === true) {
      const doc = withId({ ...change, _id: query._id })
      store.put(collection, new Map([[doc._id, doc]]), tx)
      return { data: { updated: 0, upsert_id: doc._id } }
    }
    store.put(collection, writes, tx)
    const [first] = found
    const after = first && (writes.get(first._id) ?? first)
    return {
      data: {
        updated: writes.size,
        upsert_id: null,
        ...(returnDoc ? { doc: after ? encode(after) : null } : {}),
      },
    }
  })
}

/** Every action of the wire that the stand-in answers; names and fields as @cloudbase/database 1.4.3 sends them. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  async 'database.addCollection'(store, fields) {
    store.addCollection(nameOf(fields))
    return {}
  },

  // All documents or none. The live service may keep those before a failing one; nobody should rely on that.
  async 'database.insertDocument'(store, fields, tx) {
    const collection = nameOf(fields)
    if (!Array.isArray(fields.data) || fields.data.length === 0) throw badParam('data must be a list')
    const docs = fields.data.map((text) => withId(decode(text, 'data')))
    const ids = docs.map((doc) => doc._id)
    if (new Set(ids).size < ids.length) throw duplicate(collection, '_id_')
    return store.whenFree(
      collection,
      tx,
      () => ids,
      () => {
        for (const id of ids) {
          if (store.read(collection, id, tx)) throw duplicate(collection, '_id_')
          // Inserted by somebody after this transaction's snapshot.
          if (tx && store.read(collection, id)) throw conflict()
        }
        store.put(collection, new Map(docs.map((doc) => [doc._id, doc])), tx)
        return { data: { insertedIds: ids } }
      },
    )
  },

  async 'database.getDocument'(store, fields, tx) {
    const offset = wholeNumber(fields.offset, 'offset', 0)
    const limit = Math.min(wholeNumber(fields.limit, 'limit', 100) || 100, PAGE_MAX)
    const docs = store.select(nameOf(fields), { query: queryOf(fields), order: orderOf(fields), offset, limit, tx })
    const projection = decodeOptional(fields.projection, 'projection')
    const page: Spec[] = projection ? project(docs, projection) : docs
    return { data: { list: pack(page) }, offset, limit }
  },

  async 'database.calculateDocument'(store, fields, tx) {
    return { data: { total: store.select(nameOf(fields), { query: queryOf(fields), tx }).length } }
  },

  'database.modifyDocument': (store, fields, tx) => modify(store, fields, tx, false),
  'database.modifyAndReturnDoc': (store, fields, tx) => modify(store, fields, tx, true),

  async 'database.removeDocument'(store, fields, tx) {
    const collection = nameOf(fields)
    const search: Search = { query: queryOf(fields), tx, ...(fields.multi === true ? {} : { limit: 1 }) }
    const targets = () => store.select(collection, search).map((doc) => doc._id)
    return store.whenFree(collection, tx, targets, () => {
      const ids = targets()
      store.put(collection, new Map(ids.map((id) => [id, null])), tx)
      return { data: { deleted: ids.length } }
    })
  },

  // Outside transactions, as in the live service.
  async 'database.aggregateDocuments'(store, fields) {
    const collection = nameOf(fields)
    if (!Array.isArray(fields.stages)) throw badParam('stages must be a list')
    const stages = fields.stages.map((stage: Value) => {
      if (!isPlain(stage) || typeof stage.stageKey !== 'string') throw badParam('stages')
      const { value } = decode(`{"value":${stage.stageValue}}`, 'stageValue')
      return { [stage.stageKey]: value }
    })
    // A collection that is not there is refused as the source and empty in a `$lookup`, as in MongoDB.
    store.collection(collection)
    const source = (name: string, query: Spec) => (store.has(name) ? store.select(name, { query }) : [])
    return { data: { list: pack(aggregate(stages, collection, source)) } }
  },

  // The first thing that `watch()` asks for. Its SDK logs the refusal and tries five times more before it calls onError.
  async 'auth.wsWebSign'() {
    throw failed('watch() is not supported by the local database: poll, or send messages')
  },

  async 'database.startTransaction'(store) {
    return { transactionId: store.begin().id }
  },
  async 'database.commitTransaction'(store, fields) {
    store.commit(store.transactions.find(fields.transactionId))
    return {}
  },
  async 'database.abortTransaction'(store, fields) {
    store.transactions.end(store.transactions.find(fields.transactionId))
    return {}
  },
}
