import { ACT_EVERY_MS } from '../../../cloudfunctions/core/order/sanctions'
import type { Caller } from '../../../cloudfunctions/core/ports'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import { anna, bob, liveRoom, openWorld, person, refusal, type World } from './world'

const carol = person('openid-carol')
const dave = person('openid-dave')

let world: World
let roomId: string
beforeEach(async () => {
  world = await openWorld()
  roomId = (await liveRoom(world)).roomId
})
afterEach(() => world.close())

/** Nobody acts twice in the same moment. */
const later = () => {
  world.clock.now += ACT_EVERY_MS
}
const name = async (who: Caller, on = true) => {
  later()
  return world.actions['order.admin'](anna, { roomId, userId: who.userId, on })
}
const mute = (by: Caller, who: Caller, seconds = 60) => {
  later()
  return world.actions['order.mute'](by, { roomId, userId: who.userId, seconds })
}
const ban = (by: Caller, who: Caller, on = true) => {
  later()
  return world.actions['order.ban'](by, { roomId, userId: who.userId, on })
}
const remove = (by: Caller, who: Caller) => {
  later()
  return world.actions['order.remove'](by, { roomId, userId: who.userId })
}
const muteAll = (by: Caller, on = true) => {
  later()
  return world.actions['order.muteAll'](by, { roomId, on })
}
const enter = (who: Caller) => world.actions.enter(who, { roomId })

describe('M10: who may keep order', () => {
  it('is the anchor, and whom he names; nobody else', async () => {
    await name(bob)
    for (const by of [anna, bob]) {
      await mute(by, dave)
      await ban(by, dave)
      await ban(by, dave, false)
      await remove(by, dave)
      await muteAll(by)
      await muteAll(by, false)
      await world.actions['order.list'](by, { roomId })
    }
    const before = await world.room(roomId)
    for (const act of [mute, ban, remove]) expect((await refusal(act(carol, dave))).code).toBe('forbidden')
    expect((await refusal(muteAll(carol))).code).toBe('forbidden')
    expect((await refusal(world.actions['order.list'](carol, { roomId }))).code).toBe('forbidden')
    expect(await world.room(roomId)).toEqual(before)
  })

  it('is nobody against the anchor, no admin against another, and nobody against himself', async () => {
    await name(bob)
    await name(carol)
    const acts = [mute, ban, remove]
    for (const [by, who] of [
      [bob, anna],
      [bob, carol],
      [bob, bob],
      [anna, anna],
    ] as const) {
      for (const act of acts) expect([by, (await refusal(act(by, who))).code]).toEqual([by, 'forbidden'])
    }
    expect(world.docs('sanctions')).toEqual([])
  })

  it('is the anchor against an admin, who loses his office with a ban', async () => {
    await name(bob)
    expect((await mute(anna, bob)).sanction.mutedForMs).toBe(60_000)
    expect((await world.room(roomId)).admins).toEqual([bob.userId])
    await ban(anna, bob)
    expect((await world.room(roomId)).admins).toEqual([])
    expect((await refusal(mute(bob, dave))).code).toBe('forbidden')
  })

  it('ends with the room, and with the office', async () => {
    await name(bob)
    await name(bob, false)
    expect((await refusal(muteAll(bob))).code).toBe('forbidden')
    await world.actions.close(anna, { roomId })
    for (const act of [
      () => mute(anna, bob),
      () => ban(anna, bob),
      () => remove(anna, bob),
      () => muteAll(anna),
      () => name(bob),
    ]) {
      expect((await refusal(act())).code).toBe('room-closed')
    }
    later()
    const nowhere = { roomId: `r${'0'.repeat(24)}`, on: true }
    expect((await refusal(world.actions['order.muteAll'](bob, nowhere))).code).toBe('not-found')
  })
})

