import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as showNames from '../../miniprogram/components/live-room/compat/table'
import { props as showProps } from '../../miniprogram/components/live-room/props'
import * as callNames from '../../miniprogram/components/rtc-room/compat/table'
import { props as callProps } from '../../miniprogram/components/rtc-room/props'
import { componentDoc, componentDocFile } from '../../scripts/docs-component'
import { MINIPROGRAM, sources } from './support/wxml'

const COMPONENTS = [
  { component: 'live-room', props: showProps, names: showNames },
  { component: 'rtc-room', props: callProps, names: callNames },
] as const
const DOCS = COMPONENTS.flatMap((each) => (['en', 'zh'] as const).map((language) => ({ ...each, language })))

describe.each(DOCS)('the documents of $component, $language', ({ component, language, props, names }) => {
  const doc = readFileSync(componentDocFile(component, language), 'utf8')
  const { PROPERTIES, METHODS, TAGS } = names

  test('M101, M145: are what the source says now (else: npm run docs)', () => {
    expect(doc).toBe(componentDoc(component, language))
  })

  test('name every property, and every name of the older API', () => {
    for (const name of Object.keys(props)) {
      expect(doc).toContain(`| \`${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}\` |`)
    }
    for (const name of Object.keys(PROPERTIES)) expect(doc).toContain(`| \`${name}\` |`)
    for (const name of Object.keys(METHODS)) expect(doc).toContain(`| \`${name}()\` |`)
    for (const tag of Object.values(TAGS).flatMap(({ tags }) => [...tags])) expect(doc).toContain(`\`${tag}\``)
  })

  test('leave no cell of a table without words', () => {
    const empty = doc.split('\n').filter((line) => /^\|.*\|\s*\|$/.test(line) && !/^\| (older|旧)/.test(line))
    expect(empty.filter((line) => !line.includes('---'))).toEqual([])
    expect(doc).not.toContain('| `` |')
  })

  test('M147: name every class, generic, slot and variable that a page can use, and none that nothing uses', () => {
    const styles = sources('.wxss').map((file) => readFileSync(file, 'utf8'))
    const all = (pattern: RegExp, texts: readonly string[]) =>
      new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((found) => found[1] ?? '')))
    // What only our own styles tell one another is not for others.
    const told = all(/[{;]\s*(--live-[\w-]+):/g, styles)
    for (const name of all(
      /^ {2}(--live-[\w-]+):/gm,
      styles.filter((text) => /^page \{/m.test(text)),
    ))
      told.delete(name)
    const used = [...all(/var\((--live-[\w-]+)/g, styles)].filter((name) => !told.has(name))
    // One document lists them for both.
    if (component === 'live-room') expect([...all(/\| `(--live-[\w-]+)` \|/g, [doc])].sort()).toEqual(used.sort())

    const room = (extension: string) =>
      readFileSync(path.join(MINIPROGRAM, `components/${component}/${component}.${extension}`), 'utf8')
    const template = room('wxml')
    const { componentGenerics } = JSON.parse(room('json')) as { componentGenerics: object }
    for (const name of all(/'([a-z]+-class)'/g, [room('ts')])) {
      expect(template).toMatch(new RegExp(`class="[^"]*\\b${name}\\b`))
      expect(doc).toContain(`| \`${name}\` |`)
    }
    for (const name of all(/<slot[^>]* name="(\w+)"/g, [template])) expect(doc).toContain(`| \`${name}\` |`)
    for (const name of Object.keys(componentGenerics)) expect(doc).toContain(`| \`generic:${name}\` |`)
  })
})
