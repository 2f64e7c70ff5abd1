import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ForbidList } from '../../../../local/css/forbid-list'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forbid-'))
  file = join(folder, 'new', 'css.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('still knows a forbidden stream after a restart, and forgets it when its time is over', () => {
  new ForbidList(file, () => 1000).add('kicked', 5000)
  expect(new ForbidList(file, () => 4999).has('kicked')).toBe(true)
  expect(new ForbidList(file, () => 5000).has('kicked')).toBe(false)
})

it('lets a resumed stream push again, also after a restart', () => {
  const list = new ForbidList(file)
  list.add('s', Date.now() + 60_000)
  list.remove('s')
  expect([list.has('s'), new ForbidList(file).has('s')]).toEqual([false, false])
})

it('starts with an empty list and a warning when its file is damaged', () => {
  const warn = jest.spyOn(console, 'warn').mockReturnValue()
  const damaged = join(folder, 'css.json')
  writeFileSync(damaged, '{"forbidden":{"a"')
  expect(new ForbidList(damaged).has('a')).toBe(false)
  expect(warn).toHaveBeenCalledTimes(1)
  warn.mockRestore()
})

it('is not confused by names of object properties', () => {
  const list = new ForbidList(file)
  expect([list.has('__proto__'), list.has('constructor')]).toEqual([false, false])
})
