import type { Entry } from '../../miniprogram/locales/dictionary'
import { type Args, fill, type Key, type Locale, text } from '../../miniprogram/locales/index'
import { en } from './en'
import { zhCN } from './zh-CN'

export type DeskKey = keyof typeof zhCN
type Names<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | Names<Rest> : never
type DeskArgs<K extends DeskKey> = [Names<(typeof zhCN)[K]>] extends [never]
  ? []
  : [params: { [P in Names<(typeof zhCN)[K]>]: string | number }]

const OWN: Record<Locale, Readonly<Record<DeskKey, Entry>>> = { 'zh-CN': zhCN, en }

/** All that a page can say in one language: the words of the mini program (`t`), and those of the desk (`d`). */
export interface Words {
  readonly lang: Locale
  t<K extends Key>(key: K, ...args: Args<K>): string
  d<K extends DeskKey>(key: K, ...args: DeskArgs<K>): string
}

export const wordsIn = (lang: Locale): Words => ({
  lang,
  t: (key, ...args) => text(lang, key, ...args),
  d: (key, ...args) => fill(OWN[lang][key], args[0] ?? {}),
})
