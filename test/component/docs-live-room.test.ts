import { readFileSync } from 'node:fs'
import { METHODS, PROPERTIES, TAGS } from '../../miniprogram/components/live-room/compat/table'
import { props } from '../../miniprogram/components/live-room/props'
import { LIVE_ROOM_DOCS, liveRoomDoc } from '../../scripts/docs-live-room'

describe.each(['en', 'zh'] as const)('the documents of the component, %s', (language) => {
  const doc = readFileSync(LIVE_ROOM_DOCS[language], 'utf8')

  test('M101, M145: are what the source says now (else: npm run docs)', () => {
    expect(doc).toBe(liveRoomDoc(language))
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
  })
})
