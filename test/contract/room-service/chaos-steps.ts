import type { PkDoc, RecordingDoc, RoomDoc } from '../../../cloudfunctions/core/documents'
import type { Caller } from '../../../cloudfunctions/core/ports'
import { Refusal } from '../../../cloudfunctions/core/refusal'
import type { RingDoc } from '../../../cloudfunctions/core/ring/documents'
import { seatOf } from '../../../cloudfunctions/core/seats'
import type { RoomService } from '../../../cloudfunctions/core/service'
import type { ActionName, Input } from '../../../miniprogram/protocol/actions'
import type { AdminActionName, AdminInput } from '../../../miniprogram/protocol/admin'
import fc from '../../support/property'
import { type ChaosWorld, type Death, isBroken, type Weather, type WriteFault } from './chaos-world'
import { person } from './world'

export const PEOPLE = Array.from({ length: 5 }, (_, i) => person(`openid-chaos-${i}`))
const OPERATOR = { by: 'operator', settings: {} }
const HOUSE = { userId: person('openid-house').userId, name: 'The house' }
/** Shows that one person opens, one after the other. */
const SHOWS = 2

/** Who does what to whom; which room, ticket or stream it is follows from what there is. */
interface Pick {
  who: number
  other: number
  room: number
  n: number
  on: boolean
  /** As the room's anchor, whoever that is. */
  asAnchor: boolean
}

/** Everything that people, vendors, the clock and bad luck do. */
export type Step =
  | ({ do: 'act'; action: ActionName; death: Death | null } & Pick)
  | ({ do: 'operate'; action: AdminActionName; death: Death | null } & Pick)
  | ({ do: 'event'; what: 'open' | 'push' | 'renew' | 'reopen'; death: Death | null } & Pick)
  | { do: 'begin' | 'end'; stream: number; recent: boolean; sequence: number; late: number; death: Death | null }
  | { do: 'file'; stream: number; n: number; death: Death | null }
  | { do: 'recording'; lost: boolean; n: number; death: Death | null }
  | ({ do: 'line'; death: Death | null } & Pick)
  | { do: 'sweep'; death: Death | null }
  | { do: 'wait'; ms: number }
  | { do: 'vanish'; stream: number }
  | { do: 'weather'; weather: Weather }
  | { do: 'fault'; fault: WriteFault }

