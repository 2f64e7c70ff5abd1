import { randomBytes } from 'node:crypto'
import { EJSON } from 'bson'

/** A refusal as it travels on the CloudBase wire: HTTP 200 with `{ requestId, code, message }`. */
export class WireError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export const badParam = (message: string) => new WireError('INVALID_PARAM', `[InvalidParameter] ${message}`)
export const failed = (message: string) => new WireError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${message}`)
export const duplicate = (collection: string, index: string) =>
  failed(`E11000 duplicate key error collection: ${collection} index: ${index}`)
export const noCollection = (name: string) =>
  new WireError('DATABASE_COLLECTION_NOT_EXIST', `[ResourceNotFound] Db or Table not exist: ${name}`)
/** The shape that the live service gives a write conflict; the SDK retries on this `code` alone. */
export const conflict = () =>
  new WireError(
    'DATABASE_TRANSACTION_CONFLICT',
    '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others',
  )
/** The SDK's own table calls this WX_DATABASE_QUERY_SIZE_EXCEED_LIMIT, number -602001. */
export const tooLarge = () =>
  new WireError('WX_DATABASE_QUERY_SIZE_EXCEED_LIMIT', '-602001 database query result size exceed limit (1MB)')

export type Value = unknown
export interface Doc {
  _id: string
  [field: string]: Value
}
/** A plain object that came off the wire: a query, an update, a sort order. */
export type Spec = Record<string, Value>

export const newId = () => randomBytes(16).toString('hex')

export const isPlain = (value: Value): value is Spec =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)

/** Turns what canonical EJSON leaves, and CloudBase's two extensions of it, into values that mingo understands. */
function revive(value: Value): Value {
  if (Array.isArray(value)) return value.map(revive)
  if (typeof value !== 'object' || value === null) return value
  const bson = value as { _bsontype?: string; pattern?: string; options?: string }
  if (bson._bsontype === 'BSONRegExp') return regExp(bson.pattern, bson.options)
  if (!isPlain(value)) return value
  if (isPlain(value.$tcb_server_date)) return new Date(Date.now() + Number(value.$tcb_server_date.offset ?? 0))
  if (isPlain(value.$regularExpression)) {
    return regExp(value.$regularExpression.pattern, value.$regularExpression.options)
  }
  const out: Spec = {}
  for (const [key, child] of Object.entries(value)) {
    if (key === '__proto__') throw badParam('__proto__ is not a field')
    out[key] = revive(child)
  }
  return out
}

function regExp(pattern: Value, options: Value): RegExp {
  try {
    return new RegExp(String(pattern), typeof options === 'string' ? options : '')
  } catch {
    throw badParam(`the regular expression /${pattern}/${options} cannot be read; its options may be i, m and s`)
  }
}

/**
 * Reads one EJSON object from a field of a request.
 * @throws WireError when the field is not text, not EJSON or not an object.
 */
export function decode(text: Value, field: string): Spec {
  if (typeof text !== 'string') throw badParam(`${field} must be an EJSON string`)
  let parsed: Value
  try {
    parsed = EJSON.parse(text)
  } catch {
    throw badParam(`${field} is not EJSON`)
  }
  const value = revive(parsed)
  if (!isPlain(value)) throw badParam(`${field} must be an object`)
  return value
}

export const decodeOptional = (text: Value, field: string): Spec | undefined =>
  text === undefined || text === '' ? undefined : decode(text, field)

/** Canonical EJSON, as the SDK expects every document. */
export const encode = (doc: Spec): string => EJSON.stringify(doc, { relaxed: false })

/** A deep copy of a document; values that are neither arrays nor plain objects are immutable to us and shared. */
export function copy<T extends Value>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copy(child)])) as T
}
