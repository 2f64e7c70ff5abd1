import type { RoomStore } from '../../../cloudfunctions/core/ports'
import { Refusal } from '../../../cloudfunctions/core/refusal'
import { heldSeats, NEVER, seatOf } from '../../../cloudfunctions/core/seats'
import type { Input } from '../../../miniprogram/protocol/actions'
import fc from '../../support/property'
import { config } from '../../support/room-config'
import { crowd, expectSoundStage } from './link-people'
import { anna, openWorld, type World } from './world'

/** Anna has opened the room: in a call she comes and goes like the others. */
const PEOPLE = [anna, ...crowd(4)]
const SEATS = 2
const PLACES = 2
/** What was not done because a service was down is tried again after this long. */
const RETRY_MS = 30_000

/** Everything that people, the streaming cloud, the clock and bad luck do to a stage; `who`: one of PEOPLE. */
type Step =
  | { do: 'ask' | 'invite' | 'accept' | 'cancel' | 'reject' | 'take' | 'push' | 'beat' | 'go' | 'leave'; who: number }
  | { do: 'kick' | 'quiet' | 'device' | 'enter' | 'sync'; who: number }
  | { do: 'begin' | 'end'; who: number; sequence: number; late: number; old: boolean }
  | { do: 'lock'; seat: number; on: boolean }
  | { do: 'sweep' | 'resume' | 'close' }
  | { do: 'wait'; ms: number }
  | { do: 'down'; on: boolean }
  /** The function dies at its next write to the stage, before or right after it. */
  | { do: 'crash'; after: boolean }

const who = fc.nat(PEOPLE.length - 1)
const does = <T extends Step['do']>(...names: T[]) => fc.record({ do: fc.constantFrom<T>(...names), who })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: does('ask', 'accept', 'take', 'enter') },
  { weight: 5, arbitrary: does('invite', 'cancel', 'reject', 'push', 'beat', 'go', 'leave') },
  { weight: 4, arbitrary: does('kick', 'quiet', 'device', 'sync') },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('begin' as const, 'end' as const),
      who,
      sequence: fc.nat(2),
      late: fc.nat(3),
      old: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('lock' as const),
      seat: fc.integer({ min: 1, max: SEATS }),
      on: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('sweep' as const, 'sweep' as const, 'resume' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 90_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('down' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), after: fc.boolean() }) },
)

const WRITES = [
  'addTicket',
  'removeTicket',
  'expireTicket',
  'sit',
  'grantSeat',
  'retakeSeat',
  'freeSeat',
  'seatBegan',
  'seatEnded',
  'extendSeat',
  'strikeSeat',
  'seatLost',
  'clearStage',
  'addFast',
  'freeFast',
  'planStage',
  'closeEmpty',
  'closeWithOwner',
  'closeByAnchor',
] satisfies (keyof RoomStore)[]

type Kind = 'live' | 'call' | 'call of its owner'
const WISH: Record<Kind, Partial<Input<'create'>>> = {
  live: { seats: SEATS, lowLatency: PLACES },
  call: { kind: 'call', seats: SEATS + 1 },
  'call of its owner': { kind: 'call', seats: SEATS + 1, endsWithOwner: true },
}

class Crash extends Error {}

/** A room with a stage, everything that was ever pushed to it, and a function that dies when told to. */
async function openStage(kind: Kind) {
  const world = await openWorld()
  const streams = new Set<string>()
  const crash: { armed: 'before' | 'after' | null } = { armed: null }
  for (const name of WRITES) {
    const write = world.store[name] as (...args: unknown[]) => Promise<unknown>
    Object.assign(world.store, {
      [name]: async (...args: unknown[]) => {
        const dies = crash.armed
        crash.armed = null
        if (dies === 'before') throw new Crash()
        const result = await write(...args)
        for (const { doc } of heldSeats(await world.room(roomId))) streams.add(doc.stream)
        if (dies === 'after') throw new Crash()
        return result
      },
    })
  }
  const { room } = await world.actions.create(anna, { title: 'A', cover: 'jade', requestId: 'r', ...WISH[kind] })
  const { roomId } = room
  for (const { doc } of heldSeats(await world.room(roomId))) streams.add(doc.stream)
  return { world, roomId, streams, crash }
}

type Stage = Awaited<ReturnType<typeof openStage>>