/** What the actions are given; an action that is not in here does not compile. */
const INPUTS: { [A in ActionName]: (scene: Scene) => Input<A> } = {
  login: () => ({}),
  profile: ({ n }) => ({ name: `Name ${n}` }),
  list: ({ on }) => ({ order: on ? 'hottest' : 'newest' }),
  create: ({ n, on }) => ({
    title: 'A show',
    cover: 'jade',
    requestId: `show-${n % SHOWS}`,
    ...(n % 3 === 0
      ? {
          kind: 'call',
          seats: 3,
          endsWithOwner: on,
          record: !on,
          ...(n % 2 === 0 ? { ring: { to: { queue: 'desk' } } } : {}),
        }
      : { seats: 2, lowLatency: 1, record: on }),
  }),
  update: ({ roomId, n }) => ({ roomId, title: `Title ${n}` }),
  resume: ({ roomId }) => ({ roomId }),
  push: ({ roomId, epoch }) => ({ roomId, epoch }),
  beat: ({ roomId, epoch }) => ({ roomId, epoch, version: 0 }),
  enter: ({ roomId, on, n }) => ({ roomId, lowLatency: on, consent: n % 4 > 0 }),
  sync: ({ roomId }) => ({ roomId, version: 0 }),
  leave: ({ roomId }) => ({ roomId }),
  like: ({ roomId, n }) => ({ roomId, count: (n % 5) + 1 }),
  close: ({ roomId }) => ({ roomId }),
  'link.request': ({ roomId }) => ({ roomId }),
  'link.cancel': ({ roomId, linkId }) => ({ roomId, linkId }),
  'link.list': ({ roomId }) => ({ roomId }),
  'link.invite': ({ roomId, other }) => ({ roomId, userId: other.userId }),
  'link.accept': ({ roomId, linkId }) => ({ roomId, linkId }),
  'link.reject': ({ roomId, linkId }) => ({ roomId, linkId }),
  'seat.take': ({ roomId }) => ({ roomId }),
  'seat.push': ({ roomId, seat }) => ({ roomId, ...seat }),
  'seat.beat': ({ roomId, seat }) => ({ roomId, ...seat, version: 0 }),
  'seat.device': ({ roomId, on }) => ({ roomId, micOff: on, cameraOff: false, hand: on, away: on }),
  'seat.leave': ({ roomId }) => ({ roomId }),
  'seat.kick': ({ roomId, other }) => ({ roomId, userId: other.userId }),
  'seat.quiet': ({ roomId, seat, on }) => ({ roomId, seat: seat.seat, mic: on, camera: on }),
  'seat.hand': ({ roomId, other }) => ({ roomId, userId: other.userId }),
  'seat.lock': ({ roomId, seat, on }) => ({ roomId, seat: seat.seat, locked: on }),
  'order.mute': ({ roomId, other, n }) => ({ roomId, userId: other.userId, seconds: n }),
  'order.muteAll': ({ roomId, on }) => ({ roomId, on }),
  'order.ban': ({ roomId, other, on }) => ({ roomId, userId: other.userId, on }),
  'order.remove': ({ roomId, other }) => ({ roomId, userId: other.userId }),
  'order.admin': ({ roomId, other, on }) => ({ roomId, userId: other.userId, on }),
  'order.list': ({ roomId }) => ({ roomId }),
  members: ({ roomId }) => ({ roomId }),
  history: ({ roomId }) => ({ roomId }),
  record: ({ roomId, on }) => ({ roomId, on }),
  recordings: ({ roomId }) => ({ roomId }),
  'recording.delete': ({ recordingId }) => ({ recordingId }),
  'pk.invite': ({ roomId, rivalRoomId }) => ({ roomId, rivalRoomId, durationS: 60 }),
  'pk.accept': ({ roomId, pkId }) => ({ roomId, pkId }),
  'pk.refuse': ({ roomId, pkId }) => ({ roomId, pkId }),
  'pk.end': ({ roomId, pkId }) => ({ roomId, pkId }),
  'pk.play': ({ roomId }) => ({ roomId }),
  'call.invite': ({ roomId, other, n, on }) => ({
    roomId,
    to: on ? { queue: 'desk' } : { userId: other.userId },
    requestId: `ring-${n}`,
  }),
  'call.accept': ({ ringId, n }) => ({ ringId, consent: n % 4 > 0 }),
  'call.refuse': ({ ringId, on }) => ({ ringId, busy: on }),
  'call.cancel': ({ ringId }) => ({ ringId }),
  'call.status': ({ ringId }) => ({ ringIds: [ringId] }),
  'call.missed': ({ on }) => ({ seen: on }),
  'queue.ready': ({ on }) => ({ queue: 'desk', ready: on }),
  'queue.list': () => ({}),
}

const FAR = 7 * 24 * 3600_000
const ORDERS: Partial<{ [A in AdminActionName]: (scene: Scene, now: number) => AdminInput<A> }> = {
  list: () => ({}),
  room: ({ roomId }) => ({ roomId }),
  cut: ({ roomId }) => ({ roomId }),
  forbid: ({ roomId, on }, now) => ({ roomId, reason: 'test', until: now + (on ? FAR : 1000) }),
  allow: ({ roomId }) => ({ roomId }),
  close: ({ roomId }) => ({ roomId, reason: 'test' }),
  reopen: ({ roomId }) => ({ roomId }),
  banUser: ({ other }) => ({ userId: other.userId, reason: 'test' }),
  unbanUser: ({ other }) => ({ userId: other.userId }),
  diagnostics: () => ({}),
  audit: () => ({}),
}

/** What a step is about, as the rooms are when it begins. */
interface Scene {
  roomId: string
  caller: Caller
  other: Caller
  epoch: number
  seat: { seat: number; epoch: number }
  linkId: string
  pkId: string
  rivalRoomId: string
  recordingId: string
  ringId: string
  n: number
  on: boolean
}

const NO_ID = '0'.repeat(24)
const at = <T>(list: readonly T[], i: number): T | undefined => list[i % Math.max(1, list.length)]

