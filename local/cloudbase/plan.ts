import { compareValues, rank } from './order'
import type { Bounds, Direction, OrderedIndex, Range } from './ordered-index'
import { isPlain, type Spec, type Value } from './wire'

/** Where to look for the documents of a query: always a superset, to be filtered by the query itself. */
export interface Plan {
  /** Candidate ids; null = all documents. */
  ids: Iterable<string> | null
  /** The candidates come in the order that was asked for, so reading may stop at the limit. */
  ordered: boolean
}
export type Order = readonly (readonly [field: string, direction: Direction])[]

const isOperators = (value: Value): value is Spec =>
  isPlain(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => key.startsWith('$'))

const point = (value: Value): Bounds => ({ lo: { value, inclusive: true }, hi: { value, inclusive: true } })

function boundsOf(condition: Value): Bounds | null {
  if (condition instanceof RegExp) return null
  if (!isOperators(condition)) return point(condition)
  let bounds: Bounds = {}
  for (const [operator, value] of Object.entries(condition)) {
    if (operator === '$eq' && !(value instanceof RegExp)) bounds = both(bounds, point(value))
    else if (operator === '$exists' && !value) bounds = both(bounds, point(null))
    else if (operator === '$gt' || operator === '$gte') {
      bounds = both(bounds, { lo: { value, inclusive: operator === '$gte' } })
    } else if (operator === '$lt' || operator === '$lte') {
      bounds = both(bounds, { hi: { value, inclusive: operator === '$lte' } })
    } else if (operator === '$in' && Array.isArray(value) && !value.some((one) => one instanceof RegExp)) {
      const sorted = [...value].sort(compareValues)
      const points = sorted.filter((one, i) => i === 0 || compareValues(one, sorted[i - 1]) !== 0)
      bounds = both(bounds, { ...point(points[0]), hi: { value: points.at(-1), inclusive: true }, points })
    }
  }
  return bounds.lo || bounds.hi ? bounds : null
}

/** Both hold: of two limits on one side, either is a correct superset; keep the first that is there. */
const both = (a: Bounds, b: Bounds): Bounds => ({ ...b, ...a })

/** Either holds: the smallest range around both, or null when that would be open or cross types. */
function hull(a: Bounds, b: Bounds): Bounds | null {
  const out: Bounds = {}
  if (a.lo && b.lo && rank(a.lo.value) === rank(b.lo.value)) {
    out.lo = { value: compareValues(a.lo.value, b.lo.value) <= 0 ? a.lo.value : b.lo.value, inclusive: true }
  }
  if (a.hi && b.hi && rank(a.hi.value) === rank(b.hi.value)) {
    out.hi = { value: compareValues(a.hi.value, b.hi.value) >= 0 ? a.hi.value : b.hi.value, inclusive: true }
  }
  const types = new Set([a.lo, a.hi, b.lo, b.hi].flatMap((limit) => (limit ? [rank(limit.value)] : [])))
  return (out.lo || out.hi) && types.size === 1 ? out : null
}

/** What a query demands of single fields: its own conditions, those under `$and`, and the hull of `$or`. */
export function fieldBounds(query: Spec): Map<string, Bounds> {
  const found = new Map<string, Bounds>()
  const demand = (field: string, bounds: Bounds) => found.set(field, both(found.get(field) ?? {}, bounds))
  for (const [field, condition] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(condition)) {
      for (const part of condition) if (isPlain(part)) for (const [f, b] of fieldBounds(part)) demand(f, b)
    } else if (field === '$or' && Array.isArray(condition) && condition.every(isPlain)) {
      const branches = condition.map((part) => fieldBounds(part as Spec))
      for (const [f, first] of branches[0] ?? []) {
        const joined = branches.slice(1).reduce<Bounds | null>((sum, branch) => {
          const other = branch.get(f)
          return sum && other ? hull(sum, other) : null
        }, first)
        if (joined) demand(f, joined)
      }
    } else if (!field.startsWith('$')) {
      const bounds = boundsOf(condition)
      if (bounds) demand(field, bounds)
    }
  }
  return found
}

/** The values that a field must have one of, or null when the query leaves it a range. */
function pointsOf({ lo, hi, points }: Bounds = {}): readonly Value[] | null {
  if (points) return points
  return lo?.inclusive && hi?.inclusive && compareValues(lo.value, hi.value) === 0 ? [lo.value] : null
}

