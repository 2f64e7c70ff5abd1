import { type Locale, text } from '../../locales/index'
import type { ChatLine } from '../../stores/room/chat'
import { isAboutSomebody } from '../../stores/room/chat/lines'
import type { BarrageLine } from './ring'

const ofRoom = (id: string, words: string): BarrageLine => ({ id, name: '', text: words, mine: false })

/** A line as its reader sees it. */
export function wordsOf(lang: Locale, line: ChatLine): BarrageLine {
  const named = (name = '') => name || text(lang, 'person.unnamed')
  if (line.kind === 'notice') return ofRoom(line.id, text(lang, 'line.notice', { text: line.text }))
  if (line.kind === 'system') {
    const { id, event, count: n = 0 } = line
    if (event === 'joined' && n > 0) return ofRoom(id, text(lang, 'line.joinedWith', { name: named(line.name), n }))
    if (isAboutSomebody(event)) {
      return ofRoom(id, text(lang, `line.${event}`, { name: named(line.name) }))
    }
    return ofRoom(id, text(lang, `line.${event}`))
  }
  const { id, userId, mine, to, mention, failed } = line
  const answered = mention ? text(lang, 'line.toMe') : to ? text(lang, 'line.to', { name: named(to.name) }) : ''
  return {
    id,
    userId,
    name: named(line.name),
    text: line.text,
    mine,
    ...(answered ? { reply: answered } : {}),
    ...(mention ? { mention } : {}),
    ...(failed ? { failed } : {}),
  }
}
