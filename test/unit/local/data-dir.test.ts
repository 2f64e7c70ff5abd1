import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadKeys, prepareDataDir } from '../../../local/data-dir'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'data-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('keys are made once, differ from each other, and only their owner may read them', () => {
  const keys = loadKeys(dir)
  expect(loadKeys(dir)).toEqual(keys)
  expect(new Set(Object.values(keys)).size).toBe(Object.keys(keys).length)
  expect(statSync(join(dir, 'keys.json')).mode & 0o777).toBe(0o600)
})
test('a directory of a former version gets the keys that are new, once, and keeps its own', () => {
  const { chatCallbackToken, adminTokenSecret: _gone, ...former } = loadKeys(dir)
  writeFileSync(join(dir, 'keys.json'), JSON.stringify(former))
  const keys = loadKeys(dir)
  const made = expect.stringMatching(/^[0-9a-f]{48}$/)
  expect(keys).toEqual({ ...former, chatCallbackToken: made, adminTokenSecret: made })
  expect(keys.chatCallbackToken).not.toBe(chatCallbackToken)
  expect(loadKeys(dir)).toEqual(keys)
  expect(statSync(join(dir, 'keys.json')).mode & 0o777).toBe(0o600)
  expect(readdirSync(dir)).toEqual(['keys.json'])
})
test.each(['', 'null', '{', '{"pushKey":"x"}', '[]'])('a damaged key file (%s) is not replaced', (text) => {
  writeFileSync(join(dir, 'keys.json'), text)
  expect(() => loadKeys(dir)).toThrow('keys.json is damaged')
})
test('a directory is made, and the probe leaves nothing in it', () => {
  prepareDataDir(join(dir, 'a/b'))
  expect(readdirSync(join(dir, 'a/b'))).toEqual([])
})
test('a path through a file is refused, to root as well', () => {
  writeFileSync(join(dir, 'file'), '')
  expect(() => prepareDataDir(join(dir, 'file'))).toThrow(/cannot be written \(EEXIST\).*DATA_DIR/)
  expect(() => prepareDataDir(join(dir, 'file/below'))).toThrow(/cannot be written \(ENOTDIR\)/)
})
