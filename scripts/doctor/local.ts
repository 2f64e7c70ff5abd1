import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cloudSettings, functionEnv } from '../../local/cloud-env'
import { loadKeys } from '../../local/data-dir'
import type { Health } from '../../local/internal-server'
import type { Environment } from './subject'
import { Told } from './told'

interface Running {
  env: Environment
  /** Base of the HTTP doors. */
  doors: string
  databaseUrl: string
}

/**
 * The environment of the functions of a running `npm start`, made as it makes it.
 * @param url where it listens: `http://127.0.0.1:8080`
 * @param dataDir its data: the keys are in there
 * @throws Told when nothing answers, or the keys are not there
 */
export async function localEnvironment(url: string, dataDir: string, env: Environment): Promise<Running> {
  if (!existsSync(join(dataDir, 'keys.json')))
    throw new Told(`${dataDir} holds no keys.json: name the DATA_DIR of npm start`)
  const health = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5000) }).catch(() => null)
  const ports = (await health?.json().catch(() => null)) as Partial<Health> | null
  if (!ports?.httpPort || !ports.rtmpPort)
    throw new Told(`no local cloud answers at ${url}: run "npm start" first, or name it with --local <url>`)
  const settings = cloudSettings(env, loadKeys(dataDir))
  const addresses = { httpPort: ports.httpPort, rtmpPort: ports.rtmpPort, databaseUrl: ports.databaseUrl ?? '' }
  return { env: functionEnv(env, settings, addresses), doors: `${url}/http`, databaseUrl: addresses.databaseUrl }
}
