import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildFunctions, FUNCTIONS } from '../../../scripts/build-functions'

const dir = mkdtempSync(path.join(tmpdir(), 'build-functions-'))
afterAll(() => rmSync(dir, { recursive: true }))

const read = (name: string, file: string): string => readFileSync(path.join(dir, name, file), 'utf8')
const json = (name: string, file: string): Record<string, unknown> => JSON.parse(read(name, file))

it('builds every function into one file with nothing to install, and does not build twice', async () => {
  expect(await buildFunctions({ outDir: dir })).toEqual([...FUNCTIONS])
  for (const name of FUNCTIONS) {
    expect(json(name, 'package.json')).toEqual({ name, version: '1.0.0', main: 'index.js', dependencies: {} })
    // Loaded where no node_modules is in reach.
    const script = `process.stdout.write(typeof require('./${name}/index.js').main)`
    expect(execFileSync(process.execPath, ['-e', script], { cwd: dir, encoding: 'utf8' })).toBe('function')
  }
  expect(json('sweeper', 'config.json').triggers).toHaveLength(1)
  const before = statSync(path.join(dir, 'room', 'index.js')).mtimeMs
  await buildFunctions({ outDir: dir })
  expect(statSync(path.join(dir, 'room', 'index.js')).mtimeMs).toBe(before)
})
