import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createImRest } from '../../../cloudfunctions/adapters/im-rest'
import type { Chat } from '../../../cloudfunctions/core/ports'

interface Seen {
  service: string
  query: URLSearchParams
  body: Record<string, unknown>
}

/** Answers by service; `hang up` closes the connection instead. */
let answers: Record<string, (unknown | 'hang up')[]>
let seen: Seen[]
let server: Server
let chat: Chat

beforeEach(async () => {
  answers = {}
  seen = []
  server = createServer(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://im')
    const service = url.pathname.split('/').pop() ?? ''
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    seen.push({ service, query: url.searchParams, body: JSON.parse(Buffer.concat(chunks).toString()) })
    const answer = answers[service]?.shift() ?? { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' }
    if (answer === 'hang up') return void res.destroy()
    res.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  chat = createImRest({ base, sdkAppId: 1400000000, secretKey: 'secret', admin: 'administrator' })
})
afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    }),
)

const failed = (code: number) => ({ ActionStatus: 'FAIL', ErrorCode: code, ErrorInfo: 'no' })
const message = {
  type: 'counts' as const,
  roomId: 'r1',
  counts: { viewers: 1, likes: 0, totalViewers: 1, peakViewers: 1 },
}

it('M59: signs as the administrator, with a random of 32 bits', async () => {
  for (let i = 0; i < 20; i++) await chat.createGroup('r1')
  const [first] = seen
  expect(first?.query.get('identifier')).toBe('administrator')
  expect(first?.query.get('sdkappid')).toBe('1400000000')
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

it('tries once more when the connection breaks, then gives up', async () => {
  answers.create_group = ['hang up']
  await expect(chat.createGroup('r1')).resolves.toBeUndefined()
  expect(seen).toHaveLength(2)
  answers.create_group = ['hang up', 'hang up', 'hang up']
  await expect(chat.createGroup('r1')).rejects.toThrow('fetch failed')
  expect(seen).toHaveLength(4)
})

it('refuses an answer that is not an answer', async () => {
  for (const garbage of ['<html>', 'null', '{}', '[]', '{"ErrorCode":"0"}']) {
    answers.create_group = [garbage, garbage]
    await expect(chat.createGroup('r1')).rejects.toThrow('group_open_http_svc/create_group: HTTP 200, no ErrorCode')
  }
})

it('notifies by system notice', async () => {
  await chat.notify('r1', message)
  expect(seen).toMatchObject([{ service: 'send_group_system_notification', body: { GroupId: 'r1' } }])
  expect(JSON.parse(String(seen[0]?.body.Content))).toEqual(message)
})

it('falls back to a message of the administrator where notices are withdrawn, and stays with it', async () => {
  answers.send_group_system_notification = [failed(10007)]
  await chat.notify('r1', message)
  await chat.notify('r1', message)
  expect(seen.map(({ service }) => service)).toEqual([
    'send_group_system_notification',
    'send_group_msg',
    'send_group_msg',
  ])
  expect(seen[1]?.body).toMatchObject({
    GroupId: 'r1',
    From_Account: 'administrator',
    MsgPriority: 'High',
    MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(message) } }],
  })
})
