import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { watchFolders } from '../../../preview/build/watch'

const REST_MS = 30

let dir: string
let stop: () => void
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'watch-'))
  for (const name of ['deep', 'node_modules', 'gone']) mkdirSync(join(dir, name))
})
afterEach(() => {
  stop()
  rmSync(dir, { recursive: true, force: true })
})

const later = () => {
  let done: () => void = () => {}
  const promise = new Promise<void>((resolve) => {
    done = resolve
  })
  return { promise, done }
}

test('a burst of changes, nested ones too, is one call; a change during it is one more; none runs beside another', async () => {
  const first = later()
  const second = later()
  const finish = later()
  let calls = 0
  let running = 0
  let most = 0
  stop = watchFolders(
    [dir],
    async () => {
      most = Math.max(most, ++running)
      if (++calls === 1) {
        first.done()
        await finish.promise
      } else second.done()
      running--
    },
    REST_MS,
  )
  for (const name of ['a', 'b', 'deep/c']) writeFileSync(join(dir, name), '')
  await first.promise
  writeFileSync(join(dir, 'deep/c'), 'again')
  // Another folder, watched from now on, tells when the change above has been heard of.
  const heard = later()
  const other = watchFolders([dir], async () => heard.done(), REST_MS)
  writeFileSync(join(dir, 'a'), 'again')
  await heard.promise
  other()
  finish.done()
  await second.promise
  expect([calls, most]).toEqual([2, 1])
})

test('what is installed is not watched, and a folder that goes away ends nothing', async () => {
  const seen: string[] = []
  const changed = later()
  stop = watchFolders(
    [join(dir, 'gone'), dir],
    async () => {
      seen.push('changed')
      changed.done()
    },
    REST_MS,
  )
  const installed = later()
  const witness = watchFolders([join(dir, 'node_modules')], async () => installed.done(), REST_MS)
  writeFileSync(join(dir, 'node_modules/x'), '')
  await installed.promise
  witness()
  expect(seen).toEqual([])
  rmSync(join(dir, 'gone'), { recursive: true })
  await changed.promise
  expect(seen).toEqual(['changed'])
})

test('after the end nothing is heard any more, not even what was about to be', async () => {
  let calls = 0
  stop = watchFolders([dir], async () => void calls++, REST_MS)
  const heard = later()
  writeFileSync(join(dir, 'a'), '')
  stop()
  const witness = watchFolders([dir], async () => heard.done(), REST_MS)
  writeFileSync(join(dir, 'b'), '')
  await heard.promise
  witness()
  expect(calls).toBe(0)
})
