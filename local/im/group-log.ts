import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a group is after a restart; messages and members are not kept, as at Tencent's live groups. */
export interface GroupRecord {
  id: string
  owner: string
}

export interface GroupLog {
  readonly groups: GroupRecord[]
  created(group: GroupRecord): void
  dissolved(id: string): void
}

/** For a chat that forgets. */
export const noGroupLog = (): GroupLog => ({ groups: [], created: () => {}, dissolved: () => {} })

/**
 * Remembers groups in one file: a JSON line per change, so that creating the thousandth group costs as little as the
 * first. Opening writes the file anew without what is over. A line that cannot be read (a crash in mid write) is skipped.
 * @throws when the file cannot be written
 */
export function openGroupLog(file: string): GroupLog {
  const groups = read(file)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, groups.map((group) => line({ created: group })).join(''))
  renameSync(`${file}.new`, file)
  return {
    groups,
    created: (group) => appendFileSync(file, line({ created: group })),
    dissolved: (id) => appendFileSync(file, line({ dissolved: id })),
  }
}

const line = (change: object): string => `${JSON.stringify(change)}\n`

function read(file: string): GroupRecord[] {
  const groups = new Map<string, GroupRecord>()
  for (const text of readLines(file)) {
    const change = parse(text)
    if (change && 'created' in change) groups.set(change.created.id, change.created)
    else if (change) groups.delete(change.dissolved)
  }
  return [...groups.values()]
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function parse(text: string): { created: GroupRecord } | { dissolved: string } | null {
  try {
    const change = JSON.parse(text)
    if (typeof change?.dissolved === 'string') return { dissolved: change.dissolved }
    if (typeof change?.created?.id !== 'string' || typeof change.created.owner !== 'string') return null
    return { created: { id: change.created.id, owner: change.created.owner } }
  } catch {
    return null
  }
}
