import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createCloudbaseStore } from '../../../cloudfunctions/adapters/store'
import { ALWAYS, REFUSALS } from '../../../cloudfunctions/contract/refusals'
import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { publicUserId } from '../../../cloudfunctions/core/ids'
import type { Caller, Deps, RoomStore, ServiceConfig } from '../../../cloudfunctions/core/ports'
import { Refusal } from '../../../cloudfunctions/core/refusal'
import { createRoomService, type RoomActions, type RoomService } from '../../../cloudfunctions/core/service'
import type { TraceEntry } from '../../../cloudfunctions/core/trace'
import { sdkEnv } from '../../../local/cloud-env'
import {
  type Indexes,
  openStore,
  type ServeOptions,
  type Store,
  type StoreOptions,
  serveCloudbase,
} from '../../../local/cloudbase'
import type { ActionName } from '../../../miniprogram/protocol/actions'
import { config, GRACE_MS, IDLE_MS, LEASE_MS, VIEWER_LEASE_MS } from '../../support/room-config'
import { createVendors, type Vendors } from './vendors'

export { GRACE_MS, IDLE_MS, LEASE_MS, VIEWER_LEASE_MS }

const file = path.resolve(__dirname, '../../../cloudfunctions/database.json')
const declared = JSON.parse(readFileSync(file, 'utf8')) as {
  collections: Record<string, { indexes: Indexes[string] }>
}
/** As deployers create them. */
export const indexes: Indexes = Object.fromEntries(
  Object.entries(declared.collections).map(([name, collection]) => [name, collection.indexes]),
)

/** The room service on the real CloudBase SDK; streaming and chat are written down, and fail when told to. */
export interface World extends RoomService {
  database: Store
  store: RoomStore
  /** What the service works on: for a test that starts another one beside it. */
  deps: Deps
  clock: { now: number }
  log: string[]
  trace: TraceEntry[]
  vendors: Vendors
  /** The most used parts of `vendors`. */
  online: Vendors['online']
  forbidden: Vendors['forbidden']
  groups: Vendors['groups']
  notices: Vendors['notices']
  told: Vendors['told']
  down: Vendors['down']
  room(roomId: string): Promise<RoomDoc>
  /** Everything in a collection, as stored. */
  docs(collection: string): object[]
  begin(stream: string, sequence: string, at?: number): Promise<void>
  end(stream: string, sequence: string, at?: number): Promise<void>
  close(): Promise<void>
}

export const person = (openid: string): Caller => ({ userId: publicUserId(config.userIdSecret, openid) })
export const anna = person('openid-anna')
export const bob = person('openid-bob')

/** What a world is made with besides the usual. */
export interface WorldOptions
  extends Pick<ServeOptions, 'onRequest'>,
    Pick<StoreOptions, 'onBeforeWrite' | 'onAfterWrite'> {
  config?: Partial<ServiceConfig>
}

/** Hundreds of calls at once are answered in turn; a slow machine takes its time. */
const CROWD_MS = 110_000

/** `file`: where the database lives, to open it again; in memory by default. */
export async function openWorld(file = ':memory:', options: WorldOptions = {}): Promise<World> {
  const { config: changed, onRequest, ...hooks } = options
  const database = openStore({ file, indexes, ...hooks })
  const served = await serveCloudbase(database, onRequest ? { onRequest } : {})
  // SILENCE: no timer that warns of slow requests.
  Object.assign(process.env, sdkEnv(served.url), { SILENCE: 'true' })
  const store = createCloudbaseStore('test', { timeoutMs: CROWD_MS })
  const clock = { now: 1_700_000_000_000 }
  const log: string[] = []
  const trace: TraceEntry[] = []
  const vendors = createVendors()
  const deps: Deps = {
    store,
    streaming: vendors.streaming,
    chat: vendors.chat,
    text: vendors.text,
    config: { ...config, ...changed },
    now: () => clock.now,
    randomBytes,
    pause: (ms) => vendors.pause(ms),
    log: (line) => log.push(line),
    trace: (entry) => trace.push(entry),
  }
  const service = createRoomService(deps)
  const event = (type: 'begin' | 'end') => (stream: string, sequence: string, at?: number) =>
    service.streamEvent({ type, stream, sequence, eventAt: at ?? Math.floor(clock.now / 1000) * 1000 })
  return {
    ...service,
    actions: documented(service.actions),
    database,
    store,
    deps,
    clock,
    log,
    trace,
    vendors,
    online: vendors.online,
    forbidden: vendors.forbidden,
    groups: vendors.groups,
    notices: vendors.notices,
    told: vendors.told,
    down: vendors.down,
    docs: (collection) => database.select(collection, { query: {} }),
    begin: event('begin'),
    end: event('end'),
    room: async (roomId) => {
      const room = await store.room(roomId)
      if (!room) throw new Error(`no room ${roomId}`)
      return room
    },
    close: async () => {
      await served.close()
      database.close()
    },
  }
}

/** The same actions, in which a refusal that docs/protocol.md does not announce is an error of the test. */
function documented(actions: RoomActions): RoomActions {
  const wrapped = Object.entries(actions).map(([name, action]) => {
    const allowed = [...ALWAYS, ...REFUSALS[name as ActionName]]
    const run = action as (...args: unknown[]) => Promise<unknown>
    const checked = (...args: unknown[]) =>
      run(...args).catch((error: unknown) => {
        if (!(error instanceof Refusal) || allowed.includes(error.code)) throw error
        throw new Error(`${name} refused with ${error.code}, which is not documented`)
      })
    return [name, checked]
  })
  return Object.fromEntries(wrapped) as RoomActions
}

/** Opens a room of `caller`, and pushes to it. */
export async function liveRoom(world: World, caller = anna, requestId = 'show-1') {
  const created = await world.actions.create(caller, { title: 'A show', cover: 'jade', requestId })
  const { roomId } = created.room
  const { stream } = await world.room(roomId)
  await world.begin(stream, 's1')
  world.online.add(stream)
  return { roomId, stream, created }
}

/** The refusal of a call that must be refused. */
export async function refusal(call: Promise<unknown>): Promise<{ code: string; details: Record<string, unknown> }> {
  try {
    await call
  } catch (error) {
    const { code, details = {} } = error as { code: string; details?: Record<string, unknown> }
    return { code, details }
  }
  throw new Error('the call was not refused')
}
