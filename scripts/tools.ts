import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** A program that the tests need and npm cannot bring. */
interface Tool {
  /** What people call it. */
  name: string
  /** Names on PATH, best first. */
  commands: string[]
  /** Places outside PATH. */
  paths?: string[]
  /** Names one by hand. */
  env: string
  debian: string
  elsewhere: string
}

const CHROMIUM: Tool = {
  name: 'Chromium (or Chrome)',
  commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  paths: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  env: 'CHROMIUM',
  debian: 'chromium',
  elsewhere: 'install Google Chrome from google.com/chrome',
}

const FFMPEG: Tool = {
  name: 'ffmpeg',
  commands: ['ffmpeg'],
  env: 'FFMPEG',
  debian: 'ffmpeg',
  elsewhere: 'install it with your package manager (brew install ffmpeg, winget install ffmpeg)',
}

function find(tool: Tool): string | undefined {
  const named = process.env[tool.env]
  if (named) return named
  for (const command of tool.commands) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(folder, process.platform === 'win32' ? `${command}.exe` : command)
      if (fs.existsSync(file)) return file
    }
  }
  return tool.paths?.find((file) => fs.existsSync(file))
}

/** As root on a Debian kind of system a missing tool is installed; anywhere else the error says how to get it. */
function ensure(tool: Tool): string {
  const found = find(tool)
  if (found) return found
  const byHand = `sudo apt-get install -y ${tool.debian} on Debian or Ubuntu; elsewhere ${tool.elsewhere}; or name it in ${tool.env}.`
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    console.error(`${tool.name} is missing: installing the package ${tool.debian}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env })
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', tool.debian], { stdio: 'inherit', env })
    const installed = find(tool)
    if (installed) return installed
  }
  throw new Error(`${tool.name} is needed for the tests and was not found. Get it: ${byHand}`)
}

/** Path of a Chromium that can encode H.264 (Debian's can; those that test tools download cannot). */
export const ensureChromium = (): string => ensure(CHROMIUM)
export const ensureFfmpeg = (): string => ensure(FFMPEG)
