import { reachAccounts } from '../../../../cloudfunctions/core/room-service/reach'
import type { AccountDoc } from '../../../../cloudfunctions/core/room-service/store'
import type { PersonalMessage } from '../../../../miniprogram/protocol/messages'
import { createVendors } from '../../../contract/room-service/vendors'

const NOW = 1_700_000_000_000
const roomId = `r${'0'.repeat(24)}`
const OLD: AccountDoc = { _id: 'u-old', account: 'old_user', name: '', avatar: '', info: '', at: 0 }

function open() {
  const asked: string[] = []
  const vendors = createVendors()
  const accounts = async (userIds: readonly string[]) => {
    asked.push(...userIds)
    return [OLD].filter(({ _id }) => userIds.includes(_id))
  }
  return { asked, vendors, chat: reachAccounts(vendors.chat, { accounts }, () => NOW) }
}

const link = { linkId: 'l', kind: 'invite', user: { userId: 'u-old', name: '' }, expiresInMs: 1 } as const

test.each<[PersonalMessage, object | null]>([
  [
    { type: 'link-answer', roomId, linkId: 'l', answer: 'accepted', seat: 1 },
    { type: 'response', result: 'accept', roomID: roomId, message: '', reason: '', timestamp: NOW },
  ],
  [
    { type: 'link-answer', roomId, linkId: 'l', answer: 'rejected', reason: 'later' },
    { type: 'response', result: 'reject', roomID: roomId, message: 'later', reason: 'later', timestamp: NOW },
  ],
  [
    { type: 'seat', roomId, what: 'kicked' },
    { type: 'kickout', roomID: roomId, timestamp: NOW },
  ],
  [
    { type: 'order', roomId, what: 'banned' },
    { type: 'kickout', roomID: roomId, timestamp: NOW },
  ],
  [{ type: 'order', roomId, what: 'muted', seconds: 60 }, null],
  [{ type: 'seat', roomId, what: 'quieted' }, null],
  [{ type: 'link', roomId, link }, null],
])('%j is told to a terminal in its own words', async (message, data) => {
  const { chat, vendors } = open()
  await chat.tell('u-old', message)
  expect(vendors.wordsTo).toEqual(data === null ? [] : [{ account: 'old_user', word: { cmd: 'linkmic', data } }])
  expect(vendors.told).toEqual([])
})

test('everybody else hears what he always heard; who has an account is asked once', async () => {
  const { asked, chat, vendors } = open()
  const message = { type: 'seat', roomId, what: 'kicked' } as const
  for (const userId of ['u-new', 'u-old', 'u-new', 'u-old']) await chat.tell(userId, message)
  expect(vendors.told).toEqual([1, 2].map(() => ({ userId: 'u-new', message })))
  expect(asked).toEqual(['u-new', 'u-old'])
})

test('a mute reaches the account, not an id that the chat service has never heard', async () => {
  const { chat, vendors } = open()
  await chat.mute(roomId, ['u-old', 'u-new'], 60)
  expect([...vendors.muted.keys()]).toEqual([`${roomId} old_user`, `${roomId} u-new`])
})
