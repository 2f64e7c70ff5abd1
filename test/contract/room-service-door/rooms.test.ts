import { publicUserId } from '../../../cloudfunctions/core/ids'
import { config } from '../../support/room-config'
import { RoundTrips } from '../../support/round-trips'
import { LEASE_MS, liveRoom, person } from '../room-service/world'
import { type Desk, kindOf, openDesk, streamOf } from './desk'

jest.setTimeout(60_000)

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

const say = (roomID: string, pushURL: string) => ({ roomID, pushURL, userName: 'N', userAvatar: '', roomInfo: '' })
const idOf = (account: string) => publicUserId(config.userIdSecret, `rs:${account}`)
const listed = async (type: 'live_room' | 'double_room' | 'multi_room', cnt = 50, index = 0) =>
  (await desk.list(await desk.as('reader'), type, { cnt, index })).rooms.map(({ roomID }) => roomID)

describe('push URLs', () => {
  test('M6, M9, M60: minted for the caller and one room, of 128 random bits, for hours', async () => {
    const { pushURL, roomID } = await desk.opening.getPushUrl(await desk.as('anchor'), 'live_room', '')
    const room = await desk.world.room(roomID)
    expect(room).toMatchObject({ anchorId: idOf('anchor'), legacy: true, stream: streamOf(pushURL) })
    expect(streamOf(pushURL)).toMatch(/_[0-9a-f]{32}$/)
    const txTime = Number.parseInt(new URL(pushURL).searchParams.get('txTime') ?? '', 16)
    expect(txTime * 1000 - desk.world.clock.now).toBeLessThanOrEqual(24 * 3600_000)
  })

  test('asking again names the same room and stream, until the show is over', async () => {
    const anchor = () => desk.as('anchor')
    const first = await desk.opening.getPushUrl(await anchor(), 'live_room', '')
    desk.wait()
    const again = await desk.opening.getPushUrl(await anchor(), 'live_room', '')
    expect([again.roomID, streamOf(again.pushURL)]).toEqual([first.roomID, streamOf(first.pushURL)])
    await desk.pushers.destroyRoom(await anchor(), first.roomID)
    desk.wait()
    expect((await desk.opening.getPushUrl(await anchor(), 'live_room', '')).roomID).not.toBe(first.roomID)
  })

  test('a show that is on goes on after a restart of the terminal, also under another title', async () => {
    const { roomID } = await desk.show('anchor', 'Morning')
    desk.wait()
    await desk.opening.getPushUrl(await desk.as('anchor'), 'live_room', '')
    expect(await desk.opening.createRoom(await desk.as('anchor'), 'live_room', 'Evening')).toEqual({ roomID })
    expect(await desk.world.room(roomID)).toMatchObject({ title: 'Evening', state: 'live' })
  })

  test('who looks at another show while his own is on still pushes to his own; once his is off, to the seat he asks for', async () => {
    const { roomID, pushURL } = await desk.show('anchor')
    const { roomID: other } = await desk.show('other')
    await desk.pushers.inRoom(await desk.as('anchor'), 'live_room', other)
    desk.wait()
    expect((await desk.opening.getPushUrl(await desk.as('anchor'), 'live_room', '')).roomID).toBe(roomID)
    await desk.world.end(streamOf(pushURL), `seq-${streamOf(pushURL)}`)
    desk.wait()
    expect((await desk.opening.getPushUrl(await desk.as('anchor'), 'live_room', '')).roomID).toBe(other)
  })

  test('a terminal for two finds no call of four, and one for calls no live room', async () => {
    const { roomID: four } = await desk.conversation('four', 'multi_room')
    const { roomID: live } = await desk.show('anchor')
    for (const roomID of [four, live]) {
      expect(await kindOf(desk.opening.getPushUrl(await desk.as('two'), 'double_room', roomID))).toBe('no-such-room')
      expect(await kindOf(desk.pushers.inRoom(await desk.as('two'), 'double_room', roomID))).toBe('no-such-room')
    }
  })

  test('a call that has begun is over when its creator opens another one', async () => {
    const { roomID } = await desk.conversation('anna', 'double_room')
    desk.wait()
    const next = await desk.opening.createRoom(await desk.as('anna'), 'double_room', 'With somebody else')
    expect(next.roomID).not.toBe(roomID)
    expect((await desk.world.room(roomID)).state).toBe('closed')
  })

  test("in a mini program's room the anchor is asked, and his word seats", async () => {
    const anna = person('openid-anna')
    const { roomId } = await liveRoom(desk.world, anna)
    await desk.audience.add(await desk.as('viewer'), { roomID: roomId, userInfo: '' })
    const want = async () => desk.opening.getPushUrl(await desk.as('viewer'), 'live_room', '')
    expect(await kindOf(want())).toBe('wait-for-anchor')
    expect((await desk.world.room(roomId)).onStage).toEqual([])
    const { links } = await desk.world.actions['link.list'](anna, { roomId })
    await desk.world.actions['link.accept'](anna, { roomId, linkId: links[0]?.linkId ?? '' })
    desk.wait()
    expect(await want()).toMatchObject({ roomID: roomId, pushURL: expect.stringContaining(`${roomId}_s1e1_`) })
  })

  test('two requests of one person at once give one seat, and the same stream', async () => {
    const { roomID } = await desk.show('anchor')
    await desk.audience.add(await desk.as('viewer'), { roomID, userInfo: '' })
    const viewer = await desk.as('viewer')
    const both = await Promise.allSettled([1, 2].map(() => desk.opening.getPushUrl(viewer, 'live_room', '')))
    const streams = both.flatMap((one) => (one.status === 'fulfilled' ? [streamOf(one.value.pushURL)] : []))
    expect(new Set(streams).size).toBe(1)
    expect((await desk.world.room(roomID)).onStage).toEqual([idOf('viewer')])
  })
})

