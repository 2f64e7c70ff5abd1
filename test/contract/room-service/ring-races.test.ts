import type { Caller } from '../../../cloudfunctions/core/ports'
import { Refusal } from '../../../cloudfunctions/core/refusal'
import fc from '../../support/property'
import { type Crash, dying } from './crashes'
import { desk, ringCalls } from './ring-people'
import { openWorld, person, type World } from './world'

let world: World
const { callUp, accept, refuse, cancel, status, ready, rings, consistent } = ringCalls(() => world)

const customers = [0, 1, 2].map((i) => person(`openid-customer-${i}`))
const agents = [0, 1].map((i) => person(`openid-agent-${i}`))
const [first, , third] = customers as [Caller, Caller, Caller]
const [one] = agents as [Caller]

describe('at once', () => {
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it('many customers and two agents: each agent rings for one, and nobody for two', async () => {
    await Promise.all(agents.map((who) => ready(who)))
    await Promise.all(customers.map((who) => callUp(desk, who)))
    await Promise.all([...customers.map((who) => status(who)), ...agents.map((who) => ready(who))])
    const { open } = consistent()
    expect(open.filter(({ state }) => state === 'ringing')).toHaveLength(2)
  })

  it('yes, no, giving up, leaving and the sweeper: one of them counts', async () => {
    for (let round = 0; round < 8; round++) {
      await ready(one)
      const { ringId, roomId } = await callUp(desk, first, `call-${round}`)
      const all = [
        () => accept(ringId, one),
        () => cancel(ringId, first),
        () => refuse(ringId, one),
        () => world.sweep(),
        () => world.actions.leave(first, { roomId }),
      ]
      const results = await Promise.allSettled(
        [...all.slice(round % 4), ...all.slice(0, round % 4)].map((run) => run()),
      )
      for (const each of results) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(Refusal)
      consistent()
      await world.actions.leave(first, { roomId })
      await world.actions.leave(one, { roomId })
      world.clock.now += 60_000
      await world.sweep()
    }
    expect(rings().every(({ endedAt }) => endedAt > 0)).toBe(true)
  })
})

it('property: in any order, wherever functions die, everything that rings comes to an end, and phones are free', async () => {
  const crash: fc.Arbitrary<Crash | null> = fc.option(
    fc.record({ at: fc.nat(16), when: fc.constantFrom('before' as const, 'after' as const) }),
  )
  const step = fc.record({
    do: fc.constantFrom(
      'call',
      'call',
      'ring',
      'status',
      'ready',
      'ready',
      'off',
      'accept',
      'accept',
      'refuse',
      'cancel',
      'leave',
      'sweep',
    ),
    who: fc.nat(2),
    crash,
    wait: fc.constantFrom(0, 1000, 5000, 31_000),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 14 }), async (rounds) => {
      world = await openWorld()
      try {
        let n = 0
        for (const steps of rounds) {
          const works = steps.map(({ do: what, who }) => async () => {
            const customer = customers[who] as Caller
            const agent = agents[who % 2] as Caller
            const open = rings().filter(({ endedAt }) => endedAt === 0)
            const his = open.find(({ callerId }) => callerId === customer.userId)
            const ringId = (what === 'cancel' ? his : open[who % Math.max(open.length, 1)])?._id ?? `g${'0'.repeat(24)}`
            const run: Record<typeof what, () => Promise<unknown>> = {
              call: () => callUp(desk, customer, `call-${++n}`),
              ring: () => callUp({ userId: one.userId }, customer, `call-${++n}`),
              status: () => status(customer),
              ready: () => ready(agent),
              off: () => ready(agent, false),
              accept: () => accept(ringId, agent),
              refuse: () => refuse(ringId, agent),
              cancel: () => cancel(ringId, customer),
              leave: () =>
                world.actions.leave(who === 2 ? agent : customer, { roomId: his?.roomId ?? `r${'0'.repeat(24)}` }),
              sweep: () => world.sweep(),
            }
            await run[what]().catch((error: unknown) => {
              if (!(error instanceof Refusal) && steps[0]?.crash === null) throw error
            })
          })
          const together = () => Promise.all(works.map((work) => work()))
          const crashing = steps[0]?.crash
          if (crashing) await dying(world, crashing, together)
          else await together()
          consistent()
          world.clock.now += steps[0]?.wait ?? 0
        }
        // Nobody is there any more.
        for (let i = 0; i < 3; i++) {
          world.clock.now += 31_000
          await world.sweep()
        }
        const { open, phones } = consistent()
        expect(open).toEqual([])
        for (const { ringUntil } of phones) expect(ringUntil).toBeLessThanOrEqual(world.clock.now)
        // And whoever comes is served: no phone is stuck.
        for (const who of agents) await ready(who)
        expect(await callUp(desk, third, 'last')).toMatchObject({ state: 'ringing' })
      } finally {
        await world.close()
      }
    }),
    { numRuns: 40 },
  )
}, 240_000)
