import { Aggregator, find, Query, update } from 'mingo'
import { Context } from 'mingo/core'
import { resolve } from 'mingo/util'
import { badParam, copy, decodeOptional, failed, isPlain, type Spec, type Value } from './wire'

/** MongoDB looks at the whole part of a number and at nothing else; mingo takes null for 0. */
function mod(selector: string, divisor: unknown): (doc: unknown) => boolean {
  const [by, rest] = Array.isArray(divisor) ? divisor.map((n) => Math.trunc(Number(n))) : []
  if (!by || rest === undefined || Number.isNaN(rest)) throw failed('$mod takes [divisor, remainder]')
  return (doc) => {
    const found: unknown = resolve(doc as Spec, selector, { unwrapArray: true })
    return (Array.isArray(found) ? found : [found]).some((n) => typeof n === 'number' && Math.trunc(n) % by === rest)
  }
}

/**
 * What mingo needs to know besides the query: scripts in queries stay off. It keeps its own operator of a name, so ours has
 * another (`strict` puts it in the place of `$mod`); its type of an operator is that of all operators at once.
 */
const OPTIONS = { scriptEnabled: false, context: Context.init({ query: { $wholeMod: mod as never } }) }

const NOT_HERE = new Set(['$near', '$nearSphere', '$geoWithin', '$geoIntersects', '$text', '$jsonSchema'])
const LISTS = new Set(['$and', '$or', '$nor'])

/** Holds a query to MongoDB where mingo is laxer, and says plainly what the local database cannot do. */
function strict(query: Value): Value {
  if (Array.isArray(query)) return query.map(strict)
  if (!isPlain(query)) return query
  const out: Spec = {}
  for (const [key, value] of Object.entries(query)) {
    if (NOT_HERE.has(key)) throw failed(`${key} is not supported by the local database`)
    if (LISTS.has(key) && !(Array.isArray(value) && value.length > 0)) throw failed(`${key} must be a nonempty array`)
    // Nothing is below null: "at least" and "at most" mean null itself, or no such field.
    if ((key === '$gte' || key === '$lte') && value === null) out.$eq = null
    else out[key === '$mod' ? '$wholeMod' : key] = strict(value)
  }
  return out
}

/** The query of a request, absent = everything. @throws WireError */
export const readQuery = (text: Value): Spec => strict(decodeOptional(text, 'query') ?? {}) as Spec

/** Whether a document matches. */
export function matcher(query: Spec): (doc: Spec) => boolean {
  const compiled = new Query(query, OPTIONS)
  return (doc) => compiled.test(doc)
}

export const project = (docs: readonly Spec[], projection: Spec): Spec[] =>
  find<Spec>([...docs], {}, projection, OPTIONS).all()

/** Changes the document in place. @returns the paths that changed */
export const applyUpdate = (doc: Spec, change: Spec): string[] => update(doc, change, [], {}, { queryOptions: OPTIONS })

/** Stages that write, or need what a folder of documents has not. */
const NO_STAGES = new Set(['$out', '$merge', '$geoNear'])

/** `$bucket` in the stages that MongoDB makes of it; mingo puts a value on a boundary into the bucket below. */
function buckets(spec: Value): Spec[] {
  const { groupBy, boundaries, output = { count: { $sum: 1 } }, default: other } = isPlain(spec) ? spec : {}
  if (!Array.isArray(boundaries) || boundaries.length < 2 || !isPlain(output)) {
    throw failed('$bucket takes groupBy, at least two boundaries, and output as an object')
  }
  const branches = boundaries.slice(0, -1).map((from: Value, i) => ({
    case: { $and: [{ $gte: [groupBy, from] }, { $lt: [groupBy, boundaries[i + 1]] }] },
    // biome-ignore lint/suspicious/noThenProperty: the name that MongoDB gives it
    then: from,
  }))
  const bucket = { $switch: { branches, ...(other === undefined ? {} : { default: other }) } }
  return [{ $group: { _id: bucket, ...output } }, { $sort: { _id: 1 } }]
}

/**
 * A pipeline of `{ $stage: value }`.
 * @param source documents of a collection, by name; with the query of the first `$match`, when it begins with one
 */
export function aggregate(stages: readonly Spec[], collection: string, source: (name: string, query: Spec) => Spec[]) {
  const pipeline = stages.flatMap((stage): Spec[] => {
    const [name = ''] = Object.keys(stage)
    if (NO_STAGES.has(name)) throw badParam(`the stage ${name} is not supported by the local database`)
    if (name === '$bucket') return buckets(stage.$bucket)
    return name === '$match' ? [{ $match: strict(stage.$match) }] : [stage]
  })
  const first = pipeline[0]?.$match
  const aggregator = new Aggregator(pipeline as Record<string, never>[], {
    ...OPTIONS,
    collectionResolver: (name) => source(name, {}).map(copy),
  })
  return aggregator.run<Spec>(source(collection, isPlain(first) ? first : {}).map(copy))
}