describe('add_pusher', () => {
  test('M7: a push URL of somebody else, of another room, or made up, is refused', async () => {
    const mine = await desk.show('anchor')
    const other = await desk.show('other')
    const seat = await desk.linked('linker', mine.roomID)
    const made = mine.pushURL.replace(/_[0-9a-f]{32}\?/, `_${'0'.repeat(32)}?`)
    for (const pushURL of [other.pushURL, seat, made]) {
      expect(await kindOf(desk.pushers.add(await desk.as('anchor'), say(mine.roomID, pushURL)))).toBe('foreign-url')
    }
    expect(await kindOf(desk.pushers.add(await desk.as('thief'), say(mine.roomID, mine.pushURL)))).toBe('foreign-url')
    expect((await desk.world.room(mine.roomID)).onStage).toEqual([idOf('linker')])
  })

  test('M32: what is no URL, or names no stream of ours, is refused', async () => {
    const { roomID } = await desk.show('anchor')
    for (const pushURL of [
      'rtmp://push.test/live/abc',
      'no url',
      'rtmp://',
      '?',
      'rtmp://push.test/live/?bizid=1',
      '%',
    ]) {
      expect(await kindOf(desk.pushers.add(await desk.as('anchor'), say(roomID, pushURL)))).toBe('foreign-url')
    }
  })

  test('M30, M31: for a room of no name of ours it opens the one that the caller has made, with its own id and title', async () => {
    const { pushURL, roomID } = await desk.opening.getPushUrl(await desk.as('anchor'), 'live_room', '')
    const said = { ...say('my-own-room', pushURL), roomInfo: 'A title' }
    expect(await desk.pushers.add(await desk.as('anchor'), said)).toEqual({ roomID })
    await desk.begin(pushURL)
    const { rooms } = await desk.list(await desk.as('reader'), 'live_room', { cnt: 9, index: 0 })
    expect(rooms).toMatchObject([{ roomID, roomInfo: 'A title' }])
    expect([...desk.world.groups]).toEqual([roomID])
  })

  test('M30: for an unknown room without a room of the own nothing is made', async () => {
    expect(await kindOf(desk.pushers.add(await desk.as('nobody'), say('ghost', 'rtmp://a/b')))).toBe('no-such-room')
    expect(desk.world.docs('rooms')).toEqual([])
    expect([...desk.world.groups]).toEqual([])
  })

  test('M41: the creator is who made the room, whoever pushes first', async () => {
    const { roomID } = await desk.conversation('creator', 'multi_room')
    const { pushURL } = await desk.opening.getPushUrl(await desk.as('guest'), 'multi_room', roomID)
    await desk.pushers.add(await desk.as('guest'), say(roomID, pushURL))
    const room = await desk.pushers.inRoom(await desk.as('guest'), 'multi_room', roomID)
    expect([room.roomCreator, room.pushers[0]?.userID]).toEqual(['creator', 'creator'])
    expect(await kindOf(desk.pushers.destroyRoom(await desk.as('guest'), roomID))).toBe('not-creator')
  })

  test('said twice it is said once; the others are told in the old words', async () => {
    const { roomID, pushURL } = await desk.show('anchor')
    desk.world.vendors.toldOld.length = 0
    await desk.pushers.add(await desk.as('anchor'), say(roomID, pushURL))
    expect(desk.world.vendors.toldOld).toEqual([roomID])
    expect((await desk.pushers.inRoom(await desk.as('anchor'), 'live_room', roomID)).pushers).toHaveLength(1)
  })

  test('whatever changes in such a room is told in the old words too, and in no other room', async () => {
    const { roomID, pushURL } = await desk.show('anchor')
    const { roomId: other } = await liveRoom(desk.world, person('openid-anna'))
    desk.world.vendors.toldOld.length = 0
    await desk.world.end(streamOf(pushURL), `seq-${streamOf(pushURL)}`)
    expect(desk.world.vendors.toldOld).toEqual([roomID])
    expect((await desk.world.room(other)).legacy).toBeUndefined()
    desk.world.down.add('pushersChanged')
    await desk.world.begin(streamOf(pushURL), 'the next push')
    expect((await desk.world.room(roomID)).state).toBe('live')
  })

  test('M39, M40: a chat service that fails leaves no room behind, and a closed room loses its group in the end', async () => {
    desk.world.down.add('createGroup')
    expect(await kindOf(desk.opening.getPushUrl(await desk.as('anchor'), 'live_room', ''))).toBe('unavailable')
    desk.world.down.clear()
    expect(desk.world.docs('rooms')).toEqual([])
    const { roomID } = await desk.show('anchor')
    desk.world.down.add('destroyGroup')
    await desk.pushers.destroyRoom(await desk.as('anchor'), roomID)
    desk.wait(60_000)
    await desk.world.sweep()
    expect(desk.world.groups.has(roomID)).toBe(true)
    desk.world.down.clear()
    desk.wait(60_000)
    await desk.world.sweep()
    expect(desk.world.groups.has(roomID)).toBe(false)
  })
})

