import type { Caller } from '../../../cloudfunctions/core/ports'
import { Refusal } from '../../../cloudfunctions/core/refusal'
import fc from '../../support/property'
import { LINK_WAIT_MS } from '../../support/room-config'
import { type Crash, dying } from './crashes'
import { carol, pkCalls, show } from './pk-shows'
import { anna, bob, openWorld, person, type World } from './world'

let world: World
let a: string
let b: string
beforeEach(async () => {
  world = await openWorld()
  a = await show(world, anna)
  b = await show(world, bob)
})
afterEach(() => world.close())

const { invite, accept, refuse, end, like, pass, rooms, free, consistent } = pkCalls(() => world)
const question = async () => (await invite(a, b)).room.pk?.pkId ?? ''

describe('at once', () => {
  it('both may ask each other: one question comes of it', async () => {
    for (let round = 0; round < 5; round++) {
      const asked = await Promise.allSettled([invite(a, b), invite(b, a, bob)])
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      consistent()
      pass(LINK_WAIT_MS)
      await world.sweep()
      await free(a, b)
    }
  })

  it('many may ask one: one question comes of it, and nobody is held by the others', async () => {
    const others = Array.from({ length: 6 }, (_, i) => person(`openid-rival-${i}`))
    const from = await Promise.all(others.map(async (who) => ({ who, roomId: await show(world, who) })))
    const asked = await Promise.allSettled(from.map(({ who, roomId }) => invite(roomId, b, who)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(rooms().filter(({ pk }) => pk !== null)).toHaveLength(2)
    consistent()
  })

  it('a question may time out while a slow function still asks: its place is given back', async () => {
    const claim = world.store.claimPk
    let claims = 0
    world.store.claimPk = async (...args) => {
      if (++claims === 2) {
        pass(LINK_WAIT_MS)
        await world.sweep()
        await world.sweep()
      }
      return claim(...args)
    }
    await invite(a, b).catch(() => undefined)
    expect(rooms().filter(({ pk }) => pk !== null)).toHaveLength(1)
    pass(60_000)
    for (const { stream } of rooms()) world.online.add(stream)
    await world.sweep()
    await free(a, b)
  })

  it('accept, refuse, cancel, end, close and the sweeper may come: both rooms agree', async () => {
    for (let round = 0; round < 8; round++) {
      const pkId = await question()
      if (round % 2 === 1) pass(LINK_WAIT_MS - 1)
      const all = [
        () => accept(b, pkId),
        () => accept(b, pkId),
        () => refuse(b, pkId),
        () => refuse(a, pkId, anna),
        () => end(a, pkId, anna),
        () => world.sweep(),
      ]
      await Promise.allSettled(all.slice(round % 5).map((run) => run()))
      consistent()
      await end(a, pkId, anna)
      await free(a, b)
      pass()
    }
    const pkId = await question()
    await Promise.allSettled([accept(b, pkId), world.actions.close(anna, { roomId: a })])
    await world.sweep()
    await free(a, b)
  })
})

it('property: in any order, wherever functions die, the sweeper makes both sides agree', async () => {
  const people = [anna, bob, carol]
  const crash: fc.Arbitrary<Crash | null> = fc.option(
    fc.record({ at: fc.nat(14), when: fc.constantFrom('before' as const, 'after' as const) }),
  )
  const step = fc.record({
    do: fc.constantFrom('invite', 'accept', 'accept', 'refuse', 'end', 'like', 'close', 'interrupt', 'begin', 'sweep'),
    who: fc.nat(2),
    whom: fc.nat(2),
    crash,
    wait: fc.constantFrom(0, 3000, 3000, 61_000),
  })
  const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 2 }), { maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(rounds, async (all) => {
      const outer = world
      world = await openWorld()
      try {
        const ids = await Promise.all(people.map((who) => show(world, who)))
        for (const steps of all) {
          const works = steps.map(({ do: what, who, whom }) => async () => {
            const [caller, roomId] = [people[who] as Caller, ids[who] as string]
            const room = await world.room(roomId)
            const pkId = room.pk?.pkId ?? `p${'0'.repeat(24)}`
            const run: Record<typeof what, () => Promise<unknown>> = {
              invite: () => invite(roomId, ids[whom] as string, caller),
              accept: () => accept(roomId, pkId, caller),
              refuse: () => refuse(roomId, pkId, caller),
              end: () => end(roomId, pkId, caller),
              like: () => like(roomId, 3),
              close: () => (who === 2 ? world.actions.close(caller, { roomId }) : Promise.resolve()),
              interrupt: () => world.end(room.stream, room.sequence),
              begin: () => world.begin(room.stream, `s${world.clock.now}`),
              sweep: () => world.sweep(),
            }
            await run[what]().catch((error: unknown) => {
              if (!(error instanceof Refusal) && steps[0]?.crash === null) throw error
            })
          })
          const together = () => Promise.all(works.map((work) => work()))
          const [first] = steps
          if (first?.crash) await dying(world, first.crash, together)
          else await together()
          world.clock.now += first?.wait ?? 0
          // Whoever pushes is seen to push.
          world.online.clear()
          for (const room of rooms()) if (room.state === 'live') world.online.add(room.stream)
        }
        pass(1000)
        await world.sweep()
        pass(1000)
        await world.sweep()
        consistent()
      } finally {
        await world.close()
        world = outer
      }
    }),
    { numRuns: 40 },
  )
}, 240_000)
