import { allAt, compareValues, rank, valueAt } from './order'
import type { Doc, Value } from './wire'

export type Direction = 1 | -1
/** One index as `cloudfunctions/database.json` declares it. */
export interface IndexSpec {
  name: string
  keys: readonly (readonly [field: string, direction: Direction])[]
  unique?: boolean
}

/** What a query says about one field. `lo`/`hi` are absent on an open side. */
export interface Bounds {
  lo?: { value: Value; inclusive: boolean }
  hi?: { value: Value; inclusive: boolean }
  /** The field is one of these (`$in`): sorted, without doubles, all within `lo` and `hi`. */
  points?: readonly Value[]
}

/** A half-open range of positions in an index. */
export interface Range {
  from: number
  to: number
}

interface Entry {
  key: readonly Value[]
  id: string
}

/**
 * The newest committed documents of a collection, sorted by the index's keys and then by `_id` (in the direction
 * of the last key, so that a page cursor on `(field, _id)` runs along it both ways). A document with a list has one entry
 * for each of its elements, and one for the list itself.
 * A sorted array: binary search to read, one memmove to write, which at laptop sizes beats any tree.
 */
export class OrderedIndex {
  private entries: Entry[] = []
  private readonly byId = new Map<string, Entry[]>()
  private readonly directions: readonly Direction[]
  /** Documents with a list on a key, and those with lists on two: one has many entries, the other would need their product. */
  private lists = 0
  private products = 0

  constructor(readonly spec: IndexSpec) {
    this.directions = spec.keys.map(([, direction]) => direction)
  }

  /** False while some document holds lists on two keys: then only a scan is right. */
  get usable(): boolean {
    return this.products === 0
  }

  /** True while some document has several entries: its id comes more than once. */
  get multiple(): boolean {
    return this.lists > 0
  }

  /** Fills an empty index with one sort instead of one search per document. */
  load(docs: Iterable<Doc>): void {
    for (const doc of docs) this.byId.set(doc._id, this.entriesOf(doc))
    this.entries = [...this.byId.values()].flat().sort((a, b) => this.compare(a, b))
    for (const entries of this.byId.values()) this.countLists(entries, 1)
  }

  /** Replaces, adds or (with null) removes what the index knows of one document. */
  set(id: string, doc: Doc | null): void {
    const old = this.byId.get(id) ?? []
    const next = doc ? this.entriesOf(doc) : []
    if (old.length === next.length && old.every((entry, i) => this.compare(entry, next[i] as Entry) === 0)) return
    for (const entry of old) this.entries.splice(this.position(entry), 1)
    for (const entry of next) this.entries.splice(this.position(entry), 0, entry)
    this.countLists(old, -1)
    this.countLists(next, 1)
    if (doc) this.byId.set(id, next)
    else this.byId.delete(id)
  }

  /**
   * The positions whose leading keys equal `equal` and whose next key lies within `bounds`.
   * Bounds bracket by type, as MongoDB's comparisons do: `< 5` never reaches a missing field.
   */
  range(equal: readonly Value[], bounds: Bounds = {}): Range {
    const side = (entry: Entry) => this.side(entry, equal, bounds)
    return { from: this.search((entry) => side(entry) >= 0), to: this.search((entry) => side(entry) > 0) }
  }

  /** Document ids of a range, forwards or backwards. The index must not change while it is read. */
  *ids({ from, to }: Range, backwards = false): Generator<string> {
    for (let i = 0; i < to - from; i++) {
      const entry = this.entries[backwards ? to - 1 - i : from + i]
      if (entry) yield entry.id
    }
  }

  /** Document ids of several ranges as one run in the order of the keys past the first `fixed`, in which they differ. */
  *merged(ranges: readonly Range[], fixed: number, backwards: boolean): Generator<string> {
    const left = ranges.filter(({ from, to }) => from < to).map((range) => ({ ...range }))
    const head = ({ from, to }: Range) => this.entries[backwards ? to - 1 : from] as Entry
    while (left.length > 0) {
      let next = 0
      for (let i = 1; i < left.length; i++) {
        const order = this.compare(head(left[i] as Range), head(left[next] as Range), fixed)
        if (backwards ? order > 0 : order < 0) next = i
      }
      const range = left[next] as Range
      yield head(range).id
      if (backwards) range.to--
      else range.from++
      if (range.from === range.to) left.splice(next, 1)
    }
  }

  /** Ids of the documents that share all keys, or with lists one of their combinations, with `doc`; itself excluded. */
  twins(doc: Doc): string[] {
    const found = this.entriesOf(doc).flatMap(({ key }) => [...this.ids(this.range(key))])
    return [...new Set(found)].filter((id) => id !== doc._id)
  }

  private entriesOf(doc: Doc): Entry[] {
    const key = this.spec.keys.map(([field]) => valueAt(doc, field))
    const at = key.findIndex(Array.isArray)
    if (at < 0) return [{ key, id: doc._id }]
    const [field = ''] = this.spec.keys[at] ?? []
    const entries = [...allAt(doc, field.split('.')), key[at]].map((value) => ({
      key: key.map((own, i) => (i === at ? value : own)),
      id: doc._id,
    }))
    entries.sort((a, b) => this.compare(a, b))
    return entries.filter((entry, i) => i === 0 || this.compare(entry, entries[i - 1] as Entry) !== 0)
  }

  private countLists(entries: readonly Entry[], by: number): void {
    const lists = Math.max(0, ...entries.map(({ key }) => key.filter(Array.isArray).length))
    if (lists > 0) this.lists += by
    if (lists > 1) this.products += by
  }

  private position(entry: Entry): number {
    return this.search((other) => this.compare(other, entry) >= 0)
  }

  private compare(a: Entry, b: Entry, from = 0): number {
    for (let i = from; i < this.directions.length; i++) {
      const order = compareValues(a.key[i], b.key[i])
      if (order !== 0) return order * (this.directions[i] ?? 1)
    }
    return compareValues(a.id, b.id) * (this.directions.at(-1) ?? 1)
  }

  /** -1, 0 or 1: before, inside or after the range, in the order of the index. */
  private side(entry: Entry, equal: readonly Value[], bounds: Bounds): number {
    for (let i = 0; i < equal.length; i++) {
      const order = compareValues(entry.key[i], equal[i])
      if (order !== 0) return order * (this.directions[i] ?? 1)
    }
    if (equal.length >= this.directions.length) return 0
    return sideOfBounds(entry.key[equal.length], bounds) * (this.directions[equal.length] ?? 1)
  }

  /** The first position that `reached` accepts; the entries must be false, ..., false, true, ..., true. */
  private search(reached: (entry: Entry) => boolean): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const entry = this.entries[middle]
      if (entry && reached(entry)) high = middle
      else low = middle + 1
    }
    return low
  }
}

function sideOfBounds(value: Value, { lo, hi }: Bounds): number {
  if (!lo && !hi) return 0
  const type = rank(value)
  if (type < rank((lo ?? hi)?.value)) return -1
  if (type > rank((hi ?? lo)?.value)) return 1
  if (lo) {
    const order = compareValues(value, lo.value)
    if (order < 0 || (order === 0 && !lo.inclusive)) return -1
  }
  if (hi) {
    const order = compareValues(value, hi.value)
    if (order > 0 || (order === 0 && !hi.inclusive)) return 1
  }
  return 0
}