/** How many runs of an index one query may join. */
const RUNS_MAX = 16

/** Where an index has the documents of a query. */
interface Runs {
  ranges: Range[]
  /** Leading keys that the query fixes to one value or a few. */
  fixed: number
  /** Fields among them with one value: an order by them is no order. */
  held: ReadonlySet<string>
}

/**
 * Ranges of an index that hold every match, or null when it cannot tell. With lists among the keys, each side of a
 * range may be met by another element, so only one of them counts; and a whole list is no key that can be trusted.
 */
function runsOf(index: OrderedIndex, bounds: ReadonlyMap<string, Bounds>): Runs | null {
  let prefixes: Value[][] = [[]]
  let fixed = 0
  const held = new Set<string>()
  for (const [field] of index.spec.keys) {
    const points = pointsOf(bounds.get(field))
    if (!points || prefixes.length * points.length > RUNS_MAX) break
    prefixes = prefixes.flatMap((prefix) => points.map((value) => [...prefix, value]))
    if (points.length === 1) held.add(field)
    fixed++
  }
  const next = index.spec.keys[fixed]
  let { lo, hi } = (next && bounds.get(next[0])) ?? {}
  if (index.multiple) {
    if (lo) hi = undefined
    const asked = [...prefixes.flat(), lo?.value, hi?.value]
    if (asked.some(Array.isArray)) return null
  }
  const within = { ...(lo && { lo }), ...(hi && { hi }) }
  return { ranges: prefixes.map((prefix) => index.range(prefix, within)), fixed, held }
}

function* distinct(ids: Iterable<string>): Generator<string> {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) continue
    seen.add(id)
    yield id
  }
}

/** 1 when the index, past its `fixed` leading keys, runs in this order; -1 when it does backwards; 0 when neither. */
function way(index: OrderedIndex, { fixed, held }: Runs, order: Order): Direction | 0 {
  if (order.length > 0 && index.multiple) return 0
  const last = index.spec.keys.at(-1)?.[1] ?? 1
  const keys = [...index.spec.keys, ['_id', last] as const]
  let found: Direction | 0 = 0
  let at = fixed
  for (const [field, direction] of order) {
    if (held.has(field)) continue
    const key = keys[at++]
    if (!key || key[0] !== field) return 0
    const turn = direction === key[1] ? 1 : -1
    if (found !== 0 && found !== turn) return 0
    found = turn
  }
  return found || 1
}

/**
 * Chooses how to find the documents of a query: by `_id`, by the index that has fewest candidates to examine, or
 * (null) by looking at all of them.
 */
export function choosePlan(
  query: Spec,
  order: Order,
  wanted: number,
  indexes: readonly OrderedIndex[],
  size: number,
): Plan {
  const ids = idsOf(query)
  if (ids) return { ids, ordered: order.length === 0 || ids.length < 2 }
  const bounds = fieldBounds(query)
  const unsorted = order.length === 0
  let best = { cost: unsorted ? size : size * 2, plan: { ids: null, ordered: unsorted } as Plan }
  for (const index of indexes) {
    const runs = index.usable ? runsOf(index, bounds) : null
    if (!runs) continue
    const turn = way(index, runs, order)
    const found = runs.ranges.reduce((sum, { from, to }) => sum + to - from, 0)
    // A run in order stops at the limit; ten candidates per result allow for what the query filters out.
    const cost = turn === 0 ? found * 2 : Math.min(found, wanted * 10)
    if (cost >= best.cost) continue
    const run = index.merged(runs.ranges, runs.fixed, turn === -1)
    best = { cost, plan: { ids: index.multiple ? distinct(run) : run, ordered: turn !== 0 } }
  }
  return best.plan
}

function idsOf(query: Spec): string[] | null {
  const id = query._id
  if (typeof id === 'string') return [id]
  if (isOperators(id)) {
    if (typeof id.$eq === 'string') return [id.$eq]
    if (Array.isArray(id.$in) && id.$in.every((one) => typeof one === 'string')) return [...new Set(id.$in as string[])]
  }
  if (Array.isArray(query.$and)) {
    for (const part of query.$and) {
      const ids = isPlain(part) ? idsOf(part) : null
      if (ids) return ids
    }
  }
  return null
}
