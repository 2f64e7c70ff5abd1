import { type Key, localeOf, text } from '../../locales/index'

/** Texts of a part by short name; keys with parameters are filled in by the part itself. */
const translate = (tag: string, keys: Record<string, Key>): Record<string, string> => {
  const locale = localeOf(tag)
  const plain = text as (l: typeof locale, key: Key) => string
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, plain(locale, key)]))
}

/**
 * Gives a component the property `locale` (empty: the language of the phone) and the data field `t` with the texts
 * its template names: `texts({ send: 'chat.send' })` makes `{{t.send}}`.
 */
export const texts = (keys: Record<string, Key>) =>
  Behavior({
    properties: {
      locale: { type: String, value: '' },
    },
    data: { t: translate('', keys) },
    observers: {
      locale(tag: string) {
        this.setData({ t: translate(tag, keys) })
      },
    },
  })
