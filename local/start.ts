import { join, resolve } from 'node:path'
import type { DeskPart } from '../desk/build/serve'
import type { Preview } from '../preview/build/serve'
import { watchFolders } from '../preview/build/watch'
import { buildFunctions, FUNCTIONS as FUNCTION_NAMES } from '../scripts/build-functions'
import { type CloudSettings, cloudSettings, functionEnv, sdkEnv } from './cloud-env'
import {
  type CloudStorage,
  createGateway,
  type Gateway,
  openStorage,
  openStore,
  type Store,
  serveCloudbase,
} from './cloudbase'
import { type Config, UserError } from './config'
import { mixingAbility, PortError, startStreaming } from './css'
import { loadKeys, prepareDataDir } from './data-dir'
import { readIndexes } from './database-config'
import { type Chat, createChat } from './im'
import { startInternalServer } from './internal-server'

const ROOT = resolve(__dirname, '..')
const FUNCTIONS = 'dist/cloudfunctions'
/** What the functions are built from. */
const SOURCES = ['cloudfunctions', 'miniprogram/protocol'].map((folder) => join(ROOT, folder))

export interface StartOptions extends Config {
  /** Passed on to the functions, and asked for settings. */
  env: NodeJS.ProcessEnv
  /** Rebuild functions and phones when a source file changes. */
  watch: boolean
}

export interface LocalCloud {
  httpPort: number
  rtmpPort: number
  /** Ends every part, in order. */
  close(): Promise<void>
}

/** What was opened, to be closed last in, first out. */
class Opened {
  private readonly closers: (() => unknown)[] = []

  add<T extends { close(): unknown }>(part: T): T {
    this.closers.push(() => part.close())
    return part
  }

  async close(): Promise<void> {
    for (let closer = this.closers.pop(); closer; closer = this.closers.pop()) {
      try {
        await closer()
      } catch (error) {
        console.error('while closing:', error)
      }
    }
  }
}

/**
 * Starts the whole local cloud: everything that can begin at once does, and it resolves when all parts are up.
 * @throws UserError when the user can put it right; whatever had been opened is closed again
 */
export async function startLocalCloud(options: StartOptions): Promise<LocalCloud> {
  const opened = new Opened()
  try {
    return await start(options, opened)
  } catch (error) {
    await opened.close()
    throw error instanceof PortError ? new UserError(error.message) : error
  }
}

async function start(options: StartOptions, opened: Opened): Promise<LocalCloud> {
  const { dataDir, env } = options
  prepareDataDir(dataDir)
  const settings = cloudSettings(env, loadKeys(dataDir))
  const up = { database: false, functions: false, chat: false, streaming: false, preview: false, desk: false }
  const ports = { httpPort: 0, rtmpPort: 0, databaseUrl: '' }
  const talk: { chat?: Chat } = {}
  const load = () => {
    const { rss, heapUsed } = process.memoryUsage()
    return { rss, heapUsed, chat: talk.chat?.stats() ?? null }
  }
  const abilities = () => ({ mixing: mixingAbility() })
  const health = () => ({ ...ports, parts: up, abilities: abilities(), load: load() })
  const internal = opened.add(await startInternalServer(health))
  const streaming = startStreaming(streamingOptions(options, settings, internal.port))
  opened.add({ close: () => streaming.then((part) => part.close(), ignore) })
  const built = buildFunctions({ outDir: FUNCTIONS })
  const preview = openPreview(options.miniprogram, options.watch)
  opened.add({ close: () => preview.then((part) => part.close(), ignore) })
  const desk = openDesk(options.watch)
  opened.add({ close: () => desk.then((part) => part.close(), ignore) })
  // Awaited below; a failure of another part in between must not make these unhandled rejections.
  for (const start of [streaming, built, preview, desk]) start.catch(ignore)

  const store = opened.add(openDatabase(dataDir))
  const storage = opened.add(openFiles(dataDir, () => ports.httpPort))
  const functions: { gateway?: Gateway } = {}
  const database = opened.add(
    await serveCloudbase(store, {
      invoke: async (name, event, token) => functions.gateway?.invoke(name, event, token),
      storage,
    }),
  )
  ports.databaseUrl = database.url
  up.database = true
  const chat = opened.add(createChat({ ...chatOptions(settings, internal.port), dataDir }))
  talk.chat = chat
  up.chat = true
  const { httpPort, rtmpPort } = await streaming
  Object.assign(ports, { httpPort, rtmpPort })
  up.streaming = true
  await built
  const gateway = opened.add(
    createGateway({
      root: join(ROOT, FUNCTIONS),
      env: functionEnv(env, settings, { httpPort, rtmpPort, databaseUrl: database.url }),
      sweepMs: options.sweepMs,
    }),
  )
  functions.gateway = gateway
  up.functions = true
  const phones = await preview
  const page = await desk
  internal.use([gateway, storage, chat, page, phones])
  await Promise.all([phones.ready, page.ready]).catch((error: Error) => {
    throw new UserError(error.message)
  })
  up.preview = true
  up.desk = true
  gateway.warm()
  if (options.watch) opened.add({ close: watchFolders(SOURCES, () => rebuild(gateway)) })
  return { httpPort, rtmpPort, close: () => opened.close() }
}

