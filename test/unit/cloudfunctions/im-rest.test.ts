import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { createImRest, ImError } from '../../../cloudfunctions/adapters/im-rest'
import type { Chat } from '../../../cloudfunctions/core/ports'

interface Seen {
  service: string
  query: URLSearchParams
  body: Record<string, unknown>
}
/** Closes the connection, or never answers. */
type Silence = 'hang up' | 'hang'

/** Answers by service, or what makes one from the query; a number is a status without a body worth reading. */
let answers: Record<string, (unknown | Silence | number)[]>
let seen: Seen[]
let pauses: number[]
let server: Server
let base: string
let chat: Chat
let now: number

const SECRET_KEY = 'the-secret-key-of-chat'
const connect = (options: { base?: string; timeoutMs?: number } = {}): Chat =>
  createImRest(
    { base: options.base ?? base, sdkAppId: 1400000000, secretKey: SECRET_KEY, admin: 'administrator' },
    {
      now: () => now,
      chance: () => 0.5,
      pause: async (ms) => {
        pauses.push(ms)
        now += ms
      },
      ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}),
    },
  )

beforeEach(async () => {
  answers = {}
  seen = []
  pauses = []
  now = 1_700_000_000_000
  server = createServer(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://im')
    const service = url.pathname.replace('/v4/', '').replace('group_open_http_svc/', '')
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    seen.push({ service, query: url.searchParams, body: JSON.parse(Buffer.concat(chunks).toString()) })
    const next = answers[service]?.shift() ?? { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' }
    const answer = typeof next === 'function' ? next(url.searchParams) : next
    if (answer === 'hang') return
    if (answer === 'hang up') return void res.destroy()
    if (typeof answer === 'number') return void res.writeHead(answer).end('<html>')
    res.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  chat = connect()
})
afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    }),
)

const failed = (code: number, ErrorInfo = 'no') => ({ ActionStatus: 'FAIL', ErrorCode: code, ErrorInfo })
const services = () => seen.map(({ service }) => service)
const errorOf = (call: Promise<unknown>): Promise<ImError> =>
  call.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => {
      expect(error).toBeInstanceOf(ImError)
      return error as ImError
    },
  )
const message = {
  type: 'counts' as const,
  roomId: 'r1',
  counts: { viewers: 1, likes: 0, totalViewers: 1, peakViewers: 1, pk: null },
}
const hint = { type: 'seat' as const, roomId: 'r1', what: 'kicked' as const }

