import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

interface Locked {
  version?: string
  optionalDependencies?: Record<string, string>
}

test('the lock file names the binaries of every platform: without them npm ci refuses to install anywhere', () => {
  const text = readFileSync(resolve(__dirname, '../../package-lock.json'), 'utf8')
  const { packages } = JSON.parse(text) as { packages: Record<string, Locked> }
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${place}/node_modules/${name}`] && !packages[`node_modules/${name}`]?.version,
    ),
  )
  expect(missing).toEqual([])
})
