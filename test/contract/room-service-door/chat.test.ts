import { createHash } from 'node:crypto'
import { CHAT_REFUSALS, type ChatRefusal } from '../../../miniprogram/protocol/order'
import { eventually } from '../../support/eventually'
import { type House, openHouse } from './house'

const TOKEN = 'im-callback-token-1'
const BEFORE = 'Group.CallbackBeforeSendMsg'
const AFTER = 'Group.CallbackAfterSendMsg'

jest.setTimeout(60_000)

let house: House
let roomId: string
let viewerId: string
beforeAll(async () => {
  house = await openHouse({ IM_CALLBACK_TOKEN: TOKEN, TEXT_CHECK: 'words', TEXT_WORDS: 'forbidden-word' })
  const { result } = await house.callRoom({ action: 'create', title: 'A', cover: 'jade', requestId: '1' }, 'alice')
  roomId = result.room.roomId
  const viewer = await house.terminal('viewer')
  await viewer.ok('add_audience', { roomID: roomId, userID: 'viewer', userInfo: '' })
  viewerId = (await house.callRoom({ action: 'members', roomId }, 'alice')).result.members[0].userId
})
afterAll(() => house.close())

const text = (words: string) => ({ MsgType: 'TIMTextElem', MsgContent: { Text: words } })
const custom = (data: unknown, Ext?: string) => ({
  MsgType: 'TIMCustomElem',
  MsgContent: { Data: JSON.stringify(data), Desc: '', ...(Ext === undefined ? {} : { Ext }) },
})
const chat = (words: string) => [custom({ cmd: 'CustomTextMsg', data: { nickName: 'V', headPic: 'A' } }), text(words)]

let seq = 0
async function tell(MsgBody: object[], { from = 'viewer', command = BEFORE } = {}) {
  const at = Math.floor(Date.now() / 1000)
  const query = new URLSearchParams({
    SdkAppid: '1400000000',
    CallbackCommand: command,
    RequestTime: String(at),
    Sign: createHash('sha256').update(`${TOKEN}${at}`).digest('hex'),
  })
  const body = { GroupId: roomId, From_Account: from, MsgBody, MsgSeq: ++seq, MsgTime: at }
  const response = await house.post(`/http/im-callback?${query}`, JSON.stringify(body))
  expect(response.status).toBe(200)
  return (await response.json()) as { ErrorCode: number; MsgBody?: unknown }
}
const refused = (why: ChatRefusal) => expect.objectContaining({ ErrorCode: CHAT_REFUSALS[why], ErrorInfo: why })

test.each([
  ['chat in two elements', chat('hello')],
  ['chat without the custom element', [text('hello')]],
  [
    'chat in pieces, with a face',
    [...chat('hello '), { MsgType: 'TIMFaceElem', MsgContent: { Index: 1 } }, text('you')],
  ],
  [
    'a custom command',
    [custom({ cmd: 'CustomCmdMsg', data: { userName: 'V', userAvatar: 'A', cmd: '1', msg: 'hi' } })],
  ],
  ['the hint that other people push', [custom({ cmd: 'notifyPusherChange', data: { userID: 'viewer' } })]],
])('%s passes as it came', async (_what, body) => {
  const answer = await tell(body)
  expect([answer.ErrorCode, answer.MsgBody]).toEqual([0, undefined])
})

test('the same rules hold for terminals: words, length, mutes; and nothing from an account that is nobody here', async () => {
  expect(await tell(chat('a forbidden-word'))).toEqual(refused('text-refused'))
  expect(await tell([text('a '), text('forbidden-word')])).toEqual(refused('text-refused'))
  expect(await tell(chat('x'.repeat(201)))).toEqual(refused('misshapen'))
  expect(await tell(chat('hello'), { from: 'nobody-here' })).toEqual(refused('misshapen'))
  await house.callRoom({ action: 'order.mute', roomId, userId: viewerId, seconds: 60 }, 'alice')
  // What was read a moment ago is believed for a second.
  await eventually(async () => (await tell(chat('hello'))).ErrorCode === CHAT_REFUSALS.muted)
})

test('M10, M20, M83: other messages are refused, whatever they claim', async () => {
  for (const body of [
    [custom({ type: 'room', room: { roomId } })],
    [custom({ cmd: '__proto__', data: {} })],
    [custom(null)],
    [custom('x'), custom('y')],
    [{ MsgType: 'TIMImageElem', MsgContent: {} }],
    [custom({ cmd: 'CustomCmdMsg', data: { msg: { toString: 'x' } } })],
    [],
  ]) {
    expect(await tell(body)).toEqual(refused('misshapen'))
  }
})

test('only who is on stage draws on the whiteboard', async () => {
  const stroke = [custom({ seq: 1, action: 'draw' }, 'TXWhiteBoardExt')]
  expect(await tell(stroke)).toEqual(refused('misshapen'))
  const anchor = await house.terminal('drawer')
  await anchor.getPushURL()
  const own = await anchor.createRoom('A board')
  const before = roomId
  roomId = own
  expect((await tell(stroke, { from: 'drawer' })).ErrorCode).toBe(0)
  roomId = before
})

test('what a terminal has said is among the last lines, under the name that it has here', async () => {
  await tell(chat('for newcomers'), { command: AFTER })
  const { lines } = (await house.callRoom({ action: 'history', roomId }, 'alice')).result
  expect(lines).toMatchObject([{ userId: viewerId, name: 'V', text: 'for newcomers' }])
})