describe('the stage', () => {
  test('M42, M55: four push in a live room, its anchor included, however many ask at once', async () => {
    const { roomID } = await desk.show('anchor')
    const viewers = Array.from({ length: 12 }, (_, i) => `viewer_${i}`)
    for (const viewer of viewers) await desk.audience.add(await desk.as(viewer), { roomID, userInfo: '' })
    desk.wait()
    const terminals = await Promise.all(viewers.map((viewer) => desk.as(viewer)))
    const asked = await Promise.allSettled(terminals.map((one) => desk.opening.getPushUrl(one, 'live_room', '')))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [kindOf(Promise.reject(one.reason))] : []))
    expect(new Set(await Promise.all(refused))).toEqual(new Set(['full']))
    expect((await desk.world.room(roomID)).onStage).toHaveLength(3)
    expect((await desk.world.room(roomID)).linksUsed).toBe(0)
  })

  test('M8: addresses that could push are for those on stage; a viewer gets what nobody can push with', async () => {
    const { roomID } = await desk.show('anchor')
    await desk.linked('linker', roomID)
    const signed = (url: string) => new URL(url).searchParams.get('txSecret')
    const pushSigned = (text: string) => [...text.matchAll(/"(rtmp:[^"]+)"/g)].map(([, url = '']) => url)
    const viewer = await desk.pushers.inRoom(await desk.as('viewer'), 'live_room', roomID)
    expect(pushSigned(JSON.stringify(viewer))).toEqual([])
    expect(viewer.pushers.map(({ accelerateURL }) => accelerateURL.split('?')[0]?.split('.').pop() ?? '')).toEqual([
      'flv',
      '',
    ])
    const { rooms } = await desk.list(await desk.as('viewer'), 'live_room', { cnt: 9, index: 0 })
    expect(pushSigned(JSON.stringify(rooms))).toEqual([])
    expect(rooms[0]?.pushers.every(({ accelerateURL }) => accelerateURL === '')).toBe(true)
    const { pushers } = await desk.pushers.inRoom(await desk.as('linker'), 'live_room', roomID)
    expect(signed(pushers[0]?.accelerateURL ?? '')).toMatch(/^[0-9a-f]{32}$/)
    expect(JSON.stringify([viewer, rooms, pushers])).not.toContain('pushURL')
  })

  test('M8: from outside of a call nobody is seen', async () => {
    const { roomID } = await desk.conversation('anna', 'double_room')
    const room = await desk.pushers.inRoom(await desk.as('stranger'), 'double_room', roomID)
    expect([room.pushers, room.mixedPlayURL]).toEqual([[], ''])
  })

  test('M11: the creator puts somebody off the stage: his stream is forbidden, and he gets no seat again', async () => {
    const { roomID } = await desk.show('anchor')
    const pushURL = await desk.linked('linker', roomID)
    expect(await kindOf(desk.pushers.remove(await desk.as('viewer'), { roomID, userID: 'linker' }))).toBe('other-user')
    await desk.pushers.remove(await desk.as('anchor'), { roomID, userID: 'linker' })
    expect(desk.world.forbidden).toContain(streamOf(pushURL))
    expect((await desk.world.room(roomID)).onStage).toEqual([])
    desk.wait()
    expect(await kindOf(desk.opening.getPushUrl(await desk.as('linker'), 'live_room', roomID))).toBe('off-stage')
    expect(await kindOf(desk.pushers.add(await desk.as('linker'), say(roomID, pushURL)))).toBe('foreign-url')
    expect(await kindOf(desk.pushers.beat(await desk.as('linker'), roomID, null))).toBe('not-a-member')
  })

  test('who leaves the stage may come again; who only watched is told that he does not push', async () => {
    const { roomID } = await desk.show('anchor')
    await desk.linked('linker', roomID)
    await desk.pushers.remove(await desk.as('linker'), { roomID, userID: 'linker' })
    desk.wait()
    expect((await desk.opening.getPushUrl(await desk.as('linker'), 'live_room', '')).roomID).toBe(roomID)
    await desk.pushers.inRoom(await desk.as('viewer'), 'live_room', roomID)
    expect(await kindOf(desk.pushers.remove(await desk.as('viewer'), { roomID, userID: 'viewer' }))).toBe(
      'not-a-member',
    )
    desk.wait()
    expect((await desk.opening.getPushUrl(await desk.as('viewer'), 'live_room', '')).roomID).not.toBe(roomID)
  })

  test('M5: only the creator has his room mixed, and what his terminal draws up is not used', async () => {
    const { roomID } = await desk.show('anchor')
    expect(await kindOf(desk.pushers.merge(await desk.as('viewer'), roomID))).toBe('not-creator')
    expect(await desk.pushers.merge(await desk.as('anchor'), roomID)).toMatchObject({ merge_code: 0 })
    expect(desk.world.vendors.mixes.size).toBe(0)
  })
})

