import { LIMITS } from '../../../protocol/limits'
import type { HistoryLine } from '../../../protocol/order'
import { plainText } from '../plain-text'
import { fieldsOf, isCount, isText } from '../shapes'

/** The last lines of a room, oldest first; what has not the agreed shape is left out (M83). */
export function readHistory(answer: unknown): HistoryLine[] {
  const lines = fieldsOf(answer)?.lines
  if (!Array.isArray(lines)) return []
  return lines.slice(-LIMITS.historyMax).flatMap((value: unknown) => {
    const line = fieldsOf(value)
    if (!line || !isText(line.userId) || !isText(line.name) || !isText(line.text) || !isCount(line.at)) return []
    const text = plainText(line.text, LIMITS.barrageMax)
    return text === '' ? [] : [{ userId: line.userId, name: plainText(line.name, LIMITS.nameMax), text, at: line.at }]
  })
}
