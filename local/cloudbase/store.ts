import { ACTIONS } from './actions'
import { Collection } from './collection'
import { type Disk, openDisk } from './disk'
import { matcher } from './engine'
import { compareValues, sortValue } from './order'
import type { IndexSpec } from './ordered-index'
import { choosePlan, type Order } from './plan'
import { Held, type PendingWrite, type Transaction, Transactions } from './transactions'
import { badParam, conflict, type Doc, duplicate, failed, noCollection, type Spec, WireError } from './wire'

/** Indexes by collection, as `cloudfunctions/database.json` declares them; every collection named here exists. */
export type Indexes = Readonly<Record<string, readonly IndexSpec[]>>

export interface StoreOptions {
  /** A path, or ':memory:' (default). */
  file?: string
  indexes?: Indexes
  /** A forgotten transaction is dropped after this long (default 30 s; the live service's value is not documented). */
  txTimeoutMs?: number
  /** For tests that let the database fail: called before a write is applied. What it throws is the answer. */
  onBeforeWrite?: WriteHook
  /** The same, after a write is applied and durable, before it is answered. */
  onAfterWrite?: WriteHook
}

const TX_TIMEOUT_MS = 30_000

/** How a write reaches the documents: by itself, or as the commit of all writes of a transaction. */
export type WriteOp = 'insert' | 'update' | 'remove' | 'commit'
/**
 * Sees a write; the request waits for it, for ever if it never resolves. Writes inside a transaction are seen as its
 * commit, whose `collection` names all that it touches, sorted and joined by a comma.
 */
export type WriteHook = (collection: string, op: WriteOp) => void | Promise<void>

const WRITES: Readonly<Record<string, WriteOp>> = {
  'database.insertDocument': 'insert',
  'database.modifyDocument': 'update',
  'database.modifyAndReturnDoc': 'update',
  'database.removeDocument': 'remove',
  'database.commitTransaction': 'commit',
}

export interface Search {
  query: Spec
  order?: Order
  offset?: number
  limit?: number
  tx?: Transaction | undefined
}

/**
 * CloudBase's document database as far as one process needs it: MongoDB semantics by mingo over documents in memory,
 * every commit written through to SQLite first. Transactions read a snapshot; the first write to a document locks it.
 */
export class Store {
  /** Documents that queries have looked at, ever: what tests of the indexes count. */
  examined = 0
  readonly transactions: Transactions
  private readonly collections = new Map<string, Collection>()
  private commits = 0

  constructor(
    private readonly disk: Disk,
    private readonly indexes: Indexes,
    private readonly options: Pick<StoreOptions, 'txTimeoutMs' | 'onBeforeWrite' | 'onAfterWrite'> = {},
  ) {
    this.transactions = new Transactions(options.txTimeoutMs ?? TX_TIMEOUT_MS)
    for (const name of disk.collections()) {
      this.collections.set(name, new Collection(name, indexes[name] ?? [], disk.load(name)))
    }
    for (const name of Object.keys(indexes)) if (!this.collections.has(name)) this.addCollection(name)
  }

  /**
   * One action of the wire (`database.getDocument`, ...) with the fields of its request.
   * @throws WireError always and only: a fault inside an operator is the caller's bad query.
   */
  async run(action: string, fields: Spec): Promise<Spec> {
    let tx: Transaction | undefined
    try {
      if (!Object.hasOwn(ACTIONS, action)) throw badParam(`unsupported action ${action}`)
      const write = this.appliedBy(action, fields)
      if (write) await this.options.onBeforeWrite?.(...write)
      tx = fields.transactionId ? this.transactions.find(fields.transactionId) : undefined
      const answer = await (ACTIONS[action] as (typeof ACTIONS)[string])(this, fields, tx)
      if (write) await this.options.onAfterWrite?.(...write)
      return answer
    } catch (error) {
      const refusal =
        error instanceof WireError ? error : failed(error instanceof Error ? error.message : String(error))
      if (tx && refusal.code === conflict().code) this.transactions.end(tx)
      throw refusal
    }
  }

  /** What an action will write at once, or null: one inside a transaction keeps it for the commit. */
  private appliedBy(action: string, { collectionName, transactionId }: Spec): Parameters<WriteHook> | null {
    const op = WRITES[action]
    if (!op || !(this.options.onBeforeWrite || this.options.onAfterWrite)) return null
    if (op !== 'commit') return transactionId ? null : [String(collectionName), op]
    const names = [...this.transactions.find(transactionId).writes.values()].map(({ collection }) => collection)
    return names.length > 0 ? [[...new Set(names)].sort().join(), op] : null
  }

  /** Drops open transactions and closes the file. */
  close(): void {
    this.transactions.endAll()
    this.disk.close()
  }

  addCollection(name: string): void {
    if (this.collections.has(name)) throw failed(`Table exist: ${name}`)
    this.disk.addCollection(name)
    this.collections.set(name, new Collection(name, this.indexes[name] ?? []))
  }

