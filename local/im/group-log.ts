import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a group is after a restart; messages and members are not kept, as at Tencent's live groups. */
export interface GroupRecord {
  id: string
  owner: string
  /** Who may not write, and until when (ms since the epoch). */
  muted?: { userId: string; until: number }[]
  /** Nobody but the owner may write. */
  mutedAll?: boolean
}

export interface GroupLog {
  readonly groups: GroupRecord[]
  created(group: GroupRecord): void
  dissolved(id: string): void
  /** An instant that is over lifts it. */
  muted(id: string, userIds: readonly string[], until: number): void
  mutedAll(id: string, on: boolean): void
}

type Change =
  | { created: GroupRecord }
  | { dissolved: string }
  | { muted: string; userIds: string[]; until: number }
  | { mutedAll: string; on: boolean }

/** For a chat that forgets. */
export const noGroupLog = (): GroupLog => ({
  groups: [],
  created: () => {},
  dissolved: () => {},
  muted: () => {},
  mutedAll: () => {},
})

/**
 * Remembers groups in one file: a JSON line per change, so that creating the thousandth group costs as little as the
 * first. Opening writes the file anew without what is over. A line that cannot be read (a crash in mid write) is skipped.
 * @param now ms since the epoch
 * @throws when the file cannot be written
 */
export function openGroupLog(file: string, now = Date.now()): GroupLog {
  const groups = read(file, now)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, groups.map((group) => line({ created: group })).join(''))
  renameSync(`${file}.new`, file)
  const append = (change: Change) => appendFileSync(file, line(change))
  return {
    groups,
    created: (group) => append({ created: group }),
    dissolved: (id) => append({ dissolved: id }),
    muted: (id, userIds, until) => append({ muted: id, userIds: [...userIds], until }),
    mutedAll: (id, on) => append({ mutedAll: id, on }),
  }
}

const line = (change: Change): string => `${JSON.stringify(change)}\n`

/** A group while its lines are read. */
interface Reading {
  owner: string
  muted: Map<string, number>
  mutedAll: boolean
}

function read(file: string, now: number): GroupRecord[] {
  const groups = new Map<string, Reading>()
  for (const text of readLines(file)) {
    const change = parse(text)
    if (change) apply(groups, change)
  }
  return [...groups].map(([id, { owner, muted, mutedAll }]) => {
    const still = [...muted].flatMap(([userId, until]) => (until > now ? [{ userId, until }] : []))
    return { id, owner, ...(still.length > 0 ? { muted: still } : {}), ...(mutedAll ? { mutedAll } : {}) }
  })
}

function apply(groups: Map<string, Reading>, change: Change): void {
  if ('created' in change) {
    const { id, owner, muted = [], mutedAll = false } = change.created
    groups.set(id, { owner, muted: new Map(muted.map(({ userId, until }) => [userId, until])), mutedAll })
  } else if ('dissolved' in change) {
    groups.delete(change.dissolved)
  } else if ('muted' in change) {
    for (const userId of change.userIds) groups.get(change.muted)?.muted.set(userId, change.until)
  } else {
    const group = groups.get(change.mutedAll)
    if (group) group.mutedAll = change.on
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function parse(text: string): Change | null {
  try {
    const change = JSON.parse(text)
    return isChange(change) ? change : null
  } catch {
    return null
  }
}

function isChange(raw: unknown): raw is Change {
  const c = (raw ?? {}) as Record<string, unknown>
  if (typeof c.dissolved === 'string') return true
  if (typeof c.mutedAll === 'string') return typeof c.on === 'boolean'
  if (typeof c.muted === 'string') return isList(c.userIds, isText) && typeof c.until === 'number'
  const { id, owner, muted = [], mutedAll = false } = (c.created ?? {}) as Record<string, unknown>
  return isText(id) && isText(owner) && isList(muted, isMute) && typeof mutedAll === 'boolean'
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isList = (value: unknown, of: (entry: unknown) => boolean): boolean => Array.isArray(value) && value.every(of)

function isMute(entry: unknown): boolean {
  const { userId, until } = (entry ?? {}) as Record<string, unknown>
  return isText(userId) && typeof until === 'number'
}