async function apply({ world, roomId, streams, crash }: Stage, s: Step): Promise<void> {
  const { actions } = world
  const room = await world.room(roomId)
  const caller = PEOPLE['who' in s ? s.who : 0] ?? anna
  const { userId } = caller
  const { seat = 1, doc = null } = seatOf(room, userId) ?? {}
  const linkId = room.links[userId]?.linkId ?? `l${'0'.repeat(24)}`
  const epoch = doc?.epoch || 1
  const perform = (): Promise<unknown> | undefined => {
    switch (s.do) {
      case 'ask':
        return actions['link.request'](caller, { roomId })
      case 'invite':
        return actions['link.invite'](anna, { roomId, userId })
      case 'accept':
        return actions['link.accept'](room.links[userId]?.kind === 'invite' ? caller : anna, { roomId, linkId })
      case 'cancel':
        return actions['link.cancel'](caller, { roomId, linkId })
      case 'reject':
        return actions['link.reject'](anna, { roomId, linkId })
      case 'take':
        return actions['seat.take'](caller, { roomId })
      case 'push':
        return actions['seat.push'](caller, { roomId, seat, epoch })
      case 'beat':
        return actions['seat.beat'](caller, { roomId, seat, epoch, version: 0 })
      case 'go':
        return actions['seat.leave'](caller, { roomId })
      case 'leave':
        return actions.leave(caller, { roomId })
      case 'kick':
        return actions['seat.kick'](anna, { roomId, userId })
      case 'quiet':
        return actions['seat.quiet'](anna, { roomId, seat, mic: true, camera: false })
      case 'device':
        return actions['seat.device'](caller, { roomId, micOff: true, cameraOff: true })
      case 'enter':
        return actions.enter(caller, { roomId, lowLatency: true })
      case 'sync':
        return actions.sync(caller, { roomId, version: 0 })
      case 'lock':
        return actions['seat.lock'](anna, { roomId, seat: s.seat, locked: s.on })
      case 'begin':
      case 'end': {
        const stream = s.old ? [...streams][s.sequence] : doc?.stream
        if (!stream) return undefined
        // A forbidden stream is not let in; a phone that vanishes says nothing of it.
        if (s.do === 'begin' && !world.forbidden.includes(stream)) world.online.add(stream)
        if (s.do === 'end') world.online.delete(stream)
        return world[s.do](stream, `q${s.sequence}`, world.clock.now - s.late * 1000)
      }
      case 'sweep':
        return world.sweep()
      case 'resume':
        return actions.resume(anna, { roomId })
      case 'close':
        return actions.close(anna, { roomId })
      case 'wait':
        world.clock.now += s.ms
        return undefined
      case 'down':
        for (const part of ['forbid', 'notify', 'tell', 'online'] as const) {
          if (s.on) world.down.add(part)
          else world.down.delete(part)
        }
        return undefined
      case 'crash':
        crash.armed = s.after ? 'after' : 'before'
    }
    return undefined
  }
  try {
    await perform()
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Crash)) throw error
  }
}

/** Everything works again, and one sweep goes by: what nobody holds cannot be pushed to. */
async function expectForbidden({ world, roomId, streams, crash }: Stage): Promise<void> {
  crash.armed = null
  world.down.clear()
  world.clock.now += RETRY_MS
  await world.sweep()
  const room = await world.room(roomId)
  const held = heldSeats(room).map(({ doc }) => doc.stream)
  expect(room.state === 'closed' ? [] : room.forbid).toEqual([])
  if (room.kind === 'call') expect(room.state === 'closed').toBe(held.length === 0)
  for (const stream of streams) {
    if (held.includes(stream)) expect(world.forbidden).not.toContain(stream)
    else expect(world.forbidden).toContain(stream)
  }
}

async function expectEmptyStage(world: World, roomId: string): Promise<void> {
  world.online.clear()
  for (let i = 0; i < 2; i++) {
    world.clock.now += Math.max(config.leaseMs, config.viewerLeaseMs, config.linkWaitMs)
    await world.sweep()
  }
  const room = await world.room(roomId)
  expect(room).toMatchObject({ onStage: [], links: {}, linksUsed: 0, fast: {}, fastUsed: 0, stageAt: NEVER })
  expect(heldSeats(room)).toEqual([])
  if (room.kind === 'call') expect(room.state).toBe('closed')
}

it('property, promises 3, 4 and 5: whatever happens on a stage, it stays sound, and one sweep makes up for every crash', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 30 }),
      fc.constantFrom<Kind[]>('live', 'call', 'call of its owner'),
      fc.boolean(),
      async (rounds, kind, closes) => {
        const stage = await openStage(kind)
        const { world, roomId } = stage
        try {
          for (const steps of rounds) {
            await Promise.all(steps.map((s) => apply(stage, s)))
            expectSoundStage(await world.room(roomId), world.clock.now + RETRY_MS)
          }
          await expectForbidden(stage)
          if (closes) {
            await apply(stage, { do: 'close' })
            world.clock.now += 10_000
            await expectForbidden(stage)
          }
          await expectEmptyStage(world, roomId)
          await expectForbidden(stage)
        } finally {
          await world.close()
        }
      },
    ),
    { numRuns: 30, endOnFailure: true },
  )
}, 180_000)
