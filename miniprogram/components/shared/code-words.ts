import { type Locale, text } from '../../locales/index'
import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS } from '../../stores/media/codes'

const TABLES = { push: PUSHER_CODES, 'push-error': PUSHER_ERRORS, play: PLAYER_CODES } as const

/** Where a code comes from: `bindstatechange` of the pusher, its `binderror`, `bindstatechange` of the player. */
export type CodeKind = keyof typeof TABLES

/** A code in the user's words; of one that is not known, that it is not. */
export function wordsOfCode(lang: Locale, kind: CodeKind, code: number): string {
  return text(lang, `code.${TABLES[kind].get(code)?.meaning ?? 'unnamed'}`)
}
