/**
 * What a call costs the database while there are few rooms and while there are many, and how often each action of a client
 * goes there. The room service on CloudBase's own SDK, the local database behind it, everything in one process; databases of
 * all sizes are measured in turns, so that whatever else the machine does touches them alike.
 */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createCloudbaseStore } from '../cloudfunctions/adapters/store'
import type { RecordingDoc, RoomDoc } from '../cloudfunctions/core/documents'
import { hotKeyOf } from '../cloudfunctions/core/heat'
import { publicUserId } from '../cloudfunctions/core/ids'
import { listKeyOf } from '../cloudfunctions/core/list'
import { newRoom } from '../cloudfunctions/core/new-room'
import { recordingKey } from '../cloudfunctions/core/recording/key'
import { newStage } from '../cloudfunctions/core/seats'
import { createRoomService, type RoomService } from '../cloudfunctions/core/service'
import { sdkEnv } from '../local/cloud-env'
import { type Indexes, serveCloudbase } from '../local/cloudbase'
import { Store } from '../local/cloudbase/store'
import { createVendors } from '../test/contract/room-service/vendors'
import { config } from '../test/support/room-config'
import { RoundTrips } from '../test/support/round-trips'
import { printTable, quantile } from './table'

const SIZES = [100, 1000, 10_000, 50_000]
const ROUNDS = 400
const WARM_UP = 40
const NOW = 1_700_000_000_000
/** Recordings of one anchor in the middle of everybody else's. */
const OWN_RECORDINGS = 50

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const declared = JSON.parse(fs.readFileSync(path.resolve(__dirname, '../cloudfunctions/database.json'), 'utf8')) as {
  collections: Record<string, { indexes: Indexes[string] }>
}
const indexes: Indexes = Object.fromEntries(
  Object.entries(declared.collections).map(([name, { indexes }]) => [name, indexes]),
)
const person = (name: string) => ({ userId: publicUserId(config.userIdSecret, name) })
const idOf = (n: number): string => `r${n.toString(16).padStart(24, '0')}`
const anna = person('anna')

/** The n-th room: on, with some people in it. Anna's is the one in the middle. */
function roomAt(n: number, size: number): RoomDoc {
  const anchorId = n === Math.floor(size / 2) ? anna.userId : person(`anchor-${n}`).userId
  const startedAt = NOW - 3_600_000 + n * 10
  const id = { roomId: idOf(n), stream: `${idOf(n)}_1_${'0'.repeat(32)}`, anchorId, anchorName: 'Anchor' }
  const fresh = newRoom(id, { kind: 'live', title: `Show ${n}`, cover: 'jade' }, newStage(3, 0), {
    now: startedAt,
    config,
  })
  const counts = { viewers: n % 100, likes: (n % 977) * 10 }
  const listKey = listKeyOf(startedAt, idOf(n))
  return {
    ...fresh,
    ...counts,
    peakViewers: counts.viewers,
    totalViewers: counts.viewers,
    state: 'live',
    startedAt,
    listed: true,
    listKey,
    hotKey: hotKeyOf(counts, startedAt, listKey),
    closesAt: 0,
    leaseUntil: NOW + 3_600_000,
  }
}

/** The n-th recording; every so often one is Anna's. */
function recordingAt(n: number, size: number): RecordingDoc {
  const every = Math.max(1, Math.floor(size / OWN_RECORDINGS))
  const startedAt = NOW - n * 1000
  const { userId: anchorId } = n % every === 0 ? anna : person(`anchor-${n}`)
  return {
    _id: `file-${n}`,
    fileId: `file-${n}`,
    taskId: '',
    roomId: idOf(n),
    title: `Show ${n}`,
    cover: 'jade',
    coverFile: '',
    anchorId,
    anchorName: 'Anchor',
    startedAt,
    durationMs: 60_000,
    bytes: 1_000_000,
    url: 'http://play.test/vod/1.mp4',
    key: recordingKey(startedAt, `file-${n}`),
    state: 'kept',
    at: 0,
  }
}

interface Scene {
  size: number
  /** To be called before a call. */
  use(): void
  service: RoomService
  trips: RoundTrips
  clock: { now: number }
  mine: RoomDoc
  close(): Promise<void>
}

/** A room service whose database was full when it was opened: documents are loaded, not written one by one. */
async function openScene(size: number): Promise<Scene> {
  const rooms = Array.from({ length: size }, (_, n) => roomAt(n, size))
  const recordings = Array.from({ length: size }, (_, n) => recordingAt(n, size))
  const full: Record<string, object[]> = { rooms, recordings }
  const store = new Store(
    {
      collections: () => Object.keys(full),
      load: (name) => (full[name] ?? []) as never,
      addCollection() {},
      write() {},
      close() {},
    },
    indexes,
  )
  const trips = new RoundTrips()
  const served = await serveCloudbase(store, { onRequest: trips.onRequest })
  // The SDK looks at the environment at every call.
  const use = (): void => void Object.assign(process.env, sdkEnv(served.url), { SILENCE: 'true' })
  use()
  const clock = { now: NOW }
  const { streaming, chat, text } = createVendors()
  const service = createRoomService({
    store: createCloudbaseStore(`bench-${size}`),
    streaming,
    chat,
    text,
    config,
    now: () => clock.now,
    randomBytes,
    pause: async () => {},
    log: () => {},
    trace: () => {},
  })
  const mine = rooms[Math.floor(size / 2)] as RoomDoc
  return { size, use, service, trips, clock, mine, close: () => served.close().then(() => store.close()) }
}