describe('a call', () => {
  it('M59: signs as the administrator, with a random of 32 bits', async () => {
    for (let i = 0; i < 20; i++) await chat.createGroup('r1')
    const [first] = seen
    expect(first?.query.get('identifier')).toBe('administrator')
    expect(first?.query.get('sdkappid')).toBe('1400000000')
    expect(first?.query.get('contenttype')).toBe('json')
    expect(first?.body).toEqual({ Owner_Account: 'administrator', Type: 'AVChatRoom', GroupId: 'r1', Name: 'r1' })
    const randoms = seen.map(({ query }) => Number(query.get('random')))
    expect(new Set(randoms).size).toBe(20)
    expect(Math.max(...randoms)).toBeGreaterThan(2 ** 17)
    for (const random of randoms) expect(random).toBeLessThan(2 ** 32)
  })

  it('M39, M157: takes 10025 for success, and any other ErrorCode for what it is although HTTP says 200', async () => {
    answers.create_group = [failed(10025)]
    await expect(chat.createGroup('r1')).resolves.toBeUndefined()
    answers.create_group = [failed(70009)]
    await expect(chat.createGroup('r1')).rejects.toThrow('70009')
    expect(seen).toHaveLength(2)
  })

  it('destroys a group that is gone already', async () => {
    answers.destroy_group = [failed(10010)]
    await expect(chat.destroyGroup('r1')).resolves.toBeUndefined()
    answers.destroy_group = [failed(10007)]
    await expect(chat.destroyGroup('r1')).rejects.toThrow('10007')
  })

  it.each<[string, unknown]>([
    ['a connection that breaks', 'hang up'],
    ['HTTP 500', 500],
    ['HTTP 503', 503],
    ['"internal error, try again" (10002)', failed(10002)],
    ['"timed out, try again" (60008)', failed(60008)],
    ['"internal error, try again" (70500)', failed(70500)],
    ['"internal error, try again" (91000)', failed(91000)],
  ])('tries again twice, with growing pauses, after %s', async (_, silence) => {
    answers.create_group = [silence, silence]
    await expect(chat.createGroup('r1')).resolves.toBeUndefined()
    expect(services()).toEqual(['create_group', 'create_group', 'create_group'])
    expect(pauses).toEqual([200, 600])
    answers.create_group = [silence, silence, silence, silence]
    await errorOf(chat.createGroup('r1'))
    expect(seen).toHaveLength(6)
  })

  it.each<[string, unknown]>([
    ['a refusal', failed(10004)],
    ['a refusal because of too many calls', failed(60007)],
    ['HTTP 404', 404],
    ['a page', '<html>'],
    ['null', 'null'],
    ['no code', '{}'],
    ['a list', '[]'],
    ['a code in text', '{"ErrorCode":"0"}'],
  ])('does not try again after %s', async (_, answer) => {
    answers.create_group = [answer]
    await errorOf(chat.createGroup('r1'))
    expect(seen).toHaveLength(1)
    expect(pauses).toEqual([])
  })

  it('says what came when no ErrorCode did', async () => {
    answers.create_group = ['<html>']
    const error = await errorOf(chat.createGroup('r1'))
    expect(error.code).toBeNull()
    expect(error.message).toBe('group_open_http_svc/create_group: HTTP 200, no ErrorCode')
  })

  it('gives up on a server that never answers', async () => {
    answers.get_online_member_num = ['hang', 'hang', 'hang']
    const error = await errorOf(connect({ timeoutMs: 50 }).onlineCount('r1'))
    expect(error.message).toBe('group_open_http_svc/get_online_member_num: no answer within 50 ms')
    expect(seen).toHaveLength(3)
  })

  it('begins no further attempt when six seconds are over: whoever waits has a limit of his own', async () => {
    answers.create_group = ['hang up', 'hang up', 'hang up']
    const slow = createImRest(
      { base, sdkAppId: 1400000000, secretKey: SECRET_KEY, admin: 'administrator' },
      {
        now: () => now,
        pause: async () => {
          now += 6000
        },
      },
    )
    await errorOf(slow.createGroup('r1'))
    expect(seen).toHaveLength(2)
  })

  it('says that nobody listens there', async () => {
    const error = await errorOf(connect({ base: 'http://127.0.0.1:1' }).createGroup('r1'))
    expect(error.code).toBeNull()
    expect(error.message).toContain('IM_REST_BASE')
  })
})

describe('an error', () => {
  it.each([
    [70009, 'IM_SECRET_KEY'],
    [70020, 'IM_SDK_APP_ID'],
    [60010, 'IM_ADMIN'],
    [60003, 'IM_REST_BASE'],
    [10025, 'exists already'],
    [10010, 'does not exist'],
    [60007, 'too many calls'],
  ])('with code %s says what to do: %s', async (code, advice) => {
    answers.modify_group_base_info = [failed(code, 'the words of Tencent')]
    const error = await errorOf(chat.muteAll('r1', true))
    expect(error).toMatchObject({ name: 'ImError', code, service: 'group_open_http_svc/modify_group_base_info' })
    expect(error.message).toContain('the words of Tencent')
    expect(error.message).toContain(advice)
  })

  it('holds no key and no signature, whatever the service echoes and wherever the fault is', async () => {
    const errors: ImError[] = []
    let signature = ''
    answers.create_group = [
      (query: URLSearchParams) => {
        signature = query.get('usersig') ?? ''
        return failed(70003, `bad usersig ${signature} for ${SECRET_KEY}`)
      },
    ]
    errors.push(await errorOf(chat.createGroup('r1')))
    expect(signature).toMatch(/^eJ[\w*-]{20}/)
    errors.push(await errorOf(connect({ base: 'not an address' }).createGroup('r1')))
    errors.push(await errorOf(connect({ base: 'http://127.0.0.1:1' }).createGroup('r1')))
    answers.create_group = ['hang up', 'hang up', 'hang up']
    errors.push(await errorOf(chat.createGroup('r1')))
    expect(errors).toHaveLength(4)
    for (const error of errors) {
      const everything = `${error.stack} ${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`
      expect(everything).not.toContain(SECRET_KEY)
      expect(everything).not.toContain(signature)
      expect(everything).not.toMatch(/usersig=|eJ[\w*-]{20}/)
    }
  })
})

