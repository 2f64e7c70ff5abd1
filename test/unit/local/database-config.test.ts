import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readIndexes } from '../../../local/database-config'

const read = (text: string) => {
  const dir = mkdtempSync(join(tmpdir(), 'database-'))
  try {
    writeFileSync(join(dir, 'database.json'), text)
    return readIndexes(join(dir, 'database.json'))
  } finally {
    rmSync(dir, { recursive: true })
  }
}

test('the declaration of the project is understood, and every room list can use an index', () => {
  const indexes = readIndexes(resolve(__dirname, '../../../cloudfunctions/database.json'))
  expect(indexes.rooms?.map(({ keys }) => keys[0])).toContainEqual(['kind', 1])
})
test.each([
  '{',
  '{"collections":{"a":{"indexes":[{"name":"x"}]}}}',
  '{"collections":{"a":{"indexes":[{"name":"x","keys":[["f",2]]}]}}}',
])('%s is refused with the name of the file', (text) => expect(() => read(text)).toThrow('database.json'))
