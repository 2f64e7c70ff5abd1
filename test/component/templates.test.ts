import fs from 'node:fs'
import path from 'node:path'
import { allTags, MINIPROGRAM, placeOf, sources, type Tag } from './support/wxml'

const tags = allTags()
const where = (broken: (tag: Tag) => boolean) => tags.filter(broken).map(placeOf)
const MEDIA = ['live-pusher', 'live-player']
/** Areas that only stop or receive a touch of something that has a label elsewhere. */
const UNLABELLED = ['veil', 'sheet', 'dialog', 'touch']
const classOf = (tag: Tag) => (tag.attributes.get('class') ?? '').split(' ')[0] ?? ''
const tappable = (tag: Tag) =>
  (tag.attributes.has('bindtap') || tag.attributes.has('catchtap') || tag.name === 'button') &&
  !UNLABELLED.includes(classOf(tag))

test('the templates are read at all', () => {
  expect(tags.length).toBeGreaterThan(150)
  expect(tags.filter(tappable).length).toBeGreaterThan(20)
})

test('every control has a label, a role and a pressed look (M117)', () => {
  expect(where((tag) => tappable(tag) && !tag.attributes.get('aria-label'))).toEqual([])
  expect(where((tag) => tappable(tag) && tag.name !== 'button' && !tag.attributes.get('aria-role'))).toEqual([])
  // a cover-view has no pressed look on any phone
  const still = (tag: Tag) => tappable(tag) && !tag.attributes.get('hover-class') && tag.name !== 'cover-view'
  expect(where(still)).toEqual([])
})

test('what is wrong is said at once, and nothing lies behind a panel that is to be answered', () => {
  const role = (tag: Tag) => tag.attributes.get('aria-role') ?? ''
  const alerts = tags.filter((tag) => /^alert$/.test(role(tag)))
  expect(alerts.length).toBeGreaterThan(10)
  expect(alerts.filter((tag) => tag.attributes.get('aria-live') !== 'assertive').map(placeOf)).toEqual([])
  const veils = tags.filter((tag) => classOf(tag) === 'veil').map((tag) => tag.file)
  const modal = tags.filter((tag) => tag.attributes.has('aria-modal')).map((tag) => tag.file)
  expect(veils.filter((file) => !modal.includes(file))).toEqual([])
})

test('every field has a label, and the keyboard does not push the page', () => {
  const fields = tags.filter((tag) => ['input', 'textarea'].includes(tag.name))
  expect(fields.map((tag) => tag.attributes.get('adjust-position'))).toEqual(fields.map(() => '{{false}}'))
  expect(fields.filter((tag) => !tag.attributes.get('aria-label')).map(placeOf)).toEqual([])
})

test('no user text stands in a template (M119, P111)', () => {
  const wordy = (text: string) => /\p{L}/u.test(text.replace(/\{\{[^}]*\}\}/g, ''))
  expect(where((tag) => wordy(tag.text))).toEqual([])
  for (const name of ['aria-label', 'placeholder', 'heading', 'advice', 'title']) {
    expect(where((tag) => wordy(tag.attributes.get(name) ?? ''))).toEqual([])
  }
})

test('native media events are written without a colon and never caught (P51)', () => {
  const wrong = /^(bind:|catch|capture-|mut-bind)/
  expect(
    where((tag) => MEDIA.includes(tag.name) && [...tag.attributes.keys()].some((name) => wrong.test(name))),
  ).toEqual([])
})

test('boolean attributes are bound, not written as text (P41)', () => {
  const asText = (tag: Tag) =>
    [...tag.attributes].some(([name, value]) => !name.startsWith('aria-') && ['true', 'false'].includes(value))
  expect(where(asText)).toEqual([])
})

test('directives are spelt as WeChat reads them (M115, M116)', () => {
  expect(where((tag) => [...tag.attributes.keys()].some((name) => /^wx-|^on[a-z]|^styles$/.test(name)))).toEqual([])
  expect(where((tag) => (tag.attributes.get('wx:key') ?? '').includes('{{'))).toEqual([])
  expect(where((tag) => tag.attributes.has('wx:for') && !tag.attributes.get('wx:key'))).toEqual([])
})

test('every component that a template uses is declared, and every declared one is used', () => {
  for (const file of sources('.wxml')) {
    const json = JSON.parse(fs.readFileSync(file.replace(/wxml$/, 'json'), 'utf8')) as {
      usingComponents?: Record<string, string>
      componentGenerics?: Record<string, { default: string }>
    }
    const components: Record<string, string> = { ...json.usingComponents }
    for (const [name, generic] of Object.entries(json.componentGenerics ?? {})) components[name] = generic.default
    const declared = Object.keys(components)
    const here = path.relative(MINIPROGRAM, file)
    const mine = tags.filter((tag) => tag.file === here)
    const handedOn = ([name, value]: [string, string]) => (name.startsWith('generic:') ? [value] : [])
    const used = new Set(mine.flatMap(({ name, attributes }) => [name, ...[...attributes].flatMap(handedOn)]))
    expect({ here, unused: declared.filter((name) => !used.has(name)) }).toEqual({ here, unused: [] })
    for (const target of Object.values(components)) {
      expect(fs.existsSync(path.join(MINIPROGRAM, `${target}.wxml`))).toBe(true)
    }
  }
})

test('styles select classes, never ids, and move nothing above the picture (P52)', () => {
  for (const file of sources('.wxss')) {
    const css = fs.readFileSync(file, 'utf8').replace(/url\("[^"]*"\)/g, '')
    const selectors = [...css.matchAll(/([^{}]+)\{/g)].map((match) => match[1] ?? '')
    expect({ file, ids: selectors.filter((selector) => /#[a-z]/i.test(selector)) }).toEqual({ file, ids: [] })
  }
  const stage = fs.readFileSync(path.join(MINIPROGRAM, 'components/live-stage/live-stage.wxss'), 'utf8')
  for (const name of ['stage', 'box', 'tile']) {
    const rules = [...stage.matchAll(new RegExp(`\\.${name}\\b[^{]*\\{([^}]*)\\}`, 'g'))].map((match) => match[1])
    expect(rules.length).toBeGreaterThan(0)
    expect(rules.filter((body) => /transform|filter|animation/.test(body ?? ''))).toEqual([])
  }
})

test('all pictures are our own (M119)', () => {
  for (const file of [...sources('.wxml'), ...sources('.wxss'), ...sources('.ts')]) {
    const source = fs.readFileSync(file, 'utf8').replaceAll('http://www.w3.org/2000/svg', '')
    expect({ file, remote: source.match(/https?:\/\/\S+/g) }).toEqual({ file, remote: null })
  }
})