describe('admins', () => {
  it('are named once, shown to everybody, and taken back', async () => {
    const { version } = await world.room(roomId)
    world.notices.length = 0
    await name(bob)
    const again = await name(bob)
    expect(again.room).toMatchObject({ admins: [bob.userId], version: version + 1 })
    await name(bob, false)
    expect((await name(bob, false)).room).toMatchObject({ admins: [], version: version + 2 })
    expect(world.notices.flatMap(({ message }) => (message.type === 'room' ? [message.room.admins] : []))).toEqual([
      [bob.userId],
      [],
    ])
  })

  it('name nobody, and neither does anybody else; the anchor is none', async () => {
    await name(bob)
    for (const by of [bob, carol]) {
      const call = world.actions['order.admin'](by, { roomId, userId: dave.userId, on: true })
      expect((await refusal(call)).code).toBe('forbidden')
    }
    expect((await refusal(name(anna))).code).toBe('forbidden')
  })

  it('are never more than a room may have, however many are named at once', async () => {
    const named = Array.from({ length: LIMITS.adminsMax + 5 }, (_, i) => person(`openid-${i}x`).userId)
    const results = await Promise.all(
      named.map((userId) => world.store.addAdmin(roomId, anna.userId, userId, LIMITS.adminsMax)),
    )
    expect(results.filter(Boolean)).toHaveLength(LIMITS.adminsMax)
    expect((await world.room(roomId)).admins).toHaveLength(LIMITS.adminsMax)
    expect(await refusal(name(dave))).toMatchObject({ code: 'full', details: { what: 'admins' } })
  })

  it('are not banned: that is lifted first', async () => {
    await ban(anna, bob)
    expect((await refusal(name(bob))).code).toBe('banned')
    await ban(anna, bob, false)
    await name(bob)
  })

  it('are not banned even if that happens in the same moment', async () => {
    const { sanction } = world.store
    let reads = 0
    world.store.sanction = async (...of) => {
      // The ban is written between the look and the naming.
      if (reads++ === 0) {
        const before = await sanction(...of)
        await world.store.setBan({ roomId, userId: bob.userId, name: '' }, true)
        return before
      }
      return sanction(...of)
    }
    expect((await refusal(name(bob))).code).toBe('banned')
    expect((await world.room(roomId)).admins).toEqual([])
  })
})

describe('a mute', () => {
  it('holds for its time, is told to the person and the chat service, and can be lifted', async () => {
    await world.actions.profile(bob, { name: 'Bob' })
    const { sanction } = await mute(anna, bob, 90)
    expect(sanction).toEqual({ user: { userId: bob.userId, name: 'Bob' }, banned: false, mutedForMs: 90_000 })
    expect(world.vendors.muted.get(`${roomId} ${bob.userId}`)).toBe(90)
    expect(world.told.at(-1)).toEqual({
      userId: bob.userId,
      message: { type: 'order', roomId, what: 'muted', seconds: 90 },
    })
    expect((await world.actions['order.list'](anna, { roomId })).sanctions).toEqual([sanction])
    expect((await mute(anna, bob, 0)).sanction.mutedForMs).toBe(0)
    expect(world.vendors.muted.get(`${roomId} ${bob.userId}`)).toBe(0)
    expect((await world.actions['order.list'](anna, { roomId })).sanctions).toEqual([])
  })

  it('is over by itself, and then listed no more', async () => {
    await mute(anna, bob, 10)
    await mute(anna, carol, 20)
    world.clock.now += 10_000
    const { sanctions } = await world.actions['order.list'](anna, { roomId })
    expect(sanctions.map(({ user, mutedForMs }) => [user.userId, mutedForMs])).toEqual([[carol.userId, 10_000]])
    expect([(await enter(bob)).mutedForMs, (await enter(carol)).mutedForMs]).toEqual([0, 10_000])
  })

  it('holds though the chat service is down', async () => {
    world.down.add('mute').add('tell')
    await mute(anna, bob)
    expect((await world.store.sanction(roomId, bob.userId))?.mutedUntil).toBe(world.clock.now + 60_000)
  })

  it('of one person, set twenty times at once, is one', async () => {
    const who = { roomId, userId: bob.userId, name: '' }
    await Promise.all(Array.from({ length: 20 }, (_, i) => world.store.setMute(who, 1000 + i)))
    await Promise.all([world.store.setMute(who, 5000), world.store.setBan(who, true)])
    expect(world.docs('sanctions')).toMatchObject([{ banned: true, mutedUntil: 5000 }])
  })

  it('of all is a change that everybody sees, once', async () => {
    const { version } = await world.room(roomId)
    world.notices.length = 0
    expect((await muteAll(anna)).room).toMatchObject({ muteAll: true, version: version + 1 })
    expect((await muteAll(anna)).room).toMatchObject({ muteAll: true, version: version + 1 })
    expect(world.notices).toHaveLength(1)
    expect((await muteAll(anna, false)).room.muteAll).toBe(false)
    // The chat service's own switch would silence the anchor too.
    expect(world.vendors.mutedAll.size).toBe(0)
  })
})

