import { CHAT_REFUSALS } from '../../../protocol/order'
import { MessengerError } from '../port'

type Code = MessengerError['code']

/** Error codes of the Chat product (documents 269/1671 and 1047/34348), the SDK's own (2xxx), and of our callback. */
const CODES = new Map<unknown, Code>([
  [2024, 'offline'], // not logged in (any more)
  [2101, 'not-in-group'], // the SDK has not joined it
  [2800, 'offline'],
  [2801, 'timeout'],
  [9508, 'timeout'],
  [10007, 'not-in-group'],
  [10010, 'not-in-group'], // does not exist, or was dissolved
  [10015, 'not-in-group'], // no id of a group
  [10016, 'refused'], // by a callback without a code of its own
  [10017, 'muted'],
  [10023, 'rate-limited'],
  [20007, 'refused'], // on the black list of the other one
  [20012, 'muted'],
  [80001, 'refused'], // words
  [80002, 'too-long'],
  [80004, 'refused'], // pictures
  [CHAT_REFUSALS.muted, 'muted'],
  [CHAT_REFUSALS['muted-all'], 'muted'],
  [CHAT_REFUSALS.banned, 'refused'],
  [CHAT_REFUSALS['room-closed'], 'not-in-group'],
  [CHAT_REFUSALS['rate-limited'], 'rate-limited'],
  [CHAT_REFUSALS['text-refused'], 'refused'],
  [CHAT_REFUSALS.misshapen, 'refused'],
  [CHAT_REFUSALS.unavailable, 'refused'],
])

/** Everything about a UserSig lies between these; none of it gets better by trying again. */
const USER_SIG = { from: 70001, to: 70052 }
/** "The login is over", of a request. */
const LOGIN_OVER = 20002

/** What the SDK threw, as an error of the port. An unknown code is `offline`: worth another try. */
export function messengerError(what: string, thrown: unknown): MessengerError {
  if (thrown instanceof MessengerError) return thrown
  const { code } = (thrown ?? {}) as { code?: unknown }
  return new MessengerError(meaning(code), `${what} was refused with ${String(code)}`)
}

function meaning(code: unknown): Code {
  if (typeof code === 'number' && ((code >= USER_SIG.from && code <= USER_SIG.to) || code === LOGIN_OVER)) {
    return 'unauthenticated'
  }
  return CODES.get(code) ?? 'offline'
}
