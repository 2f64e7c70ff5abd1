import { isEqual } from 'mingo/util'
import { applyUpdate, matcher } from './engine'
import { copy, type Doc, failed, isPlain, type Spec, type Value } from './wire'

/** Operators that make the field when it is not there. */
const MAKES = new Set(['$set', '$inc', '$mul', '$min', '$max', '$push', '$addToSet', '$bit'])
const OF_NUMBERS = new Set(['$inc', '$mul'])
const OF_LISTS = new Set(['$push', '$addToSet', '$pull', '$pullAll', '$pop'])

const isIndex = (part: string) => /^\d+$/.test(part)

/** What is at a path, element numbers included; `blocked` when something on the way cannot hold a field. */
function look(doc: Value, path: string): { value: Value; blocked: boolean } {
  let value = doc
  for (const part of path.split('.')) {
    if (value === undefined) return { value, blocked: false }
    const open = Array.isArray(value) ? isIndex(part) : isPlain(value)
    if (!open) return { value: undefined, blocked: true }
    value = Object.hasOwn(value as Spec, part) ? (value as Spec)[part] : undefined
  }
  return { value, blocked: false }
}

/** Refuses what MongoDB refuses; mingo would silently leave the document as it is. */
function check(doc: Doc, operator: string, path: string, argument: Value): void {
  // `$[]` stands for every element; each is looked at by mingo alone.
  if (path.includes('$')) return
  const { value, blocked } = look(doc, path)
  if (blocked && MAKES.has(operator)) throw failed(`Cannot create field '${path}': its parent is not an object`)
  if (OF_NUMBERS.has(operator)) {
    if (typeof argument !== 'number')
      throw failed(`Cannot ${operator.slice(1)} with the non-numeric argument of '${path}'`)
    if (value !== undefined && typeof value !== 'number') {
      throw failed(`Cannot apply ${operator} to the non-numeric field '${path}'`)
    }
  }
  if (OF_LISTS.has(operator) && value !== undefined && !Array.isArray(value)) {
    throw failed(`Cannot apply ${operator}: the field '${path}' must be an array`)
  }
}

/** What a query says about a list and its elements, as conditions on `[list]` or `[list].field`. */
function conditionsOn(query: Spec, path: string): Spec[] {
  return Object.entries(query).flatMap(([key, condition]): Spec[] => {
    if (key === '$and' && Array.isArray(condition)) return condition.flatMap((part) => conditionsOn(part as Spec, path))
    return key === path || key.startsWith(`${path}.`) ? [{ [`list${key.slice(path.length)}`]: condition }] : []
  })
}

/** The number of the element that the query found: the first one that meets all it says, else the last thing it says. */
function foundElement(doc: Doc, path: string, query: Spec): number {
  const list = look(doc, path).value
  const conditions = conditionsOn(query, path)
  const last = conditions.at(-1)
  if (!Array.isArray(list) || !last) {
    throw failed(`The positional operator did not find the match needed from the query: '${path}.$'`)
  }
  for (const wanted of [{ $and: conditions }, last]) {
    const meets = matcher(wanted)
    const at = list.findIndex((element) => meets({ list: [element] }))
    if (at >= 0) return at
  }
  throw failed(`The positional operator did not find the match needed from the query: '${path}.$'`)
}

/** `items.$.n` with the element's number in the place of `$`. */
function placed(doc: Doc, path: string, query: Spec): string {
  const parts = path.split('.')
  const at = parts.indexOf('$')
  if (at < 0) return path
  parts[at] = String(foundElement(doc, parts.slice(0, at).join('.'), query))
  return parts.join('.')
}

/**
 * The document after a change made of operators, or null when it changes nothing.
 * @param query what has found the document: `list.$` means the element that it found
 * @throws WireError when an operator does not fit the field
 */
export function updated(doc: Doc, change: Spec, query: Spec): Doc | null {
  const exact: Spec = {}
  for (const [operator, fields] of Object.entries(change)) {
    if (!isPlain(fields)) throw failed(`${operator} takes an object of fields`)
    const entries = Object.entries(fields).map(([path, argument]) => [placed(doc, path, query), argument] as const)
    for (const [path, argument] of entries) check(doc, operator, path, argument)
    exact[operator] = Object.fromEntries(entries)
  }
  const next = copy(doc)
  const changed = applyUpdate(next, exact)
  if (next._id !== doc._id) throw failed('cannot change _id')
  return changed.length > 0 ? next : null
}

/** The whole document in the place of another, or null when it is the same. */
export function replaced(doc: Doc, whole: Spec): Doc | null {
  const next = { ...whole, _id: doc._id }
  return isEqual(next, doc) ? null : next
}