describe('heartbeats', () => {
  test('M52, M61: of many beats few write, and none keeps back who pushes now', async () => {
    const { roomID } = await desk.show('anchor')
    const lease = async () => (await desk.world.room(roomID)).leaseUntil
    const leases = new Set<number>()
    for (let s = 0; s < 180; s += 6) {
      await desk.pushers.beat(await desk.as('anchor'), roomID, null)
      leases.add(await lease())
      desk.wait(6000)
    }
    expect(leases.size).toBeLessThanOrEqual(4)
    expect((await lease()) - desk.world.clock.now).toBeGreaterThan(LEASE_MS / 2)

    const before = await desk.pushers.beat(await desk.as('anchor'), roomID, null)
    expect(await desk.pushers.beat(await desk.as('anchor'), roomID, before.roomStatusCode)).toEqual(before)
    await desk.linked('linker', roomID)
    const after = await desk.pushers.beat(await desk.as('anchor'), roomID, before.roomStatusCode)
    expect(after).toMatchObject({ pushers: [{ userID: 'anchor' }, { userID: 'linker' }] })
    expect(after.roomStatusCode).toBeGreaterThan(before.roomStatusCode)
  })

  test('M52: a beat in between costs two reads', async () => {
    const trips = new RoundTrips()
    const counted = await openDesk({ onRequest: trips.onRequest })
    try {
      const { roomID } = await counted.show('anchor')
      const token = await counted.login('anchor')
      const { calls } = await trips.measure(async () =>
        counted.pushers.beat(await counted.logins.terminal('anchor', token), roomID, null),
      )
      expect(calls.map(({ collection }) => collection)).toEqual(['room_service_sessions', 'rooms'])
      expect(new Set(calls.map(({ action }) => action))).toEqual(new Set(['database.getDocument']))
    } finally {
      await counted.world.close()
    }
  })

  test('the beats of a seat keep it; without them it is free in the end', async () => {
    const { roomID } = await desk.show('anchor')
    const pushURL = await desk.linked('linker', roomID)
    for (let s = 0; s < 300; s += 20) {
      for (const one of ['anchor', 'linker']) await desk.pushers.beat(await desk.as(one), roomID, null)
      desk.wait(20_000)
    }
    await desk.world.sweep()
    expect((await desk.world.room(roomID)).onStage).toEqual([idOf('linker')])
    desk.world.online.delete(streamOf(pushURL))
    for (let s = 0; s < 600; s += 60) {
      await desk.pushers.beat(await desk.as('anchor'), roomID, null)
      desk.wait(60_000)
      await desk.world.sweep()
    }
    expect((await desk.world.room(roomID)).onStage).toEqual([])
  })
})

