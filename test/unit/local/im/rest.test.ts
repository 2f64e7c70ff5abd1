import { request } from 'node:http'
import { Api } from 'tls-sig-api-v2/TLSSigAPIv2.js'
import { ChatServer, SDK_APP_ID, SECRET_KEY, userSig } from '../../../contract/messenger/chat-server'

let server: ChatServer
beforeAll(async () => {
  server = await ChatServer.start()
})
afterAll(() => server.stop())

const CREATE = 'group_open_http_svc/create_group'
const FORBID = 'group_open_http_svc/forbid_send_msg'
const group = { GroupId: 'g', Type: 'AVChatRoom', Name: 'g', Owner_Account: 'owner' }

test('creates a group once: the same owner is told 10025, another 10021', async () => {
  expect(await server.rest(CREATE, group)).toEqual({ ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, GroupId: 'g' })
  expect(await server.rest(CREATE, group)).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 10025 })
  expect(await server.rest(CREATE, { ...group, Owner_Account: 'other' })).toMatchObject({ ErrorCode: 10021 })
})

test('a group without an id gets one', async () => {
  const answer = await server.rest(CREATE, { Type: 'AVChatRoom', Name: 'x' })
  expect(answer.GroupId).toMatch(/^@TGS#/)
})

test.each([
  ['destroy_group', {}],
  ['send_group_system_notification', { Content: 'x' }],
  ['send_group_msg', {}],
  ['get_online_member_num', {}],
  ['forbid_send_msg', { Members_Account: ['alice'], MuteTime: 1 }],
  ['modify_group_base_info', { ShutUpAllMember: 'On' }],
  ['get_group_muted_account', {}],
  ['get_group_shutted_uin', {}],
])('%s of a group that does not exist is 10010', async (command, body) => {
  const answer = await server.rest(`group_open_http_svc/${command}`, { GroupId: 'nowhere', ...body })
  expect(answer).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 10010 })
})

test('a dissolved group is gone, and its id free again', async () => {
  await server.rest(CREATE, { ...group, GroupId: 'short' })
  expect(await server.rest('group_open_http_svc/destroy_group', { GroupId: 'short' })).toMatchObject({ ErrorCode: 0 })
  expect(await server.rest('group_open_http_svc/get_online_member_num', { GroupId: 'short' })).toMatchObject({
    ErrorCode: 10010,
  })
  expect(await server.rest(CREATE, { ...group, GroupId: 'short' })).toMatchObject({ ErrorCode: 0 })
})

test.each<[string, Record<string, string>, number]>([
  ['no sdkappid', { sdkappid: '' }, 60012],
  ['another sdkappid', { sdkappid: '7' }, 70020],
  ['no identifier', { identifier: '' }, 60004],
  ['no usersig', { usersig: '' }, 60004],
  ['a garbage usersig', { usersig: '%00garbage' }, 70003],
  ['an expired usersig', { usersig: userSig('administrator', -1) }, 70001],
  ['a usersig of another key', { usersig: new Api(SDK_APP_ID, 'guess').genUserSig('administrator', 60) }, 70009],
  ['a usersig of another user', { usersig: userSig('alice') }, 70013],
  ['a usersig of another application', { usersig: new Api(7, SECRET_KEY).genUserSig('administrator', 60) }, 70014],
  ['a user who is not the administrator', { identifier: 'alice', usersig: userSig('alice') }, 60010],
  ['no random', { random: '' }, 60002],
  ['a random of 33 bits', { random: '4294967296' }, 60002],
  ['another content type', { contenttype: 'xml' }, 60002],
])('%s is refused', async (_, query, code) => {
  const answer = await server.rest(CREATE, { ...group, GroupId: 'never' }, query)
  expect(answer).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code, ErrorInfo: expect.stringMatching(/./) })
})

test.each(['group_open_http_svc/add_group_member', 'nothing/at_all', 'openim', 'constructor'])(
  'the command %s is unknown',
  async (command) => {
    expect(await server.rest(command, {})).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 60009 })
  },
)