type Work = (scene: Scene) => Promise<unknown>
const COSTS: [string, Work][] = [
  ['`list`, newest', ({ service }) => service.actions.list(anna, {})],
  ['`list`, hottest', ({ service }) => service.actions.list(anna, { order: 'hottest' })],
  ['`list`, newest, from the middle', (scene) => scene.service.actions.list(anna, { cursor: middleOf(scene) })],
  [
    '`beat`, the heartbeat',
    ({ service, mine }) => service.actions.beat(anna, { roomId: mine._id, epoch: 1, version: mine.version }),
  ],
  ['`recordings` of one anchor', ({ service }) => service.actions.recordings(anna, { anchorId: anna.userId })],
  ['`recordings`, newest of all', ({ service }) => service.actions.recordings(anna, {})],
]

const middleOf = ({ mine }: Scene): string =>
  Buffer.from(`live.open.newest:${mine.listKey ?? ''}`).toString('base64url')

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const began = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - began) / 1e9
}

async function measureCosts(scenes: Scene[]): Promise<void> {
  const rows: (string | number)[][] = []
  for (const [name, work] of COSTS) {
    const times = new Map(scenes.map((scene) => [scene.size, [] as number[]]))
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      // Each round in another order.
      const turned = scenes.map((_, i) => scenes[(i + Math.abs(round)) % scenes.length] as Scene)
      for (const scene of turned) {
        scene.use()
        const seconds = await secondsOf(() => work(scene))
        if (round >= 0) times.get(scene.size)?.push(seconds)
      }
    }
    const medians = scenes.map(({ size }) => quantile(times.get(size) ?? [], 0.5))
    const ratio = (medians[0] ?? Number.NaN) / (medians.at(-1) ?? Number.NaN)
    rows.push([name, ...medians.map((seconds) => `${(seconds * 1000).toFixed(2)} ms`), ratio.toFixed(2), '> 0.8'])
  }
  say(`p50 of ${ROUNDS} calls, with so many rooms that are on and as many recordings; all sizes in turns in one run:\n`)
  printTable([['call', ...scenes.map(({ size }) => `${size} rooms`), 'first / last', 'goal'], ...rows])
}

/** What a client does, from a first visit to the end of a show, each step as it usually is. */
async function measureTrips({ use, service, trips, clock }: Scene): Promise<void> {
  use()
  const { actions, streamEvent } = service
  const [host, guest, fan] = [person('host'), person('guest'), person('fan')]
  const rows: (string | number)[][] = []
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    clock.now += 5000
    const { result, calls, rounds } = await trips.measure(work)
    rows.push([name, calls.length, rounds.length])
    return result
  }
  await step('`login`', () => actions.login(host, {}))
  await step('`profile`', () => actions.profile(host, { name: 'Host' }))
  const title = { title: 'A show', cover: 'jade', requestId: 'bench' } as const
  const { room } = await step('`create`, a live room', () => actions.create(host, title))
  const { roomId } = room
  await step('`create`, the same request again', () => actions.create(host, title))
  const found = await service.admin.run({ by: 'bench', settings: {} }, 'room', { roomId })
  const { stream } = found.room as unknown as RoomDoc
  const event = { type: 'begin', stream, sequence: '1', eventAt: clock.now } as const
  await step('callback: the stream begins', () => streamEvent(event))
  await step('callback: the same again', () => streamEvent(event))
  const at = { roomId, epoch: 1 }
  await step('`list`', () => actions.list(guest, {}))
  await step('`enter`, for the first time', () => actions.enter(guest, { roomId }))
  await step('`enter`, again', () => actions.enter(guest, { roomId }))
  await step('`sync`', () => actions.sync(guest, { roomId, version: 0 }))
  await step('`like`', () => actions.like(guest, { roomId, count: 5 }))
  await step('`like`, by somebody who has not yet', () => actions.like(fan, { roomId, count: 5 }))
  await step('`beat`', () => actions.beat(host, { ...at, version: 0 }))
  await step('`push`', () => actions.push(host, at))
  const { link } = await step('`link.request`', () => actions['link.request'](guest, { roomId }))
  await step('`link.accept`', () => actions['link.accept'](host, { roomId, linkId: link.linkId }))
  const seat = await step('`seat.take`', () => actions['seat.take'](guest, { roomId }))
  const after = await service.admin.run({ by: 'bench', settings: {} }, 'room', { roomId })
  const linker = (after.room as unknown as RoomDoc).seats[seat.seat]?.stream ?? ''
  await step("callback: a linker's stream begins", () => streamEvent({ ...event, stream: linker, eventAt: clock.now }))
  await step('`seat.beat`', () =>
    actions['seat.beat'](guest, { roomId, seat: seat.seat, epoch: seat.epoch, version: 0 }),
  )
  await step('`seat.leave`', () => actions['seat.leave'](guest, { roomId }))
  await step('`order.mute`', () => actions['order.mute'](host, { roomId, userId: guest.userId, seconds: 60 }))
  await step('`record`, on', () => actions.record(host, { roomId, on: true }))
  await step('`recordings`', () => actions.recordings(guest, {}))
  await step('`leave`', () => actions.leave(guest, { roomId }))
  await step('`resume`', () => actions.resume(host, { roomId }))
  await step('`close`', () => actions.close(host, { roomId }))
  say('\nCalls of the database per action, and rounds: calls of one round are under way together.\n')
  printTable([['action', 'calls', 'rounds'], ...rows])
}

async function main(): Promise<void> {
  const scenes: Scene[] = []
  try {
    for (const size of SIZES) scenes.push(await openScene(size))
    await measureCosts(scenes)
    await measureTrips(scenes[0] as Scene)
  } finally {
    for (const { close } of scenes) await close()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
