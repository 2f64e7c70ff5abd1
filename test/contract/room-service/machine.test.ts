import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { Refusal } from '../../../cloudfunctions/core/refusal'
import fc from '../../support/property'
import { anna, bob, openWorld, type World } from './world'

/** Everything that can happen to a room, in any order, as often as it likes. */
type Step =
  | { do: 'begin' | 'end'; sequence: number; late: number }
  | { do: 'beat' | 'resume' | 'close' | 'sweep' | 'enter' | 'leave' | 'like' }
  | { do: 'wait'; ms: number }
  | { do: 'online' | 'down'; on: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('begin' as const, 'end' as const),
      sequence: fc.nat(3),
      late: fc.nat(5),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('beat' as const, 'sweep' as const, 'enter' as const, 'leave' as const, 'like' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('resume' as const, 'close' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 200_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('online' as const, 'down' as const), on: fc.boolean() }) },
)

async function apply(world: World, roomId: string, stream: string, s: Step): Promise<void> {
  const room = await world.room(roomId)
  const ignoreRefusal = (call: Promise<unknown>) =>
    call.catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
    })
  switch (s.do) {
    case 'begin':
      return world.begin(stream, `q${s.sequence}`, world.clock.now - s.late * 1000)
    case 'end':
      return world.end(stream, `q${s.sequence}`, world.clock.now - s.late * 1000)
    case 'beat':
      return void (await ignoreRefusal(world.actions.beat(anna, { roomId, epoch: room.epoch, version: 0 })))
    case 'resume':
      return void (await ignoreRefusal(world.actions.resume(anna, { roomId })))
    case 'close':
      return void (await world.actions.close(anna, { roomId }))
    case 'sweep':
      return void (await world.sweep())
    case 'enter':
      return void (await ignoreRefusal(world.actions.enter(bob, { roomId })))
    case 'leave':
      return void (await world.actions.leave(bob, { roomId }))
    case 'like':
      return void (await ignoreRefusal(world.actions.like(bob, { roomId, count: 2 })))
    case 'wait':
      world.clock.now += s.ms
      return
    case 'online':
      if (s.on) world.online.add(stream)
      else world.online.delete(stream)
      return
    case 'down':
      if (s.on) world.down.add('online').add('forbid').add('notify')
      else world.down.clear()
  }
}

const ALLOWED: Record<RoomDoc['state'], RoomDoc['state'][]> = {
  idle: ['idle', 'live', 'closed', 'interrupted'],
  live: ['live', 'interrupted', 'closed'],
  interrupted: ['interrupted', 'live', 'closed'],
  closed: ['closed'],
}

function checkInvariants(before: RoomDoc, after: RoomDoc): void {
  expect(ALLOWED[before.state]).toContain(after.state)
  expect(after.version).toBeGreaterThanOrEqual(before.version)
  expect(after.epoch).toBeGreaterThanOrEqual(before.epoch)
  if (after.state !== before.state || after.epoch !== before.epoch)
    expect(after.version).toBeGreaterThan(before.version)
  if (before.startedAt !== undefined) expect(after.startedAt).toBe(before.startedAt)
  expect(after.listed).toBe(after.startedAt !== undefined && after.state !== 'closed')
  expect(after.closesAt > 0).toBe(after.state === 'idle' || after.state === 'interrupted')
  expect(after.reason === null).toBe(after.state === 'idle' || after.state === 'live')
  expect(after.viewers).toBeGreaterThanOrEqual(0)
  expect(after.headroom).toBe(after.peakViewers - after.viewers)
  expect(after.peakViewers).toBeGreaterThanOrEqual(before.peakViewers)
  expect(after.headroom).toBeGreaterThanOrEqual(0)
  expect(after.likes).toBeGreaterThanOrEqual(before.likes)
}

it('property: no order, repetition or concurrency of events breaks a room, and every room ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 25 }), async (rounds) => {
      const world = await openWorld()
      try {
        const { room } = await world.actions.create(anna, { title: 'A', cover: 'jade', requestId: 'r' })
        const { roomId } = room
        let before = await world.room(roomId)
        for (const steps of rounds) {
          await Promise.all(steps.map((s) => apply(world, roomId, before.stream, s)))
          const after = await world.room(roomId)
          if (steps.length === 1) checkInvariants(before, after)
          else expect(after.version).toBeGreaterThanOrEqual(before.version)
          before = after
        }
        // The owner vanishes and nothing is pushed: three sweeps later it is over, one more and it is forbidden.
        world.down.clear()
        world.online.clear()
        for (let i = 0; i < 4; i++) {
          world.clock.now += 400_000
          await world.sweep()
        }
        const last = await world.room(roomId)
        expect(last.state).toBe('closed')
        expect(world.forbidden).toContain(last.stream)
        expect(world.groups.size).toBe(0)
        expect((await world.actions.list(bob, {})).rooms).toEqual([])
      } finally {
        await world.close()
      }
    }),
    { numRuns: 40, endOnFailure: true },
  )
}, 60_000)
