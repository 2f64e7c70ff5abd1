import { messengerError } from '../../../../miniprogram/services/messenger/tim/errors'
import { readMessage } from '../../../../miniprogram/services/messenger/tim/read'

const ADMIN = 'administrator'
const read = (message: unknown) => readMessage(message, ADMIN)
const said = { type: 'TIMCustomElem', from: 'u1', conversationType: 'GROUP', conversationID: 'GROUProom', to: 'room' }
const notice = {
  type: 'TIMGroupSystemNoticeElem',
  from: ADMIN,
  conversationType: '@TIM#SYSTEM',
  conversationID: '@TIM#SYSTEM',
  to: 'u1',
}
const profile = { groupID: 'room', groupName: 'room', type: 'AVChatRoom' }

test('a member speaks in the group, or to one person', () => {
  expect(read({ ...said, payload: { data: '{"a":1}' } })).toEqual({
    kind: 'message',
    message: { from: 'u1', group: 'room', system: false, data: { a: 1 } },
  })
  const c2c = { ...said, conversationType: 'C2C', conversationID: 'C2Cu1', payload: { data: '1' } }
  expect(read(c2c)).toEqual({ kind: 'message', message: { from: 'u1', system: false, data: 1 } })
})

test.each([
  ['a message of the administrator', { ...said, from: ADMIN, payload: { data: '1' } }],
  [
    'a notice over the poll',
    {
      ...notice,
      conversationType: 'GROUP',
      conversationID: 'GROUProom',
      payload: { operationType: 255, userDefinedField: '1' },
    },
  ],
  [
    'a notice over the socket',
    { ...notice, payload: { operationType: 255, userDefinedField: '1', groupProfile: profile } },
  ],
  [
    'a notice in the name of the service',
    { ...notice, from: '@TIM#SYSTEM', payload: { operationType: 255, userDefinedField: '1', groupProfile: profile } },
  ],
])('the word of the server: %s', (_, message) => {
  expect(read(message)).toEqual({ kind: 'message', message: { from: '', group: 'room', system: true, data: 1 } })
})

test.each([
  ['a custom notice', { operationType: 255, userDefinedField: '{"type":"room"}', groupProfile: profile }],
  ['the end of the group', { operationType: 5, groupProfile: profile }],
])('a forged notice is no word of the server: %s', (_, payload) => {
  expect(read({ ...notice, from: 'u-mallory', payload })).toEqual({ kind: 'forged' })
})

test('a dissolved group is told by a notice', () => {
  expect(read({ ...notice, payload: { operationType: 5, groupProfile: profile } })).toEqual({
    kind: 'dissolved',
    group: 'room',
  })
})

test.each([
  ['nothing', undefined],
  ['a text', 'hello'],
  ['no sender', { ...said, from: undefined, payload: { data: '1' } }],
  ['data that is no JSON', { ...said, payload: { data: '{' } }],
  ['data that is no text', { ...said, payload: { data: 7 } }],
  ['no payload', { ...said, payload: null }],
  ['a group without a name', { ...said, conversationID: 7, to: undefined, payload: { data: '1' } }],
  ['a notice without a group', { ...notice, payload: { operationType: 255, userDefinedField: '1' } }],
  [
    'a notice that is no JSON',
    { ...notice, payload: { operationType: 255, userDefinedField: 'x', groupProfile: profile } },
  ],
])('unreadable and harmless: %s', (_, message) => {
  expect(read(message)).toEqual({ kind: 'unreadable' })
})

test('what Tencent says of its own accord is not ours', () => {
  expect(read({ ...said, type: 'TIMGroupTipElem', payload: { operationType: 1 } })).toEqual({ kind: 'other' })
  expect(read({ ...notice, payload: { operationType: 4, groupProfile: profile } })).toEqual({ kind: 'other' })
})

test.each([
  [10010, 'not-in-group'],
  [10015, 'not-in-group'],
  [2101, 'not-in-group'],
  [10016, 'refused'],
  [10017, 'muted'],
  [10023, 'rate-limited'],
  [10100, 'muted'],
  [10101, 'muted'],
  [10102, 'refused'],
  [10103, 'not-in-group'],
  [10104, 'rate-limited'],
  [10105, 'refused'],
  [10106, 'refused'],
  [10107, 'refused'],
  [80002, 'too-long'],
  [70001, 'unauthenticated'],
  [70009, 'unauthenticated'],
  [20002, 'unauthenticated'],
  [2801, 'timeout'],
  [12345, 'offline'],
  [undefined, 'offline'],
])('code %s of the service is %s', (code, meaning) => {
  expect(messengerError('a message', { code })).toMatchObject({ name: 'MessengerError', code: meaning })
})