describe('a notice', () => {
  it('goes as a system notice', async () => {
    await chat.notify('r1', message)
    expect(seen).toMatchObject([{ service: 'send_group_system_notification', body: { GroupId: 'r1' } }])
    expect(JSON.parse(String(seen[0]?.body.Content))).toEqual(message)
  })

  it('falls back to a message of the administrator where notices are withdrawn, and stays with it', async () => {
    answers.send_group_system_notification = [failed(10007)]
    await chat.notify('r1', message)
    await chat.notify('r1', message)
    expect(services()).toEqual(['send_group_system_notification', 'send_group_msg', 'send_group_msg'])
    expect(seen[1]?.body).toMatchObject({
      GroupId: 'r1',
      From_Account: 'administrator',
      Random: expect.any(Number),
      MsgPriority: 'High',
      MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(message) } }],
    })
  })

  it('goes as a message this time only when notices are refused for the moment', async () => {
    answers.send_group_system_notification = [failed(60007)]
    await chat.notify('r1', message)
    await chat.notify('r1', message)
    expect(services()).toEqual(['send_group_system_notification', 'send_group_msg', 'send_group_system_notification'])
  })

  it('stays with notices when the message is refused too', async () => {
    answers.send_group_system_notification = [failed(70009)]
    answers.send_group_msg = [failed(70009)]
    await errorOf(chat.notify('r1', message))
    await chat.notify('r1', message)
    expect(services().at(-1)).toBe('send_group_system_notification')
  })

  it('that may have arrived is not sent again; one to a group that is gone is given up', async () => {
    answers.send_group_system_notification = ['hang up', failed(10010)]
    await errorOf(chat.notify('r1', message))
    await errorOf(chat.notify('r1', message))
    expect(seen).toHaveLength(2)
  })

  it('as a message is repeated with the same Random, by which Tencent drops the second', async () => {
    answers.send_group_system_notification = [failed(10026)]
    answers.send_group_msg = ['hang up']
    await chat.notify('r1', message)
    const [, first, second] = seen
    expect(second?.service).toBe('send_group_msg')
    expect(second?.body).toEqual(first?.body)
  })
})

it('tells one person, and keeps nothing for later', async () => {
  await chat.tell('alice', hint)
  expect(seen).toMatchObject([
    {
      service: 'openim/sendmsg',
      body: {
        From_Account: 'administrator',
        To_Account: 'alice',
        MsgLifeTime: 0,
        SyncOtherMachine: 2,
        MsgRandom: expect.any(Number),
        MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(hint), Desc: '', Ext: '' } }],
      },
    },
  ])
})

it('mutes in batches of 500, each person once', async () => {
  const people = Array.from({ length: 1001 }, (_, n) => `u${n}`)
  await chat.mute('r1', [...people, 'u0', 'u7'], 60)
  expect(seen.map(({ body }) => (body.Members_Account as string[]).length)).toEqual([500, 500, 1])
  expect(seen.flatMap(({ body }) => body.Members_Account)).toEqual(people)
  for (const { body } of seen) expect(body).toMatchObject({ GroupId: 'r1', MuteTime: 60 })
})

it.each([
  [0, 0],
  [-5, 0],
  [0.2, 1],
  [Number.POSITIVE_INFINITY, 4_294_967_295],
])('mutes for %s seconds as MuteTime %s', async (seconds, sent) => {
  await chat.mute('r1', ['alice'], seconds)
  expect(seen[0]?.body.MuteTime).toBe(sent)
})

it('mutes nobody without a call', async () => {
  await chat.mute('r1', [], 60)
  expect(seen).toEqual([])
})

it('mutes everybody, and lifts it', async () => {
  await chat.muteAll('r1', true)
  await chat.muteAll('r1', false)
  expect(seen.map(({ body }) => body)).toEqual([
    { GroupId: 'r1', ShutUpAllMember: 'On' },
    { GroupId: 'r1', ShutUpAllMember: 'Off' },
  ])
})

it('counts who is in the group, and refuses an answer without a count', async () => {
  answers.get_online_member_num = [{ ErrorCode: 0, OnlineMemberNum: 7 }, { ErrorCode: 0 }]
  await expect(chat.onlineCount('r1')).resolves.toBe(7)
  await errorOf(chat.onlineCount('r1'))
})
