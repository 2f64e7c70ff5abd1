import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { trtcUserOf } from '../../../cloudfunctions/core/ids'
import { TRTC_USER } from '../../../miniprogram/protocol/link'
import { GRACE_MS, LEASE_MS } from '../../support/room-config'
import { openCall } from './call-people'
import { expectSoundStage, goOnStage, seatDoc } from './link-people'
import { anna, bob, liveRoom, openWorld, refusal, type World } from './world'

const media = { kind: 'trtc', sdkAppId: 1_400_000_001, secretKey: 'a-secret', ttlS: 86_400 } as const

let world: World
let roomId: string
beforeEach(async () => {
  world = await openWorld(':memory:', { config: { media } })
  roomId = (await openCall(world)).roomId
})
afterEach(async () => {
  const rooms = world.docs('rooms') as RoomDoc[]
  await world.close()
  for (const room of rooms) expectSoundStage(room)
})

const enter = (who = bob) => world.actions.enter(who, { roomId })
const userOf = async (who = bob) => trtcUserOf((await seatDoc(world, roomId, who))?.stream ?? '')
const tell = (type: 'begin' | 'end', userId: string, eventAt = world.clock.now) =>
  world.mediaEvent({ type, roomId, userId, eventAt })
const beat = (who = bob, more: object = {}) =>
  world.actions['seat.beat'](who, { roomId, seat: 2, epoch: 1, version: 0, ...more })
const state = async () => (await seatDoc(world, roomId))?.state
const later = (ms = 1000) => {
  world.clock.now += ms
}

describe('a call by TRTC', () => {
  it('gives each seat a way into one room, for this epoch of this seat, and no addresses of the others', async () => {
    const { seat, room } = await enter()
    expect(seat).toMatchObject({
      play: [],
      media: { kind: 'trtc', sdkAppId: media.sdkAppId, strRoomId: roomId, userId: await userOf() },
    })
    expect(seat?.push.url).toMatch(new RegExp(`^room://cloud\\.tencent\\.com/rtc\\?.*strroomid=${roomId}&`))
    expect(TRTC_USER.exec(await userOf())?.slice(1)).toEqual(['2', '1'])
    // Nobody else is told how.
    expect(JSON.stringify([room, world.notices, world.told])).not.toContain(await userOf())
    const beaten = await world.actions['seat.beat'](anna, { roomId, seat: 1, epoch: 1, version: 0 })
    expect(beaten.play).toEqual([])
  })

  it('is not recorded, and says so before it is opened', async () => {
    await world.actions.close(anna, { roomId })
    later()
    expect((await refusal(openCall(world, { record: true }, 'call-2'))).code).toBe('forbidden')
    await openCall(world, {}, 'call-2')
  })

  it('leaves link-mic where its anchor is', async () => {
    await world.actions.close(anna, { roomId })
    later()
    const live = (await liveRoom(world)).roomId
    const { grant } = await goOnStage(world, live)
    expect(grant).toMatchObject({ media: { kind: 'rtmp' }, play: [{ seat: 0 }] })
    expect(grant.push.url).toMatch(/^rtmp:/)
  })
})

describe('who is there', () => {
  it('is told by TRTC, whichever of its events comes first, and how often', async () => {
    await enter()
    for (let i = 0; i < 3; i++) await tell('begin', await userOf())
    expect(await state()).toBe('on')
    const { message } = world.notices.at(-1) ?? {}
    expect(message?.type === 'room' && message.room.seats[1]).toMatchObject({ state: 'on' })
    later()
    await tell('end', await userOf())
    expect(await state()).toBe('held')
    later(GRACE_MS)
    await world.sweep()
    expect(await state()).toBeUndefined()
  })

  it('is told in any order: the latest time stands', async () => {
    await enter()
    const me = await userOf()
    const at = world.clock.now
    await tell('begin', me, at)
    await tell('begin', me, at + 2000)
    await tell('end', me, at + 1000)
    expect(await state()).toBe('on')
    await tell('end', me, at + 3000)
    await tell('begin', me, at + 2000)
    expect(await state()).toBe('held')
    await tell('begin', me, at + 4000)
    await tell('end', me, at + 3000)
    expect(await state()).toBe('on')
  })

  it('is told by his phone where TRTC does not', async () => {
    await enter()
    await beat()
    expect(await state()).toBe('held')
    const { room } = await beat(bob, { pushing: true })
    expect(room?.seats[1]?.state).toBe('on')
    await Promise.all(Array.from({ length: 5 }, () => beat(bob, { pushing: true })))
    expect((await seatDoc(world, roomId))?.until).toBe(world.clock.now + LEASE_MS)
  })

  it('a word of the phone counts for nothing where the streaming cloud tells', async () => {
    const plain = await openWorld()
    const call = await openCall(plain)
    await plain.actions.enter(bob, { roomId: call.roomId })
    const said = { roomId: call.roomId, seat: 2, epoch: 1, version: 0, pushing: true }
    await plain.actions['seat.beat'](bob, said)
    expect((await seatDoc(plain, call.roomId))?.state).toBe('held')
    await plain.close()
  })

  it('is not asked of the streaming cloud, which knows of nobody: a seat lives by beats', async () => {
    await enter()
    await tell('begin', await userOf())
    for (let i = 0; i < 6; i++) {
      later(60_000)
      await beat()
      await world.sweep()
    }
    expect(await state()).toBe('on')
    world.down.add('online')
    later(LEASE_MS)
    await world.sweep()
    expect(await state()).toBeUndefined()
    expect(world.forbidden.length).toBeGreaterThan(0)
  })
})

describe('who has no seat', () => {
  it('M11: is forbidden with his stream when he is sent off, and sent out when he comes again', async () => {
    await enter()
    const me = await userOf()
    const stream = (await seatDoc(world, roomId))?.stream
    await tell('begin', me)
    await world.actions['seat.kick'](anna, { roomId, userId: bob.userId })
    expect(world.forbidden).toEqual([stream])
    await tell('begin', me)
    expect(world.vendors.sentOut).toEqual([`${roomId} ${me}`])
  })

  it('on another device is somebody else: the first one is sent out, the second stays', async () => {
    await enter()
    const first = await userOf()
    await tell('begin', first)
    await enter()
    const second = await userOf()
    expect(second).not.toBe(first)
    await tell('begin', second)
    await tell('end', first)
    expect(await state()).toBe('on')
    await tell('begin', first)
    expect(world.vendors.sentOut).toEqual([`${roomId} ${first}`])
  })

  it('is sent out of a call that is over, and left alone where we know nothing of him', async () => {
    await enter()
    const me = await userOf()
    await world.actions.close(anna, { roomId })
    await tell('begin', me)
    expect(world.vendors.sentOut).toEqual([`${roomId} ${me}`])
    await tell('begin', 'recorder')
    await world.mediaEvent({ type: 'begin', roomId: `r${'0'.repeat(24)}`, userId: me, eventAt: 1 })
    await tell('end', me)
    expect(world.vendors.sentOut).toHaveLength(1)
  })

  it('a TRTC that does not answer fails nothing', async () => {
    world.down.add('forbidUser')
    await tell('begin', 't2e1_0000000000000000')
    expect(world.log.join()).toContain('could not be sent out')
  })
})
