import { carol, eachInLiveRoom, goOnStage, makeAdmin, takeSeat, toldTo } from './link-people'
import { anna, bob, person, refusal, type World } from './world'

let world: World
let roomId: string
eachInLiveRoom((opened, id) => {
  world = opened
  roomId = id
})

const seatView = async (seat: number) =>
  (await world.actions.sync(carol, { roomId, version: 0 })).room?.seats.find((each) => each.seat === seat)

describe('seat.kick', () => {
  it('M11, promise 4: frees the seat, and the old URL is dead, also when it is pushed to again', async () => {
    const { stream } = await goOnStage(world, roomId)
    const { room } = await world.actions['seat.kick'](anna, { roomId, userId: bob.userId })
    expect(room.seats[0]).toMatchObject({ user: null, state: 'free' })
    expect(world.forbidden).toEqual([stream])
    expect(toldTo(world, bob).at(-1)).toEqual({ type: 'seat', roomId, what: 'kicked' })
    await world.begin(stream, 'q2')
    expect(world.forbidden).toEqual([stream, stream])
    expect((await world.room(roomId)).onStage).toEqual([])
    const { version } = await world.room(roomId)
    expect((await world.actions['seat.kick'](anna, { roomId, userId: bob.userId })).room.version).toBe(version)
  })

  it('is for the anchor and admins, and never against the anchor', async () => {
    await goOnStage(world, roomId)
    const kick = (who: typeof bob, userId: string) => world.actions['seat.kick'](who, { roomId, userId })
    expect((await refusal(kick(carol, bob.userId))).code).toBe('forbidden')
    expect((await refusal(kick(bob, bob.userId))).code).toBe('forbidden')
    await makeAdmin(roomId, carol.userId)
    expect((await refusal(kick(carol, anna.userId))).code).toBe('forbidden')
    expect((await kick(carol, bob.userId)).room.seats[0]?.user).toBeNull()
  })
})

describe('seat.quiet', () => {
  it('turns off what the holder cannot turn on again, tells him, and ends with his time on the seat', async () => {
    const { seat } = await goOnStage(world, roomId)
    await world.actions['seat.quiet'](anna, { roomId, seat, mic: true, camera: false })
    expect(toldTo(world, bob).at(-1)).toEqual({ type: 'seat', roomId, what: 'quieted' })
    await world.actions['seat.device'](bob, { roomId, micOff: false, cameraOff: true })
    expect(await seatView(seat)).toMatchObject({
      micOff: true,
      cameraOff: true,
      quieted: { mic: true, camera: false },
    })
    await world.actions['seat.quiet'](anna, { roomId, seat, mic: false, camera: false })
    expect(await seatView(seat)).toMatchObject({ micOff: false, quieted: { mic: false } })
    await world.actions['seat.quiet'](anna, { roomId, seat, mic: true, camera: true })
    await world.actions['seat.leave'](bob, { roomId })
    await takeSeat(world, roomId, carol)
    expect(await seatView(seat)).toMatchObject({ micOff: false, cameraOff: false, quieted: { mic: false } })
  })

  it('is refused to others and for seats that are not there; on a free seat nothing happens', async () => {
    const quiet = (who: typeof bob, seat: number) =>
      world.actions['seat.quiet'](who, { roomId, seat, mic: true, camera: true })
    const { version } = await world.room(roomId)
    expect((await quiet(anna, 1)).room.version).toBe(version)
    expect((await refusal(quiet(bob, 1))).code).toBe('forbidden')
    expect((await refusal(quiet(anna, 4))).code).toBe('bad-input')
  })
})

describe('seat.lock', () => {
  it('closes a seat to newcomers, once; its holder may stay', async () => {
    const lock = (seat: number, locked: boolean) => world.actions['seat.lock'](anna, { roomId, seat, locked })
    const { version } = await world.room(roomId)
    await Promise.all([lock(1, true), lock(1, true)])
    expect(await seatView(1)).toMatchObject({ locked: true, state: 'free' })
    expect((await world.room(roomId)).version).toBe(version + 1)
    const { seat } = await goOnStage(world, roomId)
    expect(seat).toBe(2)
    await lock(2, true)
    expect(await seatView(2)).toMatchObject({ locked: true, state: 'on' })
    await world.actions['seat.leave'](bob, { roomId })
    expect((await takeSeat(world, roomId, carol)).seat).toBe(3)
    await lock(1, false)
    expect((await takeSeat(world, roomId, person('openid-dave'))).seat).toBe(1)
    expect((await refusal(world.actions['seat.lock'](bob, { roomId, seat: 1, locked: true }))).code).toBe('forbidden')
    expect((await refusal(lock(8, true))).code).toBe('bad-input')
  })
})