  collection(name: string): Collection {
    const found = this.collections.get(name)
    if (!found) throw noCollection(name)
    return found
  }

  has(name: string): boolean {
    return this.collections.has(name)
  }

  begin(): Transaction {
    return this.transactions.begin(this.commits)
  }

  /** The document as this caller sees it: its own write, its snapshot, or the newest. */
  read(collection: string, id: string, tx?: Transaction): Doc | null {
    const own = tx?.writesTo(collection)
    return own?.has(id) ? (own.get(id) ?? null) : this.collection(collection).read(id, tx?.snapshot)
  }

  /** Documents that match, in order, cut to the page. Not copies: do not change them. */
  select(collection: string, { query, order = [], offset = 0, limit, tx }: Search): Doc[] {
    const source = this.collection(collection)
    const own = tx?.writesTo(collection)
    const wanted = offset + (limit ?? Number.POSITIVE_INFINITY)
    // Indexes know the newest state only, so a transaction looks at its whole snapshot.
    const plan = choosePlan(query, order, wanted, tx ? [] : source.indexes, source.size)
    const matches = matcher(query)
    const found: Doc[] = []
    for (const id of plan.ids ?? new Set([...source.ids(), ...(own?.keys() ?? [])])) {
      const doc = own?.has(id) ? own.get(id) : source.read(id, tx?.snapshot)
      if (!doc) continue
      this.examined++
      if (matches(doc)) found.push(doc)
      if (plan.ordered && found.length >= wanted) break
    }
    if (!plan.ordered) sortDocs(found, order)
    return found.slice(offset, wanted)
  }

  /**
   * Finds documents and changes them in one tick in which nobody else holds them: a plain write waits for a
   * transaction to let go, another transaction fails at once.
   * @param targets ids that the change will touch; asked again after every wait
   * @param change finds and writes, `put` last: it runs again when the key of a unique index is held by somebody
   */
  async whenFree<T>(
    collection: string,
    tx: Transaction | undefined,
    targets: () => string[],
    change: () => T,
  ): Promise<T> {
    for (;;) {
      let holder = this.transactions.holder(collection, targets(), tx)
      if (!holder) {
        try {
          return change()
        } catch (error) {
          if (!(error instanceof Held)) throw error
          holder = error.holder
        }
      }
      if (tx) throw conflict()
      await holder.ended
    }
  }

  /**
   * Writes all or nothing: kept for the commit inside a transaction, durable on return outside.
   * @throws Held for `whenFree`
   */
  put(collection: string, writes: ReadonlyMap<string, Doc | null>, tx?: Transaction): void {
    const source = this.collection(collection)
    const broken = source.broken(tx ? new Map([...tx.writesTo(collection), ...writes]) : writes)
    if (broken) throw duplicate(collection, broken)
    const rival = this.transactions.others(tx).find((other) => source.collide(writes, other.writesTo(collection)))
    if (rival) throw new Held(rival)
    const pending = [...writes].map(([id, doc]) => ({ collection, id, doc }))
    if (!tx) this.apply(pending)
    else for (const write of pending) this.transactions.hold(tx, write, source.touched(write.id))
  }

  /** Makes a transaction's writes real: nobody has touched their documents or taken their unique keys since. */
  commit(tx: Transaction): void {
    try {
      this.apply([...tx.writes.values()])
    } finally {
      this.transactions.end(tx)
    }
  }

  private apply(writes: readonly PendingWrite[]): void {
    if (writes.length === 0) return
    this.disk.write(writes)
    const commit = ++this.commits
    const oldest = this.transactions.oldestSnapshot()
    for (const { collection, id, doc } of writes) this.collection(collection).write(id, doc, commit, oldest)
  }
}

/** Sorts in place; equal documents go by `_id`, in the direction of the last key, as the indexes do. */
export function sortDocs(docs: Doc[], order: Order): void {
  const keys = [...order, ['_id', order.at(-1)?.[1] ?? 1] as const]
  const keyed = docs.map((doc) => ({ doc, key: keys.map(([field, direction]) => sortValue(doc, field, direction)) }))
  keyed.sort((a, b) => {
    for (const [i, [, direction]] of keys.entries()) {
      const result = compareValues(a.key[i], b.key[i])
      if (result !== 0) return result * direction
    }
    return 0
  })
  for (const [i, { doc }] of keyed.entries()) docs[i] = doc
}

/**
 * Opens a database of its own.
 * @throws Error in plain words when the file cannot be used or stored data breaks a declared unique index.
 */
export function openStore({ file = ':memory:', indexes = {}, ...options }: StoreOptions = {}): Store {
  const disk = openDisk(file)
  try {
    return new Store(disk, indexes, options)
  } catch (error) {
    disk.close()
    throw error
  }
}
