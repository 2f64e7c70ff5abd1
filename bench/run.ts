/**
 * `npm run bench`: runs every bench in a process of its own and keeps what they print in docs/performance.md.
 * `npm run bench -- start room` runs only those, and replaces only their sections.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(__dirname, '..')
const file = path.join(root, 'docs/performance.md')

/** Name of bench/<name>.ts, and the heading of its section. Each prints Markdown on standard output. */
const BENCHES: [string, string][] = [
  ['start', 'Start'],
  ['room', 'In a room'],
  ['stage', 'From a change of the stage to the picture'],
  ['set-data', 'setData of a room, by what goes on in it'],
  ['rooms', 'The room service and its database'],
  ['latency', 'Capture to screen'],
  ['calls', 'A call'],
  ['streaming', 'Fan-out of one stream'],
  ['chat', 'Chat flood'],
  ['size', 'Bytes, and the walk to the first frame, beside the component of 2018'],
]

const HEAD = `# Performance

Figures come from \`npm run bench\`, which rewrites this file; \`npm run bench -- start\` renews one section. They were taken
with headless Chromium and fake devices on a shared machine, so compare ratios within a section, not absolute times between
machines. The compiled size of the mini program is reported by \`npm run check:wechat\`.
`

const marker = (name: string): string => `<!-- bench:${name} -->`

function sectionsOf(text: string): Map<string, string> {
  const parts = text.split(/^(?=<!-- bench:)/m).slice(1)
  return new Map(parts.map((part) => [/^<!-- bench:([\w-]+)/.exec(part)?.[1] ?? '', part.trimEnd()]))
}

/** Takes half an hour: only when it is named. */
const LONG: [string, string][] = [['soak', 'Half an hour of a talkative show']]

const wanted = process.argv.slice(2)
const sections = fs.existsSync(file) ? sectionsOf(fs.readFileSync(file, 'utf8')) : new Map<string, string>()
const machine = `Node ${process.versions.node}, ${os.cpus().length} cores, ${os.type()} ${os.arch()}`
let failed = false
for (const [name, title] of [...BENCHES, ...LONG]) {
  if (!(wanted.includes(name) || (wanted.length === 0 && BENCHES.some(([usual]) => usual === name)))) continue
  console.error(`== ${name}`)
  // What others did on this machine meanwhile is in every figure.
  const load = (os.loadavg()[0] ?? 0).toFixed(1)
  const args = [path.join(root, 'node_modules/tsx/dist/cli.mjs'), path.join(root, 'bench', `${name}.ts`)]
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) {
    console.error(`${name} failed with status ${status}; its section is left as it was`)
    failed = true
    continue
  }
  const day = new Date().toISOString().slice(0, 10)
  sections.set(
    name,
    `${marker(name)}\n## ${title}\n\n${day}, ${machine}, load ${load}: \`npm run bench -- ${name}\`\n\n${stdout.trim()}`,
  )
}
const ordered = [...BENCHES, ...LONG].map(([name]) => sections.get(name)).filter((text) => text !== undefined)
fs.writeFileSync(file, `${[HEAD.trimEnd(), ...ordered].join('\n\n')}\n`)
process.exit(failed ? 1 : 0)
