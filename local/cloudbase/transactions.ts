import { conflict, type Doc, failed, newId } from './wire'

/** One write that a transaction keeps to itself until it commits. */
export interface PendingWrite {
  collection: string
  id: string
  doc: Doc | null
}

export const keyOf = (collection: string, id: string) => `${collection}\0${id}`

/** A snapshot plus the writes made on it. */
export class Transaction {
  readonly id = newId()
  readonly writes = new Map<string, PendingWrite>()
  /** Settles when the transaction ends, either way. */
  readonly ended: Promise<void>
  settle: () => void = () => {}

  constructor(readonly snapshot: number) {
    this.ended = new Promise((resolve) => {
      this.settle = resolve
    })
  }

  /** The transaction's own writes to one collection: id -> new state. */
  writesTo(collection: string): Map<string, Doc | null> {
    const own = [...this.writes.values()].filter((write) => write.collection === collection)
    return new Map(own.map((write) => [write.id, write.doc]))
  }
}

/** Thrown by a write that nobody has locked, but that an open transaction's writes stand against. */
export class Held extends Error {
  constructor(readonly holder: Transaction) {
    super('held by a transaction')
  }
}

/** Open transactions and the write locks they hold on documents. */
export class Transactions {
  private readonly open = new Map<string, { tx: Transaction; timer: NodeJS.Timeout }>()
  private readonly locks = new Map<string, Transaction>()

  constructor(private readonly timeoutMs: number) {}

  begin(snapshot: number): Transaction {
    const tx = new Transaction(snapshot)
    this.open.set(tx.id, { tx, timer: setTimeout(() => this.end(tx), this.timeoutMs).unref() })
    return tx
  }

  find(id: unknown): Transaction {
    const found = typeof id === 'string' ? this.open.get(id) : undefined
    if (!found) throw failed('transaction not exist or timeout')
    return found.tx
  }

  /** Drops its locks and whatever it has not committed. */
  end(tx: Transaction): void {
    clearTimeout(this.open.get(tx.id)?.timer)
    this.open.delete(tx.id)
    for (const key of tx.writes.keys()) if (this.locks.get(key) === tx) this.locks.delete(key)
    tx.settle()
  }

  endAll(): void {
    for (const { tx } of [...this.open.values()]) this.end(tx)
  }

  oldestSnapshot(): number {
    let oldest = Number.POSITIVE_INFINITY
    for (const { tx } of this.open.values()) oldest = Math.min(oldest, tx.snapshot)
    return oldest
  }

  /** Another transaction that holds one of these documents. */
  holder(collection: string, ids: readonly string[], tx?: Transaction): Transaction | undefined {
    if (this.locks.size === 0) return undefined
    for (const id of ids) {
      const holder = this.locks.get(keyOf(collection, id))
      if (holder && holder !== tx) return holder
    }
    return undefined
  }

  /** Open transactions besides one's own. */
  others(tx?: Transaction): Transaction[] {
    return [...this.open.values()].flatMap((one) => (one.tx === tx ? [] : [one.tx]))
  }

  /** Keeps a write for the commit and locks the document. The caller has checked `holder` in the same tick. */
  hold(tx: Transaction, write: PendingWrite, touched: number): void {
    if (touched > tx.snapshot) throw conflict()
    const key = keyOf(write.collection, write.id)
    this.locks.set(key, tx)
    tx.writes.set(key, write)
  }
}