/** Open rooms twice as often as those that are over. */
function roomsAt({ rooms }: ChaosWorld): RoomDoc[] {
  const all = rooms().sort((a, b) => (a._id < b._id ? -1 : 1))
  return [...all, ...all.filter(({ state }) => state !== 'closed')]
}

function sceneOf(chaos: ChaosWorld, { who, other, room: i, n, on, asAnchor }: Pick): Scene {
  const rooms = roomsAt(chaos)
  const room = at(rooms, i)
  const caller = (asAnchor && room && { userId: room.anchorId }) || (at(PEOPLE, who) as Caller)
  const mine = room ? seatOf(room, caller.userId) : null
  const waiting = Object.values(room?.links ?? {})
  const rivals = rooms.filter(({ _id, kind, state }) => kind === 'live' && state === 'live' && _id !== room?._id)
  const recordings = chaos.world.docs('recordings') as RecordingDoc[]
  const rings = (chaos.world.docs('rings') as RingDoc[]).filter(({ endedAt }) => endedAt === 0)
  return {
    roomId: room?._id ?? `r${NO_ID}`,
    caller,
    other: at(PEOPLE, other) as Caller,
    epoch: room?.epoch ?? 1,
    seat: { seat: mine?.seat ?? (n % 2) + 1, epoch: mine?.doc.epoch || 1 },
    linkId: at(waiting, n)?.linkId ?? `l${NO_ID}`,
    pkId: room?.pk?.pkId ?? at(chaos.world.docs('pks') as PkDoc[], n)?._id ?? `p${NO_ID}`,
    rivalRoomId: at(rivals, n)?._id ?? `r${NO_ID}`,
    recordingId: at(recordings, n)?._id ?? 'none',
    ringId: at(rings, n)?._id ?? `g${NO_ID}`,
    n,
    on,
  }
}

/** What came of likes: those that were told that they count, and all that were sent. */
export type Likes = Map<string, { told: number; sent: number }>

async function act(chaos: ChaosWorld, likes: Likes, step: Extract<Step, { do: 'act' }>): Promise<void> {
  const scene = sceneOf(chaos, step)
  const input = INPUTS[step.action](scene)
  const count = step.action === 'like' ? (input as Input<'like'>).count : 0
  const tally = likes.get(scene.roomId) ?? { told: 0, sent: 0 }
  likes.set(scene.roomId, tally)
  tally.sent += count
  await chaos.call(({ actions }) => {
    const run = actions[step.action] as (caller: Caller, input: unknown) => Promise<unknown>
    return run(scene.caller, input)
  }, step.death)
  tally.told += count
}

function streamAt(
  { streams }: ChaosWorld,
  { stream, recent }: { stream: number; recent: boolean },
): string | undefined {
  return at(recent ? streams.slice(-4) : streams, stream)
}

const eventStep = (service: RoomService, { what, n }: Extract<Step, { do: 'event' }>, roomId: string) =>
  what === 'open'
    ? service.events.open(HOUSE, { title: 'An event', cover: 'ocean', requestId: `event-${n % SHOWS}`, record: true })
    : service.events[what]({ roomId })

/** Runs a step to its end. What it is refused, or breaks of, does not matter; everything else is a fault. */
export async function apply(chaos: ChaosWorld, likes: Likes, step: Step): Promise<void> {
  try {
    await perform(chaos, likes, step)
  } catch (error) {
    if (!(error instanceof Refusal) && !isBroken(error)) throw error
  }
}