describe('out of the room', () => {
  it('M11: a removed person is out at once, told so, and may come again', async () => {
    await enter(bob)
    expect(await remove(anna, bob)).toEqual({ removed: true })
    expect((await world.room(roomId)).viewers).toBe(0)
    expect(world.told.at(-1)).toEqual({ userId: bob.userId, message: { type: 'order', roomId, what: 'removed' } })
    expect(await remove(anna, bob)).toEqual({ removed: false })
    await enter(bob)
    expect((await world.room(roomId)).viewers).toBe(1)
  })

  it('a banned person is out, silent in the chat, and stays out until the ban is lifted', async () => {
    await enter(bob)
    expect((await ban(anna, bob)).sanction.banned).toBe(true)
    expect((await world.room(roomId)).viewers).toBe(0)
    expect(world.vendors.muted.get(`${roomId} ${bob.userId}`)).toBe(LIMITS.muteMaxS)
    expect(world.told.at(-1)?.message).toEqual({ type: 'order', roomId, what: 'banned' })
    expect((await refusal(world.actions.members(bob, { roomId }))).code).toBe('banned')
    expect((await refusal(world.actions.history(bob, { roomId }))).code).toBe('banned')
    expect((await world.actions['order.list'](anna, { roomId })).sanctions).toMatchObject([{ banned: true }])
    expect((await ban(anna, bob, false)).sanction.banned).toBe(false)
    expect(world.vendors.muted.get(`${roomId} ${bob.userId}`)).toBe(0)
    await world.actions.members(bob, { roomId })
  })

  it.each(['removed', 'banned'] as const)(
    'M11: whoever is %s is off the stage, and out of every queue',
    async (what) => {
      const out = what === 'removed' ? remove : ban
      const { room } = await world.actions.create(carol, { title: 'B', cover: 'jade', requestId: 'low', lowLatency: 2 })
      const { stream } = await world.room(room.roomId)
      await world.begin(stream, 's1')
      roomId = room.roomId
      await world.actions.enter(bob, { roomId, lowLatency: true })
      const { link } = await world.actions['link.request'](bob, { roomId })
      expect(await world.room(roomId)).toMatchObject({ fastUsed: 1, linksUsed: 1 })
      await out(carol, bob)
      expect(await world.room(roomId)).toMatchObject({ fastUsed: 0, linksUsed: 0, viewers: 0 })
      const accept = () => world.actions['link.accept'](carol, { roomId, linkId: link.linkId })
      expect((await refusal(accept())).code).toBe('stale')

      if (what === 'banned') await ban(carol, bob, false)
      world.clock.now += 10_000
      await world.actions.enter(bob, { roomId })
      const again = await world.actions['link.request'](bob, { roomId })
      await world.actions['link.accept'](carol, { roomId, linkId: again.link.linkId })
      const taken = await world.actions['seat.take'](bob, { roomId })
      expect((await world.room(roomId)).onStage).toEqual([bob.userId])
      expect(await out(carol, bob)).toMatchObject(
        what === 'removed' ? { removed: true } : { sanction: { banned: true } },
      )
      expect((await world.room(roomId)).onStage).toEqual([])
      const seatStream = new URL(taken.push.url).pathname.split('/').pop()
      expect(world.forbidden).toContain(seatStream)
    },
  )

  it('whoever is seated while he is sent out does not keep the seat', async () => {
    await enter(bob)
    const { link } = await world.actions['link.request'](bob, { roomId })
    const { room } = world.store
    let looks = 0
    world.store.room = async (id) => {
      const seen = await room(id)
      // The anchor accepts between the look for his places, which is the third at the room, and their clearing.
      if (looks++ === 2) {
        world.store.room = room
        await world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
      }
      return seen
    }
    await remove(anna, bob)
    expect((await world.room(roomId)).onStage).toEqual([])
  })

  it('a mute outlives the ban beside it', async () => {
    await mute(anna, bob, 600)
    await ban(anna, bob)
    const { sanction } = await ban(anna, bob, false)
    expect(sanction.mutedForMs).toBe(599_600)
    expect(world.vendors.muted.get(`${roomId} ${bob.userId}`)).toBeCloseTo(599.6)
  })
})

