import type { PersonalMessage } from '../../../miniprogram/protocol/messages'
import type { Chat } from '../ports'
import type { RoomServiceStore } from './store'

/** What terminals of the old protocol hear from person to person about the stage; `timestamp` in ms, or they drop it. */
export interface OldWord {
  cmd: 'linkmic'
  data:
    | {
        type: 'response'
        result: 'accept' | 'reject'
        roomID: string
        message: string
        reason: string
        timestamp: number
      }
    | { type: 'kickout'; roomID: string; timestamp: number }
}

/** People whose account is remembered; of more the first ones are asked for again. */
const KNOWN_MAX = 10_000

/** In the old words, or null where there are none for it. */
function inOldWords(message: PersonalMessage, timestamp: number): OldWord | null {
  const { roomId: roomID } = message
  if (message.type === 'link-answer' && (message.answer === 'accepted' || message.answer === 'rejected')) {
    const { reason = '' } = message
    const result = message.answer === 'accepted' ? 'accept' : 'reject'
    return { cmd: 'linkmic', data: { type: 'response', result, roomID, message: reason, reason, timestamp } }
  }
  const gone =
    (message.type === 'seat' && message.what === 'kicked') || (message.type === 'order' && message.what !== 'muted')
  return gone ? { cmd: 'linkmic', data: { type: 'kickout', roomID, timestamp } } : null
}

/**
 * The chat service, which knows people of the old protocol by their accounts. Who has an account is asked once: it is there
 * before anybody can name the person, and never changes.
 */
export function reachAccounts(chat: Chat, store: Pick<RoomServiceStore, 'accounts'>, now: () => number): Chat {
  const known = new Map<string, string>()
  const accountOf = async (userId: string): Promise<string> => {
    const before = known.get(userId)
    if (before !== undefined) return before
    const account = (await store.accounts([userId]))[0]?.account ?? userId
    if (known.size >= KNOWN_MAX) known.delete(known.keys().next().value ?? '')
    known.set(userId, account)
    return account
  }
  return {
    ...chat,
    async tell(userId, message) {
      const account = await accountOf(userId)
      if (account === userId) return chat.tell(userId, message)
      const word = inOldWords(message, now())
      if (word) await chat.tellOld(account, word)
    },
    mute: async (roomId, userIds, seconds) => chat.mute(roomId, await Promise.all(userIds.map(accountOf)), seconds),
  }
}
