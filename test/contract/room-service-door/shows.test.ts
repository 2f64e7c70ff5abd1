import { type House, openHouse } from './house'
import type { Generation, Type } from './old-client'

jest.setTimeout(60_000)

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

let people = 0
const someone = (name: string) => `${name}_${++people}`

describe.each<[Generation]>([['first'], ['second']])('terminals of the %s generation', (generation) => {
  test('live_room: push, create, add_pusher; watch; take a seat; leave; end', async () => {
    const anchor = await house.terminal(someone('anchor'), 'live_room', generation)
    const viewer = await house.terminal(someone('viewer'), 'live_room', generation)
    const pushURL = await anchor.getPushURL()
    await house.begin(pushURL)
    const roomID = await anchor.createRoom('A show of old')
    expect((await viewer.list()).map((room) => room.roomID)).not.toContain(roomID)
    expect(await anchor.addPusher()).toMatchObject({ code: 0, roomID })

    const row = (await viewer.list()).find((room) => room.roomID === roomID)
    expect(row).toMatchObject({ roomInfo: 'A show of old', roomCreator: anchor.userID, audienceCount: 0 })
    expect(row?.pushers).toEqual([
      {
        userID: anchor.userID,
        userName: `Name of ${anchor.userID}`,
        userAvatar: 'https://a.test/1.png',
        accelerateURL: '',
      },
    ])
    viewer.roomID = roomID
    expect((await viewer.getPushers()).mixedPlayURL).toContain('http://play.test/live/')
    await viewer.ok('add_audience', { roomID, userID: viewer.userID, userInfo: '{"userName":"V","userAvatar":""}' })

    const linkURL = await viewer.getPushURL()
    expect(linkURL).toContain(`/${roomID}_s`)
    await house.begin(linkURL)
    expect(await viewer.addPusher()).toMatchObject({ code: 0, roomID })
    const { pushers } = await anchor.getPushers(roomID)
    expect(pushers.map((pusher: { userID: string }) => pusher.userID)).toEqual([anchor.userID, viewer.userID])
    expect(pushers[1].accelerateURL).toMatch(/^rtmp:.*txSecret=/)
    expect((await viewer.getPushers()).pushers[0].accelerateURL).toMatch(/^rtmp:.*txSecret=/)
    expect(await viewer.heartbeat()).toMatchObject({ code: 0 })
    expect(await anchor.heartbeat()).toMatchObject({ code: 0 })
    expect(await anchor.call('merge_stream', { roomID, userID: anchor.userID, mergeParams: '{}' })).toMatchObject({
      code: 0,
      merge_code: 0,
      result: { code: 0 },
    })

    expect(await viewer.deletePusher()).toMatchObject({ code: 0 })
    expect((await anchor.getPushers()).pushers).toHaveLength(1)
    await viewer.ok('delete_audience', { roomID, userID: viewer.userID })
    expect(await anchor.call('destroy_room', { roomID, userID: anchor.userID })).toMatchObject({ code: 0 })
    expect((await viewer.list()).map((room) => room.roomID)).not.toContain(roomID)
    expect(await viewer.call('get_pushers', { roomID })).toMatchObject({ code: generation === 'first' ? 3 : 204002 })
  })

  test.each<[Type, number]>([
    ['double_room', 2],
    ['multi_room', 4],
    ['rtc_room', 4],
  ])(
    '%s: create, get_push_url, add_pusher; %i at once and no more; over when the last one leaves',
    async (type, max) => {
      const first = await house.terminal(someone('first'), type, generation)
      const roomID = await first.createRoom('A call of old')
      await house.begin(await first.getPushURL(roomID))
      expect(await first.addPusher()).toMatchObject({ code: 0, roomID })
      const guests = await Promise.all(
        Array.from({ length: max - 1 }, () => house.terminal(someone('guest'), type, generation)),
      )
      for (const guest of guests) {
        guest.roomID = roomID
        expect((await guest.getPushers()).pushers).toEqual([])
        await house.begin(await guest.getPushURL(roomID))
        expect(await guest.addPusher()).toMatchObject({ code: 0, roomID })
      }
      const seen = (await first.getPushers()).pushers as { userID: string; accelerateURL: string }[]
      expect(seen.map(({ userID }) => userID).sort()).toEqual([first, ...guests].map(({ userID }) => userID).sort())
      expect(seen.filter(({ accelerateURL }) => accelerateURL !== '')).toHaveLength(max - 1)

      const late = await house.terminal(someone('late'), type, generation)
      expect(await late.call('get_push_url', { userID: late.userID, roomID })).toMatchObject({
        code: generation === 'first' ? 5001 : 203007,
      })
      expect((await late.list()).map((room) => room.roomID)).toContain(roomID)
      for (const one of [first, ...guests]) expect(await one.deletePusher()).toMatchObject({ code: 0 })
      expect((await late.list()).map((room) => room.roomID)).not.toContain(roomID)
    },
  )
})