describe('M24: cheap abuse', () => {
  it('nobody acts faster than a person can', async () => {
    await mute(anna, bob)
    const again = world.actions['order.mute'](anna, { roomId, userId: carol.userId, seconds: 60 })
    expect(await refusal(again)).toEqual({ code: 'rate-limited', details: { retryInMs: ACT_EVERY_MS } })
    expect(await world.store.sanction(roomId, carol.userId)).toBeNull()
  })

  it('nobody changes his name all the time', async () => {
    await world.actions.profile(bob, { name: 'Bob' })
    await world.actions.profile(bob, { name: 'Bob' })
    expect((await refusal(world.actions.profile(bob, { name: 'Rob' }))).code).toBe('rate-limited')
    world.clock.now += 1000
    expect((await world.actions.profile(bob, { name: 'Rob' })).me.name).toBe('Rob')
  })
})

it('M29: a name that others should not read is not taken', async () => {
  world.vendors.badWords.push('awful')
  expect(await refusal(world.actions.profile(bob, { name: 'awful Bob' }))).toEqual({
    code: 'text-refused',
    details: { field: 'name' },
  })
  expect(await world.store.user(bob.userId)).toBeNull()
})

describe('members', () => {
  it('come page by page, each once, with the names that they have chosen', async () => {
    const people = Array.from({ length: 7 }, (_, i) => person(`openid-${i}m`))
    for (const one of people) await enter(one)
    await world.actions.leave(people[0]!, { roomId })
    await world.actions.profile(people[1]!, { name: 'Second' })
    const seen: { userId: string; name: string }[] = []
    let cursor: string | undefined
    do {
      const page = await world.actions.members(bob, { roomId, limit: 2, ...(cursor ? { cursor } : {}) })
      expect(page.members.length).toBeLessThanOrEqual(2)
      seen.push(...page.members)
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen.map(({ userId }) => userId).sort()).toEqual(
      people
        .slice(1)
        .map(({ userId }) => userId)
        .sort(),
    )
    expect(seen.find(({ userId }) => userId === people[1]!.userId)?.name).toBe('Second')
  })

  it('of another room do not show, and neither does a made-up cursor work', async () => {
    const other = await liveRoom(world, carol, 'show-2')
    await world.actions.enter(bob, { roomId: other.roomId })
    expect((await world.actions.members(anna, { roomId })).members).toEqual([])
    for (const cursor of ['', 'x', Buffer.from('r_u{"$gt":""}').toString('base64url')]) {
      expect((await refusal(world.actions.members(anna, { roomId, cursor }))).code).toBe('bad-input')
    }
  })
})

it('nothing of the order of a room outlives it', async () => {
  await mute(anna, bob)
  await world.chat.afterLine({ roomId, userId: carol.userId, name: '', text: 'hello', at: 1, seq: 1, key: '1' })
  await world.actions.close(anna, { roomId })
  world.clock.now += 60_000
  await world.sweep()
  expect([world.docs('sanctions'), world.docs('lines')]).toEqual([[], []])
  await world.chat.afterLine({ roomId, userId: carol.userId, name: '', text: 'late', at: 2, seq: 2, key: '2' })
  expect(world.docs('lines')).toEqual([])
})
