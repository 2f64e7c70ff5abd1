import { readFileSync } from 'node:fs'
import type { Indexes, IndexSpec } from './cloudbase'
import { UserError } from './config'

/**
 * Collections and indexes as the project declares them in `cloudfunctions/database.json`; a deployer makes the same ones
 * in the console: `{ collections: { <name>: { indexes: [{ name, keys: [[field, 1 | -1]], unique }] } } }`.
 * @throws UserError naming what is wrong
 */
export function readIndexes(file: string): Indexes {
  const wrong = (what: string) => new UserError(`${file}: ${what}`)
  let parsed: { collections?: Record<string, { indexes?: unknown }> }
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
  return Object.fromEntries(
    Object.entries(parsed.collections ?? {}).map(([name, { indexes = [] }]) => {
      if (!Array.isArray(indexes) || !indexes.every(isIndexSpec)) throw wrong(`indexes of ${name}`)
      return [name, indexes]
    }),
  )
}

function isIndexSpec(value: unknown): value is IndexSpec {
  const { name, keys, unique } = (value ?? {}) as Record<string, unknown>
  const isKey = (key: unknown) =>
    Array.isArray(key) && key.length === 2 && typeof key[0] === 'string' && (key[1] === 1 || key[1] === -1)
  return (
    typeof name === 'string' &&
    Array.isArray(keys) &&
    keys.length > 0 &&
    keys.every(isKey) &&
    (unique === undefined || typeof unique === 'boolean')
  )
}
