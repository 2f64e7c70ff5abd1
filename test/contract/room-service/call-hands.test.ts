import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { NEVER, seatOf } from '../../../cloudfunctions/core/seats'
import { openCall, speak } from './call-people'
import { expectSoundStage, goOnStage, makeAdmin } from './link-people'
import { anna, bob, liveRoom, openWorld, person, refusal, type World } from './world'

const carol = person('openid-carol')

let world: World
let roomId: string
beforeEach(async () => {
  world = await openWorld()
  roomId = (await openCall(world)).roomId
  await speak(world, bob, roomId)
  await speak(world, carol, roomId)
})
afterEach(async () => {
  const rooms = world.docs('rooms') as RoomDoc[]
  await world.close()
  for (const room of rooms) expectSoundStage(room)
})

const say = (who: typeof bob, what: { hand?: boolean; away?: boolean }) =>
  world.actions['seat.device'](who, { roomId, micOff: false, cameraOff: false, ...what })
const lower = (who: typeof bob, { userId } = bob) => world.actions['seat.hand'](who, { roomId, userId })
const seatOfBob = async () => {
  const seat = seatOf(await world.room(roomId), bob.userId)
  if (!seat) throw new Error('Bob has no seat')
  return seat
}
/** Bob's seat as everybody sees it. */
const seen = async () => (await world.actions.sync(carol, { roomId, version: 0 })).room?.seats[1]
const before = { handAt: null, away: false }

describe('a raised hand', () => {
  it('is shown to everybody with its time, so that who was first is first', async () => {
    expect(await seen()).toMatchObject(before)
    const first = world.clock.now
    await say(bob, { hand: true })
    world.clock.now += 5
    const { room } = await say(carol, { hand: true })
    expect(room.seats.map(({ handAt }) => handAt)).toEqual([null, first, first + 5, null, null, null])
    expect(world.notices.at(-1)).toMatchObject({ message: { type: 'room', room: { version: room.version } } })
  })

  it('that is raised again keeps its place, and is told once', async () => {
    const { room } = await say(bob, { hand: true })
    world.clock.now += 1000
    expect((await say(bob, { hand: true })).room.version).toBe(room.version)
    expect(await seen()).toMatchObject({ handAt: world.clock.now - 1000 })
    // Two calls that saw it down: the earlier time stands, whichever is written last.
    const down = await seatOfBob()
    await world.store.setDevice(roomId, down, { handAt: world.clock.now })
    expect(await seen()).toMatchObject({ handAt: world.clock.now - 1000 })
  })

  it('goes down by its holder, and stays as it is when he only speaks of his microphone', async () => {
    await say(bob, { hand: true })
    await world.actions['seat.device'](bob, { roomId, micOff: true, cameraOff: false })
    expect(await seen()).toMatchObject({ handAt: world.clock.now, micOff: true })
    await say(bob, { hand: false })
    expect(await seen()).toMatchObject({ ...before, micOff: false })
  })

  it('is lowered by the owner or an admin, and by nobody else', async () => {
    await say(bob, { hand: true })
    expect((await refusal(lower(carol))).code).toBe('forbidden')
    expect((await refusal(lower(bob))).code).toBe('forbidden')
    const { room } = await lower(anna)
    expect(room.seats[1]).toMatchObject(before)
    expect((await lower(anna)).room.version).toBe(room.version)
    expect((await lower(anna, person('openid-nobody'))).room.version).toBe(room.version)
    await say(bob, { hand: true })
    await makeAdmin(roomId, carol.userId)
    expect((await lower(carol)).room.seats[1]).toMatchObject(before)
  })

  it("that is lowered while its holder leaves is nobody else's", async () => {
    await say(bob, { hand: true })
    const left = await seatOfBob()
    await world.actions['seat.leave'](bob, { roomId })
    const dave = person('openid-dave')
    await speak(world, dave, roomId)
    await say(dave, { hand: true })
    expect(await world.store.lowerHand(roomId, left)).toBeNull()
    expect(await world.store.setDevice(roomId, left, { handAt: NEVER, away: true })).toBeNull()
    await lower(anna)
    expect(await seen()).toMatchObject({ user: { userId: dave.userId }, handAt: world.clock.now, away: false })
  })

  it('is up or down, whoever raises and lowers it at once', async () => {
    for (let round = 0; round < 5; round++) {
      await Promise.all([say(bob, { hand: true }), lower(anna), say(bob, { hand: true, away: true }), lower(anna)])
      expect([null, world.clock.now]).toContain((await seen())?.handAt)
      await lower(anna)
      expect(await seen()).toMatchObject({ handAt: null, away: true })
      await say(bob, { away: false })
    }
  })
})

describe('hold', () => {
  it('is shown to everybody, beside what the holder and the owner have turned off', async () => {
    await world.actions['seat.quiet'](anna, { roomId, seat: 2, mic: true, camera: false })
    await say(bob, { away: true })
    expect(await seen()).toMatchObject({ away: true, micOff: true, cameraOff: false, quieted: { mic: true } })
    await say(bob, { away: false })
    expect(await seen()).toMatchObject({ away: false, micOff: true })
  })
})

describe('hand and hold end', () => {
  beforeEach(() => say(bob, { hand: true, away: true }))

  it('on another device', async () => {
    await world.actions.enter(bob, { roomId })
    expect(await seen()).toMatchObject({ epoch: 2, ...before })
  })

  it.each([
    ['when he leaves', () => world.actions['seat.leave'](bob, { roomId })],
    ['when he is sent off', () => world.actions['seat.kick'](anna, { roomId, userId: bob.userId })],
  ])('%s, and whoever sits there next has neither', async (_how, go) => {
    await go()
    expect(await seen()).toMatchObject({ user: null, ...before })
    await speak(world, person('openid-dave'), roomId)
    expect(await seen()).toMatchObject(before)
  })

  it('not with a push that breaks off and comes back', async () => {
    const { doc } = await seatOfBob()
    await world.end(doc.stream, doc.sequence)
    expect(await seen()).toMatchObject({ state: 'held', handAt: world.clock.now, away: true })
  })
})

it('in a live room a hand and a hold are refused, and to say of neither is not', async () => {
  await world.actions.close(anna, { roomId })
  world.clock.now += 1000
  const live = (await liveRoom(world)).roomId
  const { seat } = await goOnStage(world, live)
  const tell = (what: object) =>
    world.actions['seat.device'](bob, { roomId: live, micOff: true, cameraOff: false, ...what })
  expect((await refusal(tell({ hand: true }))).code).toBe('forbidden')
  expect((await refusal(tell({ away: true }))).code).toBe('forbidden')
  expect((await tell({ hand: false, away: false })).room.seats[seat - 1]).toMatchObject({ micOff: true, ...before })
})
