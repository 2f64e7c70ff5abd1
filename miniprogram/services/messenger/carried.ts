import { bytesOf } from '../../protocol/limits'
import { CHAT_DATA_MAX } from '../../protocol/local-chat'
import { MessengerError } from './port'

/** The JSON text of a message; JSON has no `undefined`. Throws `too-long` for what no service of ours would carry. */
export function carried(data: unknown): string {
  const text = JSON.stringify(data) ?? 'null'
  if (bytesOf(text) > CHAT_DATA_MAX) throw new MessengerError('too-long', `more than ${CHAT_DATA_MAX} bytes`)
  return text
}
