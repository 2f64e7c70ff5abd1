import type { Caller } from '../../../cloudfunctions/core/ports'
import { RoundTrips } from '../../support/round-trips'
import { crowd, goOnStage, takeSeat } from './link-people'
import { anna, bob, liveRoom, openWorld, type World } from './world'

let trips: RoundTrips
let world: World
let roomId: string
beforeEach(async () => {
  trips = new RoundTrips()
  world = await openWorld(':memory:', { onRequest: trips.onRequest })
  roomId = (await liveRoom(world)).roomId
})
afterEach(() => world.close())

/** How often the work had to wait for the database. */
const rounds = async (work: () => Promise<unknown>): Promise<number> => (await trips.measure(work)).rounds.length

it('an accept costs two rounds of the database, asking and coming to the seat at most four, leaving three', async () => {
  let linkId = ''
  const request = async () => {
    linkId = (await world.actions['link.request'](bob, { roomId })).link.linkId
  }
  expect(await rounds(request)).toBeLessThanOrEqual(4)
  expect(await rounds(() => world.actions['link.accept'](anna, { roomId, linkId }))).toBe(2)
  expect(await rounds(() => world.actions['seat.take'](bob, { roomId }))).toBeLessThanOrEqual(4)
  // Before his first picture, so that no mix has to follow: that has rounds of its own.
  expect(await rounds(() => world.actions['seat.leave'](bob, { roomId }))).toBeLessThanOrEqual(3)
})

it('a picture that begins costs six, of which the first two are before everybody is told', async () => {
  const { stream } = await takeSeat(world, roomId)
  expect(await rounds(() => world.begin(stream, 'q1'))).toBeLessThanOrEqual(6)
})

it('a beat of somebody on stage costs one', async () => {
  const { seat } = await goOnStage(world, roomId)
  const beat = () => world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version: 0 })
  expect(await rounds(beat)).toBe(1)
})

it('whoever is refused for want of a seat is told so after one look', async () => {
  const people: Caller[] = crowd(3)
  for (const who of people) await goOnStage(world, roomId, who)
  const { link } = await world.actions['link.request'](bob, { roomId })
  const accept = () => world.actions['link.accept'](anna, { roomId, linkId: link.linkId }).catch(() => null)
  expect(await rounds(accept)).toBe(1)
})
