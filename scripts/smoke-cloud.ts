/** `npm run smoke:cloud`: experiments in a real CloudBase environment, in a collection of their own, cleaned up after. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readEnvFile } from './doctor/env-file'
import type { Language } from './doctor/finding'
import { localEnvironment } from './doctor/local'
import { languageOf } from './doctor/report'
import type { Environment } from './doctor/subject'
import { Told } from './doctor/told'
import { codeOf } from './smoke/probe'
import { type Result, table } from './smoke/report'
import { type SmokeOptions, smoke } from './smoke/run'

const USAGE = `Experiments in a real CloudBase environment. Writes to the collection probe_smoke only, and empties it again.

  TENCENTCLOUD_SECRETID=... TENCENTCLOUD_SECRETKEY=... npm run smoke:cloud -- --env <environment id>
  npm run smoke:cloud -- --env <environment id> --env-file .env.production --doors https://<env>.service.tcloudbase.com
                      also a show through web-room and live-callback (WEB_TOKEN_SECRET and LIVE_CALLBACK_KEY of the file)
  npm run smoke:cloud -- --local http://127.0.0.1:8080      the local cloud of npm start

  --callers 40    how many call at once in a race
  --patience 300  seconds that the sweeper may take to end a stopped room
  --lang zh|en    by LANG where it is not said
`
const CALLERS_MAX = 500
const PATIENCE_MAX_S = 3600

function options() {
  const { values } = parseArgs({
    options: {
      env: { type: 'string' },
      'env-file': { type: 'string' },
      doors: { type: 'string' },
      local: { type: 'string' },
      callers: { type: 'string', default: '40' },
      patience: { type: 'string', default: '300' },
      lang: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const { lang = languageOf(process.env) } = values
  if (lang !== 'zh' && lang !== 'en') throw new Told('--lang is zh or en')
  return {
    ...values,
    lang: lang as Language,
    callers: whole('callers', values.callers, 7, CALLERS_MAX),
    patience: whole('patience', values.patience, 1, PATIENCE_MAX_S),
  }
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min && value <= max)) throw new Told(`--${name} is a whole number from ${min} to ${max}`)
  return value
}

type Values = ReturnType<typeof options>

async function plan(values: Values): Promise<Pick<SmokeOptions, 'bench' | 'show'>> {
  if (values.local !== undefined) {
    const dataDir = resolve(process.env.DATA_DIR || '.local')
    const { env, doors, databaseUrl } = await localEnvironment(values.local.replace(/\/+$/, ''), dataDir, process.env)
    const bench = {
      env: 'local',
      secretId: 'local',
      secretKey: 'local',
      serviceUrl: databaseUrl,
      callers: values.callers,
    }
    return { bench, ...showOf(values, env, doors) }
  }
  if (!values.env) throw new Told(`name the environment with --env, or the local cloud with --local\n\n${USAGE}`)
  const { TENCENTCLOUD_SECRETID: secretId, TENCENTCLOUD_SECRETKEY: secretKey } = process.env
  if (!secretId || !secretKey) {
    throw new Told(
      'set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY to an API key that may use the database of this environment (Cloud Access Management console > API Keys)',
    )
  }
  const file = values['env-file']
  const env = file === undefined ? process.env : readEnvFile(file)
  return {
    bench: { env: values.env, secretId, secretKey, callers: values.callers },
    ...showOf(values, env, values.doors),
  }
}

function showOf({ patience }: Values, env: Environment, doors: string | undefined): Pick<SmokeOptions, 'show'> {
  const { WEB_TOKEN_SECRET: webTokenSecret, LIVE_CALLBACK_KEY: callbackKey } = env
  if (doors === undefined || !webTokenSecret || !callbackKey) return {}
  return { show: { base: doors.replace(/\/+$/, ''), webTokenSecret, callbackKey, patienceMs: patience * 1000 } }
}

async function main(): Promise<void> {
  const values = options()
  if (values.help) {
    process.stdout.write(USAGE)
    return
  }
  const interrupted = new AbortController()
  process.on('SIGINT', () => {
    console.error('stopping after this experiment, and cleaning up')
    interrupted.abort()
  })
  const { bench, show } = await plan(values)
  const onResult = ({ name, verdict }: Result): void => console.error(`${name}: ${verdict}`)
  let results: Result[]
  try {
    results = await smoke({ bench, ...(show ? { show } : {}), signal: interrupted.signal, onResult })
  } catch (error) {
    throw new Told(
      `the database of ${bench.env} cannot be used (${codeOf(error)}): check --env, and that the API key may use it`,
    )
  }
  process.stdout.write(table(results, values.lang))
  process.exitCode = interrupted.signal.aborted ? 130 : results.some(({ verdict }) => verdict === 'fail') ? 1 : 0
}

main()
  .catch((error: unknown) => {
    const usage = error instanceof TypeError && String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')
    console.error(usage ? `${error.message}\n\n${USAGE}` : error instanceof Told ? error.message : error)
    process.exitCode = 2
  })
  // Everything is said; lookups that the SDK has begun and forgotten must not keep anybody waiting.
  .finally(() => process.stdout.write('', () => process.exit()))
