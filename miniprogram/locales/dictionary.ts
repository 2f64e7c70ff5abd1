import type { zhCN } from './zh-CN'

export type Key = keyof typeof zhCN
/** A text, or its two forms when it counts `n` things. */
export type Entry = string | { one: string; other: string }
/** Every language answers every key; a missing one does not compile. */
export type Dictionary = Readonly<Record<Key, Entry>>
/** One section of a language: every key of the Chinese one, and no other. */
export type Section<Zh> = Readonly<Record<keyof Zh, Entry>>

type Names<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | Names<Rest> : never
/** What a text wants filled in, read from its Chinese form: `t('home.evening', { name })`. */
export type Params<K extends Key> = { [P in Names<(typeof zhCN)[K]>]: string | number }
/** No second argument for a text without parameters. */
export type Args<K extends Key> = [Names<(typeof zhCN)[K]>] extends [never] ? [] : [params: Params<K>]
