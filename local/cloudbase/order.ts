import type { Value } from './wire'

/** What an empty list sorts as: before a missing field. */
const NOTHING = Symbol('an empty list')

/** MongoDB's order of types: a missing field sorts as null, before everything but an empty list. */
export function rank(value: Value): number {
  if (value === NOTHING) return -1
  if (value === undefined || value === null) return 0
  if (typeof value === 'number' || typeof value === 'bigint') return 1
  if (typeof value === 'string') return 2
  if (typeof value === 'boolean') return 6
  if (Array.isArray(value)) return 4
  if (value instanceof Date) return 7
  if (value instanceof RegExp) return 8
  return ArrayBuffer.isView(value) ? 5 : 3
}

const simple = (a: number | string | boolean, b: number | string | boolean) => (a < b ? -1 : a > b ? 1 : 0)

function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a))
  return simple(a, b)
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i], b[i])
    if (order !== 0) return order
  }
  return a.length - b.length
}

const entriesOf = (value: object) => Object.entries(value).sort(([a], [b]) => simple(a, b))

/** A total order over everything a document can hold: the one that sorting and every index use. */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0
  const rankA = rank(a)
  const rankB = rank(b)
  if (rankA !== rankB) return rankA - rankB
  switch (rankA) {
    case 0:
      return 0
    case 1:
      return compareNumbers(Number(a), Number(b))
    case 2:
      return simple(a as string, b as string)
    case 6:
      return simple(a as boolean, b as boolean)
    case 7:
      return compareNumbers((a as Date).getTime(), (b as Date).getTime())
    case 4:
      return compareLists(a as Value[], b as Value[])
    case 3:
      return compareLists(entriesOf(a as object), entriesOf(b as object))
    default:
      return simple(String(a), String(b))
  }
}

/** The value at a dotted path. An array on the way is returned whole: what lies inside has no single value. */
export function valueAt(doc: Value, path: string): Value {
  let value = doc
  for (const field of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    if (Array.isArray(value)) return value
    value = Object.hasOwn(value, field) ? (value as Record<string, Value>)[field] : undefined
  }
  return value
}

/** All that is at a dotted path: of a list on the way every element counts, or the one of that number. */
export function allAt(value: Value, path: readonly string[]): Value[] {
  const [field, ...rest] = path
  if (field === undefined) return Array.isArray(value) ? (value.length > 0 ? value : [NOTHING]) : [value]
  if (Array.isArray(value)) {
    const found = value.flatMap((element) => (isDocument(element) ? allAt(element, path) : []))
    if (/^\d+$/.test(field) && Number(field) < value.length) found.push(...allAt(value[Number(field)], rest))
    return found.length > 0 ? found : [undefined]
  }
  return isDocument(value) && Object.hasOwn(value, field)
    ? allAt((value as Record<string, Value>)[field], rest)
    : [undefined]
}

const isDocument = (value: Value): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a document is sorted by: of a list its smallest element, or its largest when the order runs downwards. */
export function sortValue(doc: Value, path: string, direction: 1 | -1): Value {
  const plain = valueAt(doc, path)
  if (!Array.isArray(plain)) return plain
  return allAt(doc, path.split('.')).reduce((best, one) => (compareValues(one, best) * direction < 0 ? one : best))
}
