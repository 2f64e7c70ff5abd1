import fs from 'node:fs'
import path from 'node:path'
import { iconUrl } from '../../miniprogram/components/live-icon/paths'
import { mount, settled } from './support/simulate'
import { sources } from './support/wxml'

/** Names in a `name="…"` of an icon: a plain one, or those that an expression chooses from. */
const namesIn = (wxml: string): string[] =>
  [...wxml.matchAll(/<live-icon[^>]*?\sname="([^"]+)"/g)].flatMap(([, value = '']) =>
    value.startsWith('{{') ? [...value.matchAll(/[?:] '([\w-]+)'/g)].map(([, name = '']) => name) : [value],
  )

test('every icon that a template names is drawn', () => {
  const named = sources('.wxml').flatMap((file) =>
    namesIn(fs.readFileSync(file, 'utf8')).map((name) => [path.basename(file), name] as const),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter(([, name]) => iconUrl(name) === '')).toEqual([])
})

test('an icon changes with its name; an unknown one draws nothing', async () => {
  const icon = mount('live-icon', { name: 'mic' })
  await settled()
  const url = () => (icon.instance.data as { url: string }).url
  expect(decodeURIComponent(url())).toContain('<svg')
  const before = url()
  icon.set({ name: 'mic-off' })
  await settled()
  expect(url()).not.toBe(before)
  icon.set({ name: 'no-such-icon' })
  await settled()
  expect(url()).toBe('')
})
