/** `npm run doctor`: what is wrong with a configuration, why it matters, and what to do. Changes nothing anywhere. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readEnvFile } from './doctor/env-file'
import type { Language } from './doctor/finding'
import { localEnvironment } from './doctor/local'
import { examine } from './doctor/offline'
import { askAround } from './doctor/online'
import { readProject } from './doctor/project'
import { asJson, asText, count, languageOf } from './doctor/report'
import { type Environment, subjectOf } from './doctor/subject'
import { Told } from './doctor/told'

const ROOT = resolve(__dirname, '..')
const USAGE = `Looks at a configuration before and after deployment. Changes nothing; prints no value of a key.

  npm run doctor -- --env-file .env.production           the functions' variables as NAME=value lines
  npm run doctor -- --env-file .env.production --online --doors https://<env>.service.tcloudbase.com
                                                         also asks the streaming API, the chat, DNS and the HTTP doors
  npm run doctor -- --local http://127.0.0.1:8080 --online   the local cloud of npm start

  --lang zh|en   by LANG where it is not said        --json   for programs
  Without --env-file the environment of this process is looked at. Exit code 1 when something must be put right.
`

function options() {
  const { values } = parseArgs({
    options: {
      'env-file': { type: 'string' },
      online: { type: 'boolean', default: false },
      doors: { type: 'string' },
      local: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { lang = languageOf(process.env), local, doors } = values
  if (lang !== 'zh' && lang !== 'en') throw new Told('--lang is zh or en')
  for (const [name, url] of Object.entries({ local, doors })) {
    if (url !== undefined && !/^https?:\/\/[^/]/.test(url))
      throw new Told(`--${name} is an http:// or https:// address`)
  }
  return { ...values, lang: lang as Language }
}

async function environment(values: ReturnType<typeof options>): Promise<{ env: Environment; doors: string | null }> {
  const { local, doors = null } = values
  if (local !== undefined)
    return localEnvironment(local.replace(/\/+$/, ''), resolve(process.env.DATA_DIR || '.local'), process.env)
  const file = values['env-file']
  return { env: file === undefined ? process.env : readEnvFile(file), doors }
}

async function run(): Promise<void> {
  const values = options()
  if (values.help) {
    process.stdout.write(USAGE)
    return
  }
  const { env, doors } = await environment(values)
  const subject = subjectOf(env, readProject(ROOT))
  const findings = [...examine(subject), ...(values.online ? await askAround(subject, { doors }) : [])]
  process.stdout.write(values.json ? asJson(findings, values.lang) : asText(findings, values.lang))
  if (count(findings, 'error') > 0) process.exitCode = 1
}

run().catch((error: unknown) => {
  const usage = error instanceof TypeError && String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')
  console.error(usage ? `${error.message}\n\n${USAGE}` : error instanceof Told ? error.message : error)
  process.exitCode = 2
})
