import type { TextCheck } from '../core/ports'
import { createWordCheck, readWords } from './text-words'
import { createWxCheck, type WxOptions } from './text-wx'

/** How texts are checked. `wx`: by WeChat, after the list; `words`: by the list alone; `off`: not at all. */
export interface TextConfig extends WxOptions {
  check: 'wx' | 'words' | 'off'
  /** Separated by commas. */
  words: string
  /** A file with one word a line, or ''. */
  wordsFile: string
}

/**
 * The check that the operator chose. WeChat answers only about people whose OPENID is known: where the chat service
 * tells of a message it is not, and the list stands alone.
 */
export function createTextCheck(config: TextConfig): TextCheck {
  if (config.check === 'off') return { passes: async () => true }
  const inList = createWordCheck(readWords(config.words, config.wordsFile))
  if (config.check === 'words') return { passes: async (text) => inList(text) }
  const byWeChat = createWxCheck(config)
  return {
    passes: async (text, { openid, scene }) => inList(text) && (openid === null || byWeChat(text, openid, scene)),
  }
}
