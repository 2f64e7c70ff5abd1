import { openCollections } from '../../../cloudfunctions/adapters/store/collections'
import type { RoomDoc, SeatDoc } from '../../../cloudfunctions/core/documents'
import { heldSeats, NEVER, seatOf } from '../../../cloudfunctions/core/seats'
import { anna, bob, liveRoom, openWorld, person, type World } from './world'

export const carol = person('openid-carol')

/** So many people, none of them Anna or Bob. */
export const crowd = (n: number) => Array.from({ length: n }, (_, i) => person(`openid-guest-${i}`))

/** Before each test a world with Anna's live room, and after it a look at the stage. */
export function eachInLiveRoom(use: (world: World, roomId: string) => void): void {
  let world: World
  let roomId: string
  beforeEach(async () => {
    world = await openWorld()
    roomId = (await liveRoom(world)).roomId
    use(world, roomId)
  })
  afterEach(async () => {
    const room = await world.room(roomId)
    await world.close()
    expectSoundStage(room)
  })
}

/** Names one admin of the room, past the actions of the order. */
export async function makeAdmin(roomId: string, userId: string): Promise<void> {
  const { rooms, change } = openCollections('test')
  await change(rooms, { _id: roomId }, { admins: [userId] })
}

export const ask = (world: World, roomId: string, who = bob) => world.actions['link.request'](who, { roomId })

/** What one person was told. */
export const toldTo = (world: World, { userId }: { userId: string }) =>
  world.told.filter((told) => told.userId === userId).map(({ message }) => message)

/** The seat of a person as stored. */
export async function seatDoc(world: World, roomId: string, { userId } = bob): Promise<SeatDoc | null> {
  return seatOf(await world.room(roomId), userId)?.doc ?? null
}

/** Asks, is accepted by Anna, and comes to the seat. */
export async function takeSeat(world: World, roomId: string, who = bob) {
  const { link } = await ask(world, roomId, who)
  const { seat } = await world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
  const grant = await world.actions['seat.take'](who, { roomId })
  const stream = (await seatDoc(world, roomId, who))?.stream ?? ''
  return { linkId: link.linkId, seat, grant, stream }
}

/** As `takeSeat`, and pushes. */
export async function goOnStage(world: World, roomId: string, who = bob) {
  const taken = await takeSeat(world, roomId, who)
  await world.begin(taken.stream, `q-${who.userId}`)
  world.online.add(taken.stream)
  return taken
}

/** What must hold of every room at every moment. `retryAt`: when the sweeper may look again after it was told nothing. */
export function expectSoundStage(room: RoomDoc, retryAt = 0): void {
  const holders = heldSeats(room).map(({ doc }) => doc.userId)
  expect([...room.onStage].sort()).toEqual([...holders].sort())
  expect(new Set(holders).size).toBe(holders.length)
  expect(room.linksUsed).toBe(Object.keys(room.links).length)
  expect(room.fastUsed).toBe(Object.keys(room.fast).length)
  expect(room.fastUsed).toBeLessThanOrEqual(room.fastMax)
  const streams = heldSeats(room).map(({ doc }) => doc.stream)
  expect(new Set(streams).size).toBe(streams.length)
  for (const stream of streams) expect(room.forbid).not.toContain(stream)
  const dues = [
    ...heldSeats(room).map(({ doc }) => doc.until),
    ...Object.values(room.links).map(({ expiresAt }) => expiresAt),
    ...Object.values(room.fast),
  ]
  if (room.state !== 'closed') expect(room.stageAt).toBeLessThanOrEqual(Math.max(Math.min(...dues, NEVER), retryAt))
}
