import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from './config'

/** Secrets of this laptop's cloud: made once, kept with the data they sign. */
export interface Keys {
  pushKey: string
  callbackKey: string
  apiSecretId: string
  apiSecretKey: string
  chatAppId: number
  chatSecretKey: string
  chatCallbackToken: string
  userIdSecret: string
  webTokenSecret: string
  adminTokenSecret: string
}

/** Keys that former versions did not make: a directory of theirs gets them now. */
const LATER: readonly (keyof Keys)[] = ['chatCallbackToken', 'adminTokenSecret']

const secret = () => randomBytes(24).toString('hex')

const newKeys = (): Keys => ({
  pushKey: secret(),
  callbackKey: secret(),
  apiSecretId: `LOCAL${randomBytes(12).toString('hex')}`,
  apiSecretKey: secret(),
  chatAppId: 1_400_000_000 + (randomBytes(3).readUIntBE(0, 3) % 99_999_999),
  chatSecretKey: secret(),
  chatCallbackToken: secret(),
  userIdSecret: secret(),
  webTokenSecret: secret(),
  adminTokenSecret: secret(),
})

/**
 * Makes the data directory if need be and proves that it can be written (permission bits prove nothing to root).
 * @throws UserError in plain words
 */
export function prepareDataDir(dir: string): void {
  const probe = join(dir, `.probe-${process.pid}`)
  try {
    mkdirSync(dir, { recursive: true })
    writeFileSync(probe, 'probe')
    unlinkSync(probe)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new UserError(
      `The data directory ${dir} cannot be written (${code}). Make it writable, or set DATA_DIR to another folder.`,
    )
  }
}

/**
 * The keys of this data directory, made on the first start and readable by their owner only.
 * @throws UserError when the file is there but damaged: new keys would lock everybody out of the old data
 */
export function loadKeys(dir: string): Keys {
  const file = join(dir, 'keys.json')
  const fresh = newKeys()
  try {
    writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    return fresh
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new UserError(`${file} cannot be written: ${error}`)
  }
  const damaged = new UserError(`${file} is damaged. Put it back, or delete ${dir} to begin anew.`)
  let stored: Partial<Record<keyof Keys, unknown>> | null
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw damaged
  }
  const missing = LATER.filter((name) => stored?.[name] === undefined)
  const keys = { ...stored, ...Object.fromEntries(missing.map((name) => [name, fresh[name]])) } as Keys
  for (const [name, value] of Object.entries(fresh)) {
    if (typeof keys[name as keyof Keys] !== typeof value) throw damaged
  }
  if (missing.length > 0) replaceKeys(file, keys)
  return keys
}

function replaceKeys(file: string, keys: Keys): void {
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw new UserError(`${file} cannot be written: ${error}`)
  }
}