test.each<[string, string, object, number]>([
  ['an id with a blank', CREATE, { ...group, GroupId: 'a b' }, 10015],
  ['an id of 49 characters', CREATE, { ...group, GroupId: 'x'.repeat(49) }, 10015],
  ['a group without a name', CREATE, { GroupId: 'n', Type: 'AVChatRoom' }, 10004],
  [
    'a notice that is no text',
    'group_open_http_svc/send_group_system_notification',
    { GroupId: 'g', Content: {} },
    10004,
  ],
  [
    'a notice too long',
    'group_open_http_svc/send_group_system_notification',
    { GroupId: 'g', Content: 'x'.repeat(13_000) },
    80002,
  ],
  [
    'a text element',
    'group_open_http_svc/send_group_msg',
    { GroupId: 'g', MsgBody: [{ MsgType: 'TIMTextElem' }] },
    90001,
  ],
  ['no element', 'openim/sendmsg', { To_Account: 'alice', MsgBody: [] }, 90001],
  ['an element that is null', 'openim/sendmsg', { To_Account: 'alice', MsgBody: [null] }, 90001],
  ['nobody to send to', 'openim/sendmsg', { MsgBody: [] }, 10004],
  ['a list', CREATE, [], 60003],
  ['a mute of nobody', FORBID, { GroupId: 'g', Members_Account: [], MuteTime: 1 }, 10004],
  ['a mute of no list', FORBID, { GroupId: 'g', Members_Account: 'alice', MuteTime: 1 }, 10004],
  ['a mute of a number', FORBID, { GroupId: 'g', Members_Account: [7], MuteTime: 1 }, 10004],
  ['a mute of an empty name', FORBID, { GroupId: 'g', Members_Account: [''], MuteTime: 1 }, 10004],
  ['a mute of 501', FORBID, { GroupId: 'g', Members_Account: Array(501).fill('u'), MuteTime: 1 }, 10005],
  ['a mute without a time', FORBID, { GroupId: 'g', Members_Account: ['u'] }, 10004],
  ['a mute for less than nothing', FORBID, { GroupId: 'g', Members_Account: ['u'], MuteTime: -1 }, 10004],
  ['a mute in text', FORBID, { GroupId: 'g', Members_Account: ['u'], MuteTime: '1' }, 10004],
  ['a mute of 33 bits', FORBID, { GroupId: 'g', Members_Account: ['u'], MuteTime: 2 ** 32 }, 10004],
  ['all muted a little', 'group_open_http_svc/modify_group_base_info', { GroupId: 'g', ShutUpAllMember: 'Yes' }, 10004],
])('%s is refused', async (_, command, body, code) => {
  expect(await server.rest(command, body)).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code })
})

/** A request as raw as needed. */
function send(method: string, body: string): Promise<{ status: number; answer: { ErrorCode: number } }> {
  const query = new URLSearchParams({
    sdkappid: String(SDK_APP_ID),
    identifier: 'administrator',
    usersig: userSig('administrator'),
    random: '1',
    contenttype: 'json',
  })
  return new Promise((resolve, reject) => {
    const path = `/im/v4/${CREATE}?${query}`
    const call = request({ host: '127.0.0.1', port: server.port, method, path }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, answer: JSON.parse(text) }))
    })
    call.on('error', reject)
    call.end(body)
  })
}

test.each([
  ['no JSON', 'POST', '{', 60003],
  ['an empty body', 'POST', '', 60003],
  ['1 MB', 'POST', JSON.stringify({ ...group, Name: 'x'.repeat(1_000_000) }), 80002],
  ['GET', 'GET', '', 60002],
])('%s: HTTP 200 with an error code, as Tencent answers', async (_, method, body, code) => {
  const { status, answer } = await send(method, body)
  expect(status).toBe(200)
  expect(answer.ErrorCode).toBe(code)
})

test('other paths are left to others', async () => {
  const response = await fetch(`http://127.0.0.1:${server.port}/im/v5/x`)
  expect(response.status).toBe(404)
})
