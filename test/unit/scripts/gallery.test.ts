import fs from 'node:fs'
import path from 'node:path'

const folder = path.resolve(__dirname, '../../../docs/gallery')

test('the table of the gallery shows every picture there is, and no other', () => {
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.jpg'))
  const shown = [...fs.readFileSync(path.join(folder, 'README.md'), 'utf8').matchAll(/src="([^"]+)"/g)]
  expect(shown.map(([, file]) => file).sort()).toEqual(files.sort())
})

test('no picture of the gallery is heavier than it has to be', () => {
  const heavy = fs.readdirSync(folder).filter((file) => fs.statSync(path.join(folder, file)).size > 50_000)
  expect(heavy).toEqual([])
})
