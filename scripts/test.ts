/**
 * `npm test`: everything a contributor needs, in the order that fails fastest.
 * `npm test -- lint unit` runs only the named steps.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ensureChromium, ensureFfmpeg } from './tools'

const root = path.resolve(__dirname, '..')
const bin = (name: string): string => path.join(root, 'node_modules', '.bin', name)

interface Step {
  name: string
  commands: string[][]
  prepare?: () => void
}

const STEPS: Step[] = [
  { name: 'lint', commands: [[bin('biome'), 'ci', '.']] },
  {
    name: 'types',
    commands: ['', '.node', '.preview', '.component', '.desk'].map((part) => [
      bin('tsc'),
      '-p',
      `tsconfig${part}.json`,
    ]),
  },
  { name: 'unit', commands: [[bin('jest'), '--selectProjects', 'unit', 'component']] },
  { name: 'contract', commands: [[bin('jest'), '--selectProjects', 'contract']], prepare: ensureFfmpeg },
  // One browser at a time: video on two cores leaves no room for a second.
  {
    name: 'e2e',
    commands: [[bin('jest'), '--selectProjects', 'e2e', '--runInBand', '--testTimeout', '90000']],
    prepare: () => {
      ensureFfmpeg()
      process.env.CHROMIUM = ensureChromium()
    },
  },
]

function run(step: Step): boolean {
  console.error(`\n== ${step.name}`)
  const startedAt = Date.now()
  try {
    step.prepare?.()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return false
  }
  for (const [command = '', ...args] of step.commands) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    if (status !== 0) return false
  }
  console.error(`== ${step.name}: ok in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  return true
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`unknown step: ${unknown.join(', ')}; known: ${STEPS.map((s) => s.name).join(', ')}`)
  process.exit(2)
}
for (const step of STEPS) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue
  if (!run(step)) {
    console.error(`== ${step.name}: failed`)
    process.exit(1)
  }
}
