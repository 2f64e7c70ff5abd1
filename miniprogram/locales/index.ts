import type { Args, Dictionary, Entry, Key } from './dictionary'
import { en } from './en'
import { zhCN } from './zh-CN'

export type { Args, Key } from './dictionary'

const DICTIONARIES = { 'zh-CN': zhCN, en } as const satisfies Record<string, Dictionary>
export type Locale = keyof typeof DICTIONARIES

/** The language for a tag such as `zh_CN`, `zh-Hans`, `en-US`. Anything that is not Chinese reads English. */
export const resolveLocale = (tag: string): Locale => (/^zh/i.test(tag) ? 'zh-CN' : 'en')

/** The language of `tag`, or of the phone when there is none. */
export const localeOf = (tag?: string): Locale => resolveLocale(tag || wx.getAppBaseInfo().language)

/** A text, its parameters filled in. They are inserted as they are and never read as templates. */
export const fill = (entry: Entry, params: Record<string, string | number>): string =>
  formOf(entry, params).replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))

const formOf = (entry: Entry, params: Record<string, string | number>): string =>
  typeof entry === 'string' ? entry : Number(params.n) === 1 ? entry.one : entry.other

/** The text of `key` for its parameters. */
export function text<K extends Key>(locale: Locale, key: K, ...args: Args<K>): string {
  return fill(DICTIONARIES[locale][key], args[0] ?? {})
}

/** A picture of several plain texts, for a template: `pick('en', ['common.save'])['common.save']`. */
export function pick<K extends Key>(locale: Locale, keys: readonly K[]): Record<K, string> {
  const dictionary: Dictionary = DICTIONARIES[locale]
  const texts = {} as Record<K, string>
  for (const key of keys) texts[key] = formOf(dictionary[key], {})
  return texts
}
