import { RoundTrips } from '../../support/round-trips'
import { anna, bob, liveRoom, openWorld, person, type World } from './world'

let world: World
const trips = new RoundTrips()
beforeEach(async () => {
  world = await openWorld(':memory:', { onRequest: trips.onRequest })
})
afterEach(() => world.close())

const show = (requestId: string) => ({ title: 'A show', cover: 'jade' as const, requestId })
/** So many rounds of the database, one after another, and so many calls in all. */
async function cost(work: () => Promise<unknown>): Promise<{ rounds: number; calls: number }> {
  const { rounds, calls } = await trips.measure(work)
  return { rounds: rounds.length, calls: calls.length }
}
/** As for people who have been here before. */
async function acquainted(...people: (typeof anna)[]) {
  for (const [i, p] of people.entries()) await world.actions.profile(p, { name: `N${i}` })
  world.clock.now += 5_000
}

it('M52: a heartbeat costs one call, whether the room has changed or not', async () => {
  const { roomId } = await liveRoom(world)
  expect(await cost(() => world.actions.beat(anna, { roomId, epoch: 1, version: 2 }))).toEqual({ rounds: 1, calls: 1 })
  expect(await cost(() => world.actions.beat(anna, { roomId, epoch: 1, version: 1 }))).toEqual({ rounds: 1, calls: 1 })
})

it('a page of the list costs one call, of any kind and order', async () => {
  await liveRoom(world)
  for (const input of [{}, { order: 'hottest' }, { kind: 'event', state: 'upcoming' }, { kind: 'call' }] as const) {
    expect(await cost(() => world.actions.list(bob, input))).toEqual({ rounds: 1, calls: 1 })
  }
})

it('a first entry takes three rounds, another one a single round', async () => {
  const { roomId } = await liveRoom(world)
  world.clock.now += 5_000
  expect((await cost(() => world.actions.enter(bob, { roomId }))).rounds).toBeLessThanOrEqual(3)
  expect((await cost(() => world.actions.enter(bob, { roomId }))).rounds).toBe(1)
  expect((await cost(() => world.actions.sync(bob, { roomId, version: 2 }))).rounds).toBe(1)
})

it('an entry after leaving takes three rounds, also when somebody else was just announced', async () => {
  const { roomId } = await liveRoom(world)
  await world.actions.enter(bob, { roomId })
  await world.actions.leave(bob, { roomId })
  expect((await cost(() => world.actions.enter(bob, { roomId }))).rounds).toBeLessThanOrEqual(3)
  expect((await cost(() => world.actions.enter(person('carol'), { roomId }))).rounds).toBeLessThanOrEqual(3)
})

it('opening a room takes three rounds, for a newcomer as for everybody, and a call no more', async () => {
  expect((await cost(() => world.actions.create(person('newcomer'), show('a')))).rounds).toBeLessThanOrEqual(3)
  await acquainted(anna, bob)
  expect((await cost(() => world.actions.create(anna, show('b')))).rounds).toBeLessThanOrEqual(3)
  expect((await cost(() => world.actions.create(bob, { ...show('c'), kind: 'call' }))).rounds).toBeLessThanOrEqual(3)
  expect((await cost(() => world.actions.create(anna, show('b')))).rounds).toBe(1)
})

it('accepting a request takes three rounds', async () => {
  const { roomId } = await liveRoom(world)
  await world.actions.enter(bob, { roomId })
  const { link } = await world.actions['link.request'](bob, { roomId })
  world.clock.now += 5_000
  const { linkId } = link
  expect((await cost(() => world.actions['link.accept'](anna, { roomId, linkId }))).rounds).toBeLessThanOrEqual(3)
})

it('leaving takes three rounds', async () => {
  const { roomId } = await liveRoom(world)
  await world.actions.enter(bob, { roomId })
  world.clock.now += 5_000
  expect((await cost(() => world.actions.leave(bob, { roomId }))).rounds).toBeLessThanOrEqual(3)
})
