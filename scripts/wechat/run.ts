/**
 * `npm run check:wechat`: WeChat's own compilers accept the project, and the npm package that is made of it. They live in
 * a package of their own because they weigh 276 MB, and are installed on first use.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { addPackage } from './packed'

const here = __dirname
const root = path.resolve(here, '../..')

function run(command: string, args: string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${status}`)
}

async function main(): Promise<void> {
  if (!fs.existsSync(path.join(here, 'node_modules', 'miniprogram-ci'))) run('npm', ['ci', '--ignore-scripts'], here)

  // A stage of its own, so that nothing but what ships is seen and nothing is written into the source tree.
  const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'check-wechat-'))
  try {
    fs.cpSync(path.join(root, 'miniprogram'), path.join(stage, 'miniprogram'), {
      recursive: true,
      filter: (source) => !['miniprogram_npm', 'node_modules'].includes(path.basename(source)),
    })
    for (const name of ['package.json', 'project.config.json', 'tsconfig.json']) {
      fs.copyFileSync(path.join(root, name), path.join(stage, name))
    }
    // Copies, not links: the packer does not follow a link. Each package.json that ships has its packages beside it.
    for (const home of ['', 'miniprogram/chat-sdk']) {
      const { dependencies } = JSON.parse(fs.readFileSync(path.join(root, home, 'package.json'), 'utf8')) as {
        dependencies: Record<string, string>
      }
      for (const name of Object.keys(dependencies)) {
        const copy = path.join(stage, home, 'node_modules', name)
        fs.cpSync(path.join(root, 'node_modules', name), copy, { recursive: true })
      }
    }
    await addPackage(stage, root)
    run(process.execPath, ['check.mjs', stage], here)
  } finally {
    fs.rmSync(stage, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
