import { signAdminToken } from '../../../cloudfunctions/core/admin/token'
import { publicUserId } from '../../../cloudfunctions/core/ids'
import { readUserSig } from '../../../cloudfunctions/core/user-sig'
import { signWebToken } from '../../../cloudfunctions/core/web-token'
import fc from '../../support/property'
import { ADMIN_SECRET, type House, KEY, openHouse, sigFor } from './house'
import { type Answer, ask, type OldClient } from './old-client'

jest.setTimeout(60_000)

let house: House
let anchor: OldClient
let roomID: string
beforeAll(async () => {
  house = await openHouse()
  anchor = await house.terminal('anchor')
  await house.begin(await anchor.getPushURL())
  roomID = await anchor.createRoom('A show')
  await anchor.addPusher()
})
afterAll(() => house.close())

const get = async (path: string, headers: Record<string, string> = {}) =>
  (await ask(house.url, path, undefined, headers)).answer
const bearer = (secret: string, openid: string) => ({
  authorization: `Bearer ${signWebToken(secret, openid, Math.floor(Date.now() / 1000) + 3600)}`,
})

describe('/weapp/utils', () => {
  test('M1: get_login_info ignores whom the query names; with a bearer token it is the caller', async () => {
    for (const query of ['?userID=anchor', '?userID=administrator', '?userID=', '?userIDPrefix=x&code=y', '']) {
      const info = await get(`/weapp/utils/get_login_info${query}`)
      expect(info).toMatchObject({ code: 0, userID: expect.stringMatching(/^guest_[0-9a-f]{24}$/) })
      expect(readUserSig(KEY, info.userSig, Date.now())).toBe(info.userID)
    }
    const own = await get('/weapp/utils/get_login_info?userID=anchor', bearer('web-token-secret-1', 'alice'))
    expect(own.userID).toBe(publicUserId('user-id-secret-1', 'alice'))
    expect(await get('/weapp/utils/get_login_info', { authorization: 'Bearer v1.x.y' })).toMatchObject({ code: 7 })
  })

  test('a guest logs in with what he was given', async () => {
    const info = await get('/weapp/utils/get_login_info_debug')
    const query = `sdkAppID=${info.sdkAppID}&accountType=${info.accType}&userID=${info.userID}&userSig=${info.userSig}`
    const { answer } = await ask(house.url, `/weapp/multi_room/login?${query}`, {})
    expect(answer).toMatchObject({ code: 0, userID: info.userID, token: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  test('M2: there are no log files, whatever path is asked for', async () => {
    for (const file of [
      '',
      '?file=a.log',
      '?file=../config.js',
      '?file=..%2F..%2Fetc%2Fpasswd',
      '?file[]=/etc/passwd',
    ]) {
      for (const name of ['logfilelist', 'getlogfile']) {
        const answer = await get(`/weapp/utils/${name}${file}`)
        expect(Object.keys(answer).sort()).toEqual(['code', 'message', 'timestamp'])
        expect(answer.code).not.toBe(0)
      }
    }
    for (const path of ['/weapp/utils/../../etc/passwd', '/weapp/../config.js', '/weapp/live_room/..%2f..%2fconfig']) {
      expect((await ask(house.url, path, {})).answer.code).not.toBe(0)
    }
  })

  test('M3: check_config is for an operator, and never tells a value', async () => {
    for (const headers of [{}, bearer('web-token-secret-1', 'alice'), bearer(ADMIN_SECRET, 'alice')]) {
      expect(await get('/weapp/utils/check_config', headers as Record<string, string>)).toMatchObject({ code: 7 })
    }
    const token = signAdminToken(ADMIN_SECRET, 'operator', Math.floor(Date.now() / 1000) + 3600)
    const answer = await get('/weapp/utils/check_config', { authorization: `Bearer ${token}` })
    expect(answer).toMatchObject({ code: 0, im: 'ok', live: 'ok' })
    expect(Object.keys(answer).sort()).toEqual(['code', 'im', 'live', 'message', 'timestamp'])
  })

  test('M56: test addresses are for whoever has logged in, and of one stream', async () => {
    expect(await get('/weapp/utils/get_test_pushurl')).toMatchObject({ code: 7 })
    const query = `?userID=${anchor.userID}&token=${anchor.token}`
    const urls = await get(`/weapp/utils/get_test_pushurl${query}`)
    const acc = await get(`/weapp/utils/get_test_rtmpaccurl${query}`)
    const streams = [
      urls.url_push,
      urls.url_play_flv,
      urls.url_play_hls,
      urls.url_play_rtmp,
      urls.url_play_acc,
      acc.url_rtmpacc,
    ]
    expect(new Set(streams.map((url) => /test_[0-9a-f]{32}/.exec(url)?.[0])).size).toBe(1)
    expect(new URL(urls.url_play_flv).searchParams.get('txSecret')).not.toBe(
      new URL(urls.url_push).searchParams.get('txSecret'),
    )
  })
})

describe('identity', () => {
  const bodies: Record<string, object> = {
    get_push_url: {},
    create_room: { roomInfo: 'x' },
    destroy_room: { roomID: 'R' },
    add_pusher: { roomID: 'R', pushURL: 'rtmp://push.test/live/x' },
    pusher_heartbeat: { roomID: 'R' },
    merge_stream: { roomID: 'R', mergeParams: {} },
    add_audience: { roomID: 'R', userInfo: '' },
    delete_audience: { roomID: 'R' },
    delete_pusher: { roomID: 'R' },
  }

  test.each(Object.keys(bodies))(
    'M4: %s with the id of somebody else in the body is refused in both generations',
    async (verb) => {
      const mallory = await house.terminal('mallory')
      const body = { ...bodies[verb], ...('roomID' in (bodies[verb] ?? {}) ? { roomID } : {}), userID: 'anchor' }
      expect(await mallory.call(verb, body)).toMatchObject({ code: 7 })
      const second = await house.terminal('mallory', 'live_room', 'second')
      expect(await second.call(verb, body)).toMatchObject({ code: 201003 })
      expect((await anchor.list()).map((room) => room.roomID)).toContain(roomID)
    },
  )

  test('M4: another userID than the token is for in the query is refused', async () => {
    const path = `/weapp/live_room/destroy_room?userID=mallory&token=${anchor.token}`
    expect((await ask(house.url, path, { roomID, userID: 'mallory' })).answer).toMatchObject({ code: 7 })
  })

  test('M12: neither a token nor a UserSig nor a query is in the log, whatever goes wrong', async () => {
    const sig = sigFor('talker')
    const talker = await house.terminal('talker')
    await ask(house.url, `/weapp/live_room/login?sdkAppID=1&userID=talker&userSig=${sig}`, {})
    await ask(house.url, `/weapp/live_room/get_pushers?userID=talker&token=${talker.token}`, '{')
    await ask(house.url, `/weapp/live_room/nothing?userID=talker&token=${talker.token}`, {})
    await ask(house.url, `/weapp/live_room/get_pushers?userID=talker&token=${talker.token}x`, {})
    for (const secret of [talker.token, sig]) expect(house.log()).not.toContain(secret)
  })

  test('M34: a failed login has a code, a text and a result', async () => {
    const query = `sdkAppID=${KEY.sdkAppId}&userID=anchor`
    const { answer } = await ask(house.url, `/weapp/live_room/login?${query}&userSig=garbage`, {})
    expect(answer).toMatchObject({ code: 7, result: 7, message: expect.stringContaining('userSig') })
    const second = await ask(house.url, `/weapp/live_room/login?${query}&platform=iOS`, {})
    expect(second.answer).toMatchObject({ code: 201002, message: expect.any(String) })
  })

  test.each(['a/b', 'a?b', 'a&b', 'a#b', 'a/b?c&d#e', '../utils/x'])(
    'M23: %s is an account like any other',
    async (account) => {
      const at = encodeURIComponent(account)
      const login = `sdkAppID=${KEY.sdkAppId}&accountType=&userID=${at}&userSig=${sigFor(account)}`
      const { answer } = await ask(house.url, `/weapp/live_room/login?${login}`, {})
      expect(answer).toMatchObject({ code: 0, userID: account })
      const list = await ask(house.url, `/weapp/live_room/get_room_list?userID=${at}&token=${answer.token}`, {
        cnt: 5,
        index: 0,
      })
      expect(list.answer).toMatchObject({ code: 0 })
    },
  )

  test('M23: an account with a slash works as old clients send it, without encoding', async () => {
    const terminal = await house.terminal('org/dept/user')
    expect(await terminal.list()).not.toEqual([])
  })

  test('M33: logout without a login that is still good succeeds', async () => {
    const terminal = await house.terminal('leaver')
    expect([await terminal.call('logout'), await terminal.call('logout')]).toMatchObject([{ code: 0 }, { code: 0 }])
    expect(await terminal.call('get_room_list', { cnt: 1 })).toMatchObject({ code: 7 })
  })
})

describe('answers', () => {
  test('M18: pages of other origins read nothing unless their origin is listed', async () => {
    const path = '/weapp/live_room/get_room_list'
    for (const method of ['OPTIONS', 'POST']) {
      const closed = await ask(house.url, path, {}, { origin: 'https://evil.test' }, method)
      expect(closed.headers['access-control-allow-origin']).toBeUndefined()
      const open = await ask(house.url, path, {}, { origin: 'https://desk.test' }, method)
      expect(open.headers['access-control-allow-origin']).toBe('https://desk.test')
    }
  })

  test('codes of the second generation by verb names, by platform, or by how the terminal logged in', async () => {
    const [first, second] = [await house.terminal('one'), await house.terminal('two', 'live_room', 'second')]
    const missing = { roomID: `r${'0'.repeat(24)}` }
    expect(await first.call('get_pushers', missing)).toMatchObject({ code: 3 })
    expect(await second.call('get_pushers', missing)).toMatchObject({ code: 204002 })
    expect(await second.call('destroy_room', missing)).toMatchObject({ code: 203003 })
    const query = `userID=one&token=${first.token}`
    expect((await ask(house.url, `/weapp/live_room/get_anchors?${query}`, missing)).answer.code).toBe(204002)
    expect((await ask(house.url, `/weapp/live_room/get_pushers?${query}&platform=PC`, missing)).answer.code).toBe(
      204002,
    )
  })

  test.each<[string, object, number, number]>([
    ['get_pushers', {}, 1, 201004],
    ['get_room_list', {}, 1, 201005],
    ['merge_stream', { roomID: 'R', mergeParams: '{' }, 10, 201006],
    ['set_custom_field', { roomID: 'R', fieldName: '', operation: 'set' }, 1, 201007],
    ['set_custom_field', { roomID: 'R', fieldName: 'f', operation: 'add' }, 1, 201008],
    ['create_room', { roomInfo: '房'.repeat(342) }, 10, 203009],
    ['pusher_heartbeat', { roomID: 'ROOM' }, 5, 203010],
    ['merge_stream', { roomID: 'ROOM', mergeParams: {} }, 3, 207002],
    ['destroy_room', { roomID: 'ROOM' }, 3, 203003],
  ])('%s %j is refused with %i, or %i', async (verb, body, first, second) => {
    const filled = JSON.parse(JSON.stringify(body).replace('"ROOM"', `"${roomID}"`))
    expect(await (await house.terminal('one')).call(verb, filled)).toMatchObject({ code: first })
    expect(await (await house.terminal('two', 'live_room', 'second')).call(verb, filled)).toMatchObject({
      code: second,
    })
  })

  test('every answer has code, message and timestamp; numbers may come as text', async () => {
    const answer = await (await house.terminal('one')).call('get_room_list', { cnt: '5', index: '0' })
    expect(answer).toMatchObject({ code: 0, message: expect.any(String), timestamp: expect.any(Number) })
  })

  test('M20: names that every object answers to are no custom fields', async () => {
    for (const fieldName of [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '$inc',
      'a.b',
      'a'.repeat(33),
      '',
    ]) {
      expect(await anchor.call('set_custom_field', { roomID, fieldName, operation: 'inc' })).toMatchObject({ code: 1 })
    }
    expect(await anchor.call('get_custom_info', { roomID })).toMatchObject({ custom: '{}' })
    const body = `{"roomID":"${roomID}","__proto__":{"userID":"x"},"constructor":{"prototype":{"a":1}}}`
    expect(
      (await ask(house.url, `/weapp/live_room/get_custom_info?userID=anchor&token=${anchor.token}`, body)).answer.code,
    ).toBe(0)
    expect(({} as Record<string, unknown>).a).toBeUndefined()
  })

  test('M21: an id that a terminal would like is not used, and a chat group of that name is not made', async () => {
    const wisher = await house.terminal('wisher')
    const { roomID: made } = await wisher.ok('create_room', {
      userID: 'wisher',
      roomInfo: 'x',
      roomID: 'group-of-others',
    })
    expect(made).toMatch(/^r[0-9a-f]{24}$/)
    expect(
      house.calls.filter(({ name, body }) => name === 'create_group' && body.GroupId === 'group-of-others'),
    ).toEqual([])
  })

  test('terminals are told in both old forms, with a random number of 32 bits (M59)', async () => {
    house.calls.length = 0
    await anchor.addPusher()
    const sent = house.calls.map(({ name, body }) => [name, body.Content ?? JSON.stringify(body.MsgBody)])
    expect(sent).toContainEqual(['send_group_system_notification', '{"cmd":"notifyPusherChange","data":""}'])
    expect(sent.find(([name]) => name === 'send_group_msg')?.[1]).toContain('notifyPusherChange')
    const randoms = house.calls.map(({ query }) => Number(query.get('random')))
    expect(randoms.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32)).toBe(true)
  })

  test('M24: a terminal that floods is told to wait', async () => {
    const flood = await house.terminal('flood')
    const codes = new Set<number>()
    for (let batch = 0; batch < 10 && !codes.has(-1); batch++) {
      const asked = Array.from({ length: 200 }, () => flood.call('get_room_list', { cnt: 1 }))
      for (const { code } of await Promise.all(asked)) codes.add(code)
    }
    expect([...codes].sort()).toEqual([-1, 0])
  })

  test('a path outside of the protocol is not found, and a room is not read with GET', async () => {
    expect((await ask(house.url, '/weapp/live_room/a/b', {})).status).toBe(404)
    expect((await ask(house.url, '/weapp/chess_room/login', {})).answer).toMatchObject({ code: 1 })
    expect((await ask(house.url, '/weapp/double_room/merge_stream?platform=PC', {})).answer).toMatchObject({
      code: 207005,
    })
    expect((await get(`/weapp/live_room/get_room_list?userID=anchor&token=${anchor.token}`)).code).toBe(1)
    expect(
      (
        await ask(house.url, `/http/room-service/weapp/live_room/get_room_list?userID=anchor&token=${anchor.token}`, {
          cnt: 1,
        })
      ).answer.code,
    ).toBe(0)
  })
})

describe('M16, M19, M22: whatever comes', () => {
  const TYPES = ['live_room', 'double_room', 'multi_room', 'rtc_room', 'utils', '__proto__', '']
  const VERBS = [
    'login',
    'logout',
    'get_push_url',
    'get_anchor_url',
    'get_room_list',
    'get_pushers',
    'create_room',
    'destroy_room',
    'add_pusher',
    'delete_pusher',
    'pusher_heartbeat',
    'merge_stream',
    'set_custom_field',
    'get_custom_info',
    'add_audience',
    'delete_audience',
    'get_audiences',
    'get_login_info',
    'check_config',
    'getlogfile',
    'constructor',
  ]
  const FIELDS = [
    'roomID',
    'userID',
    'userName',
    'userAvatar',
    'pushURL',
    'roomInfo',
    'cnt',
    'index',
    'mergeParams',
    'fieldName',
    'operation',
    'value',
    'userInfo',
    'roomStatusCode',
  ]
  const plausible = () =>
    fc.constantFrom<unknown>(
      'fuzzer',
      roomID,
      'set',
      'inc',
      '0',
      -1,
      1e308,
      null,
      true,
      [],
      {},
      '\u0000',
      'é'.repeat(3000),
    )

  const wellFormed = (status: number, answer: Answer) => {
    expect([200, 404]).toContain(status)
    expect(typeof answer.code).toBe('number')
    expect(typeof answer.message).toBe('string')
    expect(answer.message).not.toMatch(/undefined|Error|at .*\.js|valibot|mongo/i)
  }

  test('every verb takes any field of any type without a fault of ours', async () => {
    // Several, so that none of them asks too often.
    const fuzzers = await Promise.all(Array.from({ length: 10 }, (_, i) => house.terminal(`fuzzer_${i}`)))
    const said: number[] = []
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TYPES),
        fc.constantFrom(...VERBS),
        fc.dictionary(fc.constantFrom(...FIELDS), fc.oneof(plausible(), fc.jsonValue()), { maxKeys: 8 }),
        async (type, verb, body) => {
          const fuzzer = fuzzers[said.length % fuzzers.length] as OldClient
          const query = `userID=${fuzzer.userID}&token=${fuzzer.token}`
          const { status, answer } = await ask(house.url, `/weapp/${type}/${verb}?${query}`, body)
          wellFormed(status, answer)
          said.push(answer.code)
          if (verb === 'logout') await fuzzer.login()
        },
      ),
      { numRuns: 300 },
    )
    expect(said.filter((code) => code === -1).length).toBeLessThan(said.length / 5)
    expect(house.log()).not.toMatch(/request [0-9a-f]{16} \(/)
  })

  test('any body, query and method', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TYPES),
        fc.constantFrom(...VERBS),
        fc.oneof(fc.string(), fc.json(), fc.constantFrom('', '{', '[]', 'null', '"x"', `{"a":${'['.repeat(5000)}`)),
        fc.dictionary(
          fc.constantFrom('userID', 'token', 'userSig', 'sdkAppID', 'platform', 'x'),
          fc.string({ unit: 'binary' }),
        ),
        fc.constantFrom('POST', 'GET', 'PUT', 'DELETE', 'OPTIONS'),
        async (type, verb, body, fields, method) => {
          const query = Object.entries(fields).map(
            ([name, value]) => `${name}=${encodeURIComponent(Buffer.from(value).toString())}`,
          )
          const { status, answer } = await ask(house.url, `/weapp/${type}/${verb}?${query.join('&')}`, body, {}, method)
          if (method === 'OPTIONS') expect(status).toBe(204)
          else wellFormed(status, answer)
        },
      ),
      { numRuns: 250 },
    )
    expect(house.log()).not.toMatch(/request [0-9a-f]{16} \(/)
  })
})

test('an internal fault has a code, a safe text and a number, and its cause is in the log only (M19)', async () => {
  const broken = await openHouse({ IM_SDK_APP_ID: 'no number' })
  try {
    const { status, answer } = await ask(broken.url, '/weapp/live_room/get_room_list?userID=a&token=b', {})
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      code: -1,
      message: expect.any(String),
      requestId: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
    expect(JSON.stringify(answer)).not.toContain('IM_SDK_APP_ID')
    expect(broken.log()).toContain(answer.requestId)
  } finally {
    await broken.close()
  }
})