describe('the list', () => {
  test('M53, M54, M55: capped, in an order that holds, by type; and nothing that its creator has not opened', async () => {
    const rooms: string[] = []
    for (let i = 0; i < 5; i++) rooms.unshift((await desk.show(`anchor_${i}`)).roomID)
    const two = (await desk.conversation('two', 'double_room')).roomID
    const four = (await desk.conversation('four', 'multi_room')).roomID
    const { pushURL } = await desk.opening.getPushUrl(await desk.as('silent'), 'live_room', '')
    await desk.begin(pushURL)
    expect(await listed('live_room')).toEqual(rooms)
    expect([await listed('double_room'), await listed('multi_room')]).toEqual([[two], [four]])
    expect([
      ...(await listed('live_room', 2)),
      ...(await listed('live_room', 2, 2)),
      ...(await listed('live_room', 9, 4)),
    ]).toEqual(rooms)
    expect(await listed('live_room', 5, 1_000_000_000)).toEqual([])
    expect(await kindOf(listed('live_room', 0))).toBe('no-count')
  })

  test('rooms of the mini program are in it, and carry public ids', async () => {
    const anna = person('openid-anna')
    const { roomId } = await liveRoom(desk.world, anna)
    const { rooms } = await desk.list(await desk.as('reader'), 'live_room', { cnt: 9, index: 0 })
    expect(rooms).toMatchObject([{ roomID: roomId, roomInfo: 'A show', roomCreator: anna.userId }])
  })
})

test('M43, M44: a room that nobody pushes to is over by itself, and all that the old protocol kept of it goes', async () => {
  const { roomID } = await desk.opening.createRoom(await desk.as('anchor'), 'live_room', 'Never')
  expect(desk.world.docs('room_service_rooms')).toHaveLength(1)
  for (let minute = 0; minute < 130; minute += 10) {
    desk.wait(600_000)
    await desk.world.sweep()
  }
  expect((await desk.world.room(roomID)).state).toBe('closed')
  expect(desk.world.docs('room_service_rooms')).toEqual([])
})

test('the title is the readable part of roomInfo, and roomInfo comes back as it was', async () => {
  const roomInfo = '{"title":"黄昏\\u0007 ","frontcover":"https://a.test/c.jpg"}'
  const { roomID } = await desk.show('anchor', roomInfo)
  expect((await desk.world.room(roomID)).title).toBe('黄昏')
  expect((await desk.pushers.inRoom(await desk.as('anchor'), 'live_room', roomID)).roomInfo).toBe(roomInfo)
})