async function perform(chaos: ChaosWorld, likes: Likes, step: Step): Promise<unknown> {
  const { world } = chaos
  const { clock, online } = world
  switch (step.do) {
    case 'act':
      return act(chaos, likes, step)
    case 'operate': {
      const input = ORDERS[step.action]?.(sceneOf(chaos, step), clock.now)
      return chaos.call(({ admin }) => admin.run(OPERATOR, step.action, input as never), step.death)
    }
    case 'event': {
      const { roomId } = sceneOf(chaos, step)
      return chaos.call(async (service) => void (await eventStep(service, step, roomId)), step.death)
    }
    case 'begin':
    case 'end': {
      const stream = streamAt(chaos, step)
      if (stream === undefined) return undefined
      // Nobody pushes what is forbidden; but what began before that may be told later.
      if (step.do === 'end') online.delete(stream)
      else if (!chaos.blocked.has(stream)) online.add(stream)
      const eventAt = Math.floor(clock.now / 1000 - step.late) * 1000
      const event = { type: step.do, stream, sequence: `q${step.sequence}`, eventAt }
      return chaos.call(({ streamEvent }) => streamEvent(event), step.death)
    }
    case 'file': {
      const stream = at(chaos.streams, step.stream) ?? ''
      const id = `file-${step.n}`
      const file = { recordingId: id, fileId: id, taskId: '', stream, bytes: 1, url: 'http://vod.test/1.mp4' }
      return chaos.call(
        ({ recordingArrived }) => recordingArrived({ ...file, endedAt: clock.now, durationMs: 1000 }),
        step.death,
      )
    }
    case 'recording': {
      // A task that nobody has heard of yet does not end by itself.
      const known = chaos.rooms().map(({ recordTask }) => recordTask)
      const tasks = [...world.vendors.recordings].filter(([name]) => step.lost || known.includes(name))
      const [taskId, task] = at(tasks, step.n) ?? []
      if (taskId === undefined || !task) return undefined
      if (!step.lost) world.vendors.recordings.delete(taskId)
      const status = step.lost ? ('lost' as const) : ('ended' as const)
      const tell = (death: Death | null = null) =>
        chaos.call(({ recordingChanged }) => recordingChanged({ stream: task.stream, taskId, status }), death)
      return tell(step.death).catch((error) => {
        chaos.untold.push(() => tell())
        throw error
      })
    }
    case 'line': {
      const { roomId, caller, n } = sceneOf(chaos, step)
      const line = { roomId, userId: caller.userId, text: 'Hello' }
      return chaos.call(async ({ chat }) => {
        await chat.beforeLine(line)
        await chat.afterLine({ ...line, name: 'N', at: clock.now, seq: n, key: `k${n}` })
      }, step.death)
    }
    case 'sweep':
      return chaos.call(({ sweep }) => sweep(), step.death)
    case 'wait':
      clock.now += step.ms
      return undefined
    case 'vanish': {
      const stream = at([...online], step.stream)
      return stream === undefined ? undefined : online.delete(stream)
    }
    case 'weather':
      chaos.weather = step.weather
      return undefined
    case 'fault':
      chaos.fault = { ...step.fault }
  }
  return undefined
}

/**
 * Two live shows, a call of two and an event, all on; in the first show somebody is on stage, and if so wished it has a PK
 * with the second one.
 */
export async function openShows(chaos: ChaosWorld, withPk: boolean): Promise<void> {
  const { world } = chaos
  const { actions, events } = world
  const [anna, bob, carl, dora, emil] = PEOPLE as [Caller, Caller, Caller, Caller, Caller]
  const show = { title: 'A show', cover: 'jade', requestId: 'show-0', seats: 2, lowLatency: 1, record: true } as const
  const push = async (stream: string): Promise<void> => {
    world.online.add(stream)
    await world.begin(stream, 'q0')
  }
  const seatStreams = async (roomId: string) =>
    Object.values((await world.room(roomId)).seats).map(({ stream }) => stream)
  const { roomId } = (await actions.create(anna, show)).room
  const rival = (await actions.create(bob, show)).room.roomId
  const call = (await actions.create(carl, { ...show, kind: 'call', seats: 3 })).room.roomId
  const event = (await events.open(HOUSE, { title: 'An event', cover: 'ocean', requestId: 'event-0' })).room.roomId
  for (const id of [roomId, rival, event]) await push((await world.room(id)).stream)
  await actions.enter(dora, { roomId: call, consent: true })
  for (const who of [bob, dora, emil]) await actions.enter(who, { roomId })
  const { link } = await actions['link.request'](emil, { roomId })
  await actions['link.accept'](anna, { roomId, linkId: link.linkId })
  await actions['seat.take'](emil, { roomId })
  for (const stream of [...(await seatStreams(roomId)), ...(await seatStreams(call))])
    if (stream !== '') await push(stream)
  if (!withPk) return
  const { room } = await actions['pk.invite'](anna, { roomId, rivalRoomId: rival, durationS: 60 })
  await actions['pk.accept'](bob, { roomId: rival, pkId: room.pk?.pkId ?? '' })
}

