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

test('a folder that cannot be made is an error at the start, not at the first group', () => {
  writeFileSync(join(dir, 'new-folder'), 'a file in the way')
  expect(() => openGroupLog(file)).toThrow(/ENOTDIR|EEXIST/)
})
