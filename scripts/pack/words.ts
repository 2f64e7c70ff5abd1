import type { Plugin } from 'esbuild'
import type { Dictionary, Entry, Key } from '../../miniprogram/locales/dictionary'
import { en } from '../../miniprogram/locales/en'
import { zhCN } from '../../miniprogram/locales/zh-CN'

/** The modules that hold a language: `/locales/<tag>.ts`, and the name that each exports. */
const LANGUAGES: Readonly<Record<string, { name: string; entries: Dictionary }>> = {
  'zh-CN': { name: 'zhCN', entries: zhCN },
  en: { name: 'en', entries: en },
}
/** Between texts, and between the forms of one text. No text has them. */
const NEXT = '|'
const FORM = '~'

/**
 * The texts that `code` can ask for: it names the key, or the beginning of it, as the head of a template
 * (`fault.${code}.title`). `code` is minified, without the texts themselves.
 */
export function wordsIn(code: string): Key[] {
  const heads = [...code.matchAll(/`([\w-]+\.[\w.-]*)\$\{/g)].map(([, head = '']) => head)
  return (Object.keys(zhCN) as Key[]).filter(
    (key) => code.includes(`"${key}"`) || heads.some((head) => key.startsWith(head)),
  )
}

function packedEntry(entry: Entry): string {
  const forms = typeof entry === 'string' ? [entry] : [entry.one, entry.other]
  if (forms.join('').match(/[|~]/)) throw new Error(`a text contains ${NEXT} or ${FORM}: ${forms}`)
  return forms.join(FORM)
}

const packed = (entries: Dictionary, keys: readonly Key[]): string =>
  JSON.stringify(keys.map((key) => packedEntry(entries[key])).join(NEXT))

/** Names the texts of a language, the same keys for each. */
const NAMED = (keys: readonly Key[]): string => `
const keys = ${JSON.stringify(keys.join(NEXT))}.split('${NEXT}')
export function named(texts) {
  const entries = {}
  texts.split('${NEXT}').forEach((text, i) => {
    const [one, other] = text.split('${FORM}')
    entries[keys[i]] = other === undefined ? one : { one, other }
  })
  return entries
}`

/** Every language as a list of texts beside one list of keys, instead of a list of both for each. */
export const packedWords = (keys: readonly Key[]): Plugin => ({
  name: 'packed-words',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^named-words$/ }, () => ({ path: 'named-words', namespace: 'words' }))
    onLoad({ filter: /.*/, namespace: 'words' }, () => ({ contents: NAMED(keys) }))
    onLoad({ filter: /[\\/]locales[\\/](zh-CN|en)\.ts$/ }, ({ path }) => {
      const { name, entries } = LANGUAGES[/([\w-]+)\.ts$/.exec(path)?.[1] ?? ''] ?? {}
      if (!name || !entries) return null
      return { contents: `import { named } from 'named-words'\nexport const ${name} = named(${packed(entries, keys)})` }
    })
  },
})