const n = fc.nat(11)
const death = fc.option(
  fc.record({ at: fc.nat(12), when: fc.constantFrom('before' as const, 'after' as const) }),
  { freq: 6 }, // one in seven calls is given one
)
const mostly = fc.integer({ min: 0, max: 9 }).map((i) => i < 7)
const pick = { who: n, other: n, room: n, n, on: fc.boolean(), death }
const of = <T extends ActionName>(asAnchor: fc.Arbitrary<boolean>, ...names: T[]) =>
  fc.record({ do: fc.constant('act' as const), action: fc.constantFrom<ActionName>(...names), ...pick, asAnchor })
const never = fc.constant(false)
const VENDOR_CALLS = [
  'online',
  'forbid',
  'allow',
  'cut',
  'startRecording',
  'recordingsOf',
  'stopRecording',
  'deleteRecording',
  'mix',
  'endMix',
  'createGroup',
  'destroyGroup',
  'notify',
  'tell',
  'mute',
  'passes',
]
const some = fc.subarray(VENDOR_CALLS, { maxLength: 5 })

export const step: fc.Arbitrary<Step> = fc.oneof(
  // What makes shows and fills them comes often, so that the rest finds something to break.
  { weight: 5, arbitrary: of(never, 'create') },
  { weight: 8, arbitrary: of(never, 'enter', 'leave', 'sync', 'like', 'link.request', 'seat.take') },
  { weight: 6, arbitrary: of(mostly, 'link.accept', 'link.invite', 'record', 'pk.invite', 'pk.accept', 'beat') },
  { weight: 3, arbitrary: of(mostly, 'resume', 'push', 'close', 'pk.end', 'pk.refuse', 'pk.play', 'update') },
  { weight: 3, arbitrary: of(mostly, 'seat.kick', 'seat.quiet', 'seat.hand', 'seat.lock', 'link.reject', 'link.list') },
  { weight: 3, arbitrary: of(never, 'seat.push', 'seat.beat', 'seat.device', 'seat.leave', 'link.cancel', 'profile') },
  {
    weight: 3,
    arbitrary: of(mostly, 'order.mute', 'order.muteAll', 'order.ban', 'order.remove', 'order.admin', 'order.list'),
  },
  { weight: 4, arbitrary: of(mostly, 'call.invite', 'call.cancel', 'call.status') },
  { weight: 4, arbitrary: of(never, 'queue.ready', 'call.accept', 'call.refuse', 'call.missed', 'queue.list') },
  { weight: 1, arbitrary: of(mostly, 'recordings', 'recording.delete', 'members', 'history', 'login', 'list') },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('operate' as const),
      action: fc.constantFrom(...(Object.keys(ORDERS) as AdminActionName[])),
      ...pick,
      asAnchor: never,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('event' as const),
      what: fc.constantFrom('open' as const, 'push' as const, 'renew' as const, 'reopen' as const),
      ...pick,
      asAnchor: never,
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constantFrom('begin' as const, 'begin' as const, 'end' as const),
      stream: fc.nat(40),
      recent: fc.boolean(),
      sequence: fc.nat(2),
      late: fc.nat(4),
      death,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('file' as const), stream: fc.nat(40), n, death }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recording' as const), lost: fc.boolean(), n, death }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('line' as const), ...pick, asAnchor: never }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sweep' as const), death }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 900_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('vanish' as const), stream: fc.nat(10) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('weather' as const), weather: fc.record({ down: some, lossy: some }) }),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>({ do: 'weather', weather: { down: [], lossy: [] } }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      fault: fc.record({
        skip: fc.nat(8),
        how: fc.constantFrom<WriteFault['how']>('refused', 'unanswered', 'dies before', 'dies after'),
        code: fc.constantFrom<WriteFault['code']>('SYS_ERR', 'SERVER_TIMEOUT', 'DATABASE_REQUEST_FAILED'),
      }),
    }),
  },
)