const ignore = () => undefined

/** Loaded while the other parts start: its compilers are the largest thing there is to load. */
async function openPreview(root: string, watch: boolean): Promise<Preview> {
  const { createPreview } = await import('../preview/build/serve')
  const onBuild = (problems: readonly string[]) => {
    if (watch) for (const problem of problems) console.error(`preview: ${problem}`)
  }
  return createPreview({ root, watch, onBuild })
}

async function openDesk(watch: boolean): Promise<DeskPart> {
  const { createDesk } = await import('../desk/build/serve')
  return createDesk({ watch })
}

async function rebuild(gateway: Gateway): Promise<void> {
  try {
    await buildFunctions({ outDir: FUNCTIONS })
    gateway.reload()
    console.error('functions rebuilt')
  } catch (error) {
    console.error('functions not rebuilt, the old ones go on:', error instanceof Error ? error.message : error)
  }
}

function openDatabase(dataDir: string): Store {
  const indexes = readIndexes(join(ROOT, 'cloudfunctions/database.json'))
  try {
    return openStore({ file: join(dataDir, 'cloudbase.db'), indexes })
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new UserError(`${cause}. If the data may go, delete ${dataDir}; otherwise set DATA_DIR to another folder.`)
  }
}

function openFiles(dataDir: string, httpPort: () => number): CloudStorage {
  const { TCB_ENV: env } = sdkEnv('')
  try {
    return openStorage({ dir: join(dataDir, 'storage'), env, base: () => `http://127.0.0.1:${httpPort()}` })
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error))
  }
}

/** The function that looks at what members write, where there is one. */
const CHAT_CALLBACK = 'im-callback'

const chatOptions = (settings: CloudSettings, upstreamPort: number) => ({
  sdkAppId: Number(settings.IM_SDK_APP_ID),
  secretKey: settings.IM_SECRET_KEY,
  admin: settings.IM_ADMIN,
  ...((FUNCTION_NAMES as readonly string[]).includes(CHAT_CALLBACK)
    ? { callback: { url: `http://127.0.0.1:${upstreamPort}/http/${CHAT_CALLBACK}`, token: settings.IM_CALLBACK_TOKEN } }
    : {}),
})

const streamingOptions = (options: StartOptions, settings: CloudSettings, upstreamPort: number) => ({
  httpPort: options.port,
  rtmpPort: options.rtmpPort,
  host: '127.0.0.1',
  upstream: { port: upstreamPort },
  app: settings.LIVE_APP,
  domain: settings.LIVE_PUSH_DOMAIN,
  pushKey: settings.LIVE_PUSH_KEY,
  pushBackupKey: settings.LIVE_PUSH_BACKUP_KEY,
  playKey: settings.LIVE_PLAY_KEY,
  callbackKey: settings.LIVE_CALLBACK_KEY,
  callbackUrl: `http://127.0.0.1:${upstreamPort}/http/live-callback`,
  apiSecretId: settings.TENCENT_SECRET_ID,
  apiSecretKey: settings.TENCENT_SECRET_KEY,
  mediaDir: join(options.dataDir, 'media'),
})
