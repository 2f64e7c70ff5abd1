import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openGroupLog } from '../../../../local/im/group-log'

let dir: string
let file: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'group-log-'))
  file = join(dir, 'new-folder', 'groups.jsonl')
})
afterEach(() => rmSync(dir, { recursive: true }))

test('what was created and not dissolved is there after the next start, and the file holds nothing else', () => {
  const log = openGroupLog(file)
  for (const id of ['a', 'b', 'c']) log.created({ id, owner: 'o' })
  log.dissolved('b')
  expect(openGroupLog(file).groups).toEqual([
    { id: 'a', owner: 'o' },
    { id: 'c', owner: 'o' },
  ])
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2)
})

test('a line that was cut short by a crash, and garbage, are skipped', () => {
  const log = openGroupLog(file)
  log.created({ id: 'a', owner: '' })
  appendFileSync(file, 'null\n7\n{"created":{}}\n{"created":null}\n{"created":{"id":"b","ow')
  expect(openGroupLog(file).groups).toEqual([{ id: 'a', owner: '' }])
})

test('mutes that are not over are there after the next start, and the one after that', () => {
  const log = openGroupLog(file, 0)
  for (const id of ['a', 'b', 'quiet', 'gone']) log.created({ id, owner: '' })
  log.muted('a', ['alice', 'bob', 'carol'], 5_000)
  log.muted('a', ['bob'], 0)
  log.muted('a', ['carol'], 2_000)
  log.muted('nowhere', ['alice'], 5_000)
  log.mutedAll('quiet', true)
  log.mutedAll('b', true)
  log.mutedAll('b', false)
  log.mutedAll('nowhere', true)
  log.muted('gone', ['alice'], 5_000)
  log.dissolved('gone')
  log.created({ id: 'gone', owner: '' })
  const left = [
    { id: 'a', owner: '', muted: [{ userId: 'alice', until: 5_000 }] },
    { id: 'b', owner: '' },
    { id: 'quiet', owner: '', mutedAll: true },
    { id: 'gone', owner: '' },
  ]
  expect(openGroupLog(file, 2_000).groups).toEqual(left)
  expect(openGroupLog(file, 4_999).groups).toEqual(left)
  expect(openGroupLog(file, 5_000).groups[0]).toEqual({ id: 'a', owner: '' })
})

test('a mute that cannot be read is skipped', () => {
  openGroupLog(file).created({ id: 'a', owner: '' })
  const broken = [
    '{"muted":"a"}',
    '{"muted":"a","userIds":["u"],"until":"9e9"}',
    '{"muted":"a","userIds":[7],"until":9e99}',
    '{"mutedAll":"a"}',
    '{"mutedAll":"a","on":1}',
    '{"created":{"id":"b","owner":"","muted":[{"userId":"u"}]}}',
    '{"created":{"id":"b","owner":"","mutedAll":"yes"}}',
  ]
  appendFileSync(file, broken.join('\n'))
  expect(openGroupLog(file).groups).toEqual([{ id: 'a', owner: '' }])
})

test('a folder that cannot be made is an error at the start, not at the first group', () => {
  writeFileSync(join(dir, 'new-folder'), 'a file in the way')
  expect(() => openGroupLog(file)).toThrow(/ENOTDIR|EEXIST/)
})
