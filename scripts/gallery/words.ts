import type { Key } from '../../miniprogram/locales/dictionary'
import { en } from '../../miniprogram/locales/en'
import { zhCN } from '../../miniprogram/locales/zh-CN'

/** The languages of the mini program; its own name for them needs `wx`. */
export type Language = 'zh-CN' | 'en'

const literally = (words: string): string =>
  words
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')

/** What is read on a screen for `key`, whatever its parameters. */
export function pattern(lang: Language, key: Key): RegExp {
  const entry: string | { one: string; other: string } = (lang === 'en' ? en : zhCN)[key]
  const forms = typeof entry === 'string' ? [entry] : [entry.one, entry.other]
  return new RegExp(`^(?:${forms.map(literally).join('|')})$`)
}
