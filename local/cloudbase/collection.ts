import { type IndexSpec, OrderedIndex } from './ordered-index'
import type { Doc } from './wire'

/** One committed state of a document; `doc` null = it was deleted in that commit. */
interface Version {
  commit: number
  doc: Doc | null
}

/** Every collection has it; that ids are unique is seen to elsewhere. */
const BY_ID: IndexSpec = { name: '_id_', keys: [['_id', 1]] }

/** The committed documents of one collection: their newest state, older states that a snapshot still needs, and indexes. */
export class Collection {
  readonly indexes: OrderedIndex[]
  private readonly histories = new Map<string, Version[]>()

  constructor(
    readonly name: string,
    specs: readonly IndexSpec[],
    docs: readonly Doc[] = [],
  ) {
    for (const doc of docs) this.histories.set(doc._id, [{ commit: 0, doc }])
    this.indexes = [BY_ID, ...specs].map((spec) => {
      const index = new OrderedIndex(spec)
      index.load(docs)
      const twin = spec.unique && docs.find((doc) => index.twins(doc).length > 0)
      if (twin)
        throw new Error(`unique index ${spec.name} of ${name} does not hold for the stored document ${twin._id}`)
      return index
    })
  }

  get size(): number {
    return this.histories.size
  }

  ids(): Iterable<string> {
    return this.histories.keys()
  }

  /** The document as of a commit (default: the newest), or null. */
  read(id: string, asOf = Number.POSITIVE_INFINITY): Doc | null {
    const history = this.histories.get(id) ?? []
    for (let i = history.length - 1; i >= 0; i--) {
      const version = history[i]
      if (version && version.commit <= asOf) return version.doc
    }
    return null
  }

  /** The commit that last touched the document, 0 when unknown. */
  touched(id: string): number {
    return this.histories.get(id)?.at(-1)?.commit ?? 0
  }

  /** Adds a version; forgets those that no snapshot from `oldestSnapshot` on can see. */
  write(id: string, doc: Doc | null, commit: number, oldestSnapshot: number): void {
    const history = this.histories.get(id) ?? []
    history.push({ commit, doc })
    while (history[1] && history[1].commit <= oldestSnapshot) history.shift()
    if (history.length === 1 && !doc) this.histories.delete(id)
    else this.histories.set(id, history)
    for (const index of this.indexes) index.set(id, doc)
  }

  /** Name of a unique index that these writes (id -> new state) would break, or null. */
  broken(writes: ReadonlyMap<string, Doc | null>): string | null {
    for (const index of this.indexes) {
      if (!index.spec.unique) continue
      const mine = new OrderedIndex(index.spec)
      const docs = [...writes.values()].filter((doc) => doc !== null)
      mine.load(docs)
      for (const doc of docs) {
        if (mine.twins(doc).length > 0 || index.twins(doc).some((id) => !writes.has(id))) return index.spec.name
      }
    }
    return null
  }

  /** Whether two sets of writes, neither committed yet, would break a unique index together. */
  collide(writes: ReadonlyMap<string, Doc | null>, others: ReadonlyMap<string, Doc | null>): boolean {
    return this.indexes.some((index) => {
      if (!index.spec.unique) return false
      const theirs = new OrderedIndex(index.spec)
      theirs.load([...others.values()].filter((doc) => doc !== null))
      return [...writes.values()].some((doc) => doc !== null && theirs.twins(doc).length > 0)
    })
  }
}
