import fs from 'node:fs'
import path from 'node:path'
import { find, mount, tap } from '../support/glass-easel'
import { newStage, provideFakeRoom, ROOM } from './support/fake-room'
import { place } from './support/stage'
import { MINIPROGRAM, sources } from './support/wxml'

const fixture = path.resolve(__dirname, '../fixtures/custom-room')
const read = (file: string) => fs.readFileSync(path.join(fixture, file), 'utf8')
const drawn = () => new Promise((resolve) => setTimeout(resolve, 20))

/** The page of the fixture with a room that has two people on stage. */
async function show() {
  const stage = newStage()
  const { usingComponents } = JSON.parse(read('pages/show/show.json'))
  const definition = {
    data: { roomId: 'r1', template: 'grid' },
    // read while the app is loaded, so that its components find this kit
    get behaviors() {
      provideFakeRoom(stage)
      return []
    },
  }
  const beside = { 'components/name-plate/name-plate': path.join(fixture, 'components/name-plate/name-plate') }
  const part = mount({ wxml: read('pages/show/show.wxml'), definition, usingComponents }, {}, { beside })
  await part.ready
  stage.act(() => {
    stage.room.room = ROOM
    stage.room.phase = 'on-air'
  })
  stage.room.stage.cast({ places: [place('anchor'), place('seat-1', { micOff: true })], tiles: [] })
  await drawn()
  return { part, stage, words: () => part.element.textContent ?? '' }
}

test('a page draws around every person what it likes, and hears of the taps', async () => {
  const { part, words } = await show()
  expect(words()).toContain('anchor: Eve')
  expect(words()).toContain('seat-1: Guest 1 (quiet)')
  expect(words()).not.toContain('Getting ready')
  tap(find(part.element, '.plate'))
  await drawn()
  const host = find(part.element, 'live-room') as unknown as { __wxElement: { data: { sheet: string } } }
  expect(host.__wxElement.data.sheet).toBe('person')
  expect(find(part.element, '.mine').classList.contains('room')).toBe(true)
  expect(part.phone.problems).toEqual([])
})

test('every slot of a viewer’s room is filled in its place, and none of the anchor’s', async () => {
  const { part, words } = await show()
  const within = (outer: string, inner: string) => find(part.element, outer).querySelector(inner) !== null
  expect([within('.head', '.own-header'), within('.head', '.own-back')]).toEqual([true, true])
  expect([within('.talk', '.own-footer'), within('.dock', '.own-button'), within('.low', '.own-button')]).toEqual([
    true,
    true,
    true,
  ])
  for (const name of ['.own-mark', '.own-audience', '.own-rest']) expect(within('.room', name)).toBe(true)
  expect(words()).not.toContain('caster')
})

test('on the engine of the preview, too, another template moves the tags and makes none anew (P53)', async () => {
  const { part, stage } = await show()
  const playback = stage.room.playback
  stage.act(() => Object.assign(playback, { active: true, src: 'http://x/1.flv', quality: 'good' }))
  const tile = (key: string, slot: string) => ({ key, slot, leaving: false, media: { kind: 'picture', playback } })
  stage.room.stage.cast({ tiles: [tile('a', 'anchor'), tile('b', 'seat-1')] })
  await drawn()
  const tags = () => [...part.element.querySelectorAll('wx-live-player')]
  const nodes = tags()
  expect(nodes).toHaveLength(2)
  const places = new Set<string>()
  for (const template of ['float', 'vertical1v3', '1v3', 'pk', '2v2', 'grid']) {
    ;(part.instance as unknown as { setData(data: object): void }).setData({ template })
    await drawn()
    expect(tags()).toEqual(nodes)
    places.add(nodes.map((node) => node.closest('[style]')?.getAttribute('style')).join())
  }
  expect(places.size).toBe(6)
})

test('every variable that the list names is used, and every one that is used is in the list', () => {
  const css = sources('.wxss').map((file) => fs.readFileSync(file, 'utf8'))
  const tokens = fs.readFileSync(path.join(MINIPROGRAM, 'theme/tokens.wxss'), 'utf8')
  const all = [...css, fs.readFileSync(path.join(MINIPROGRAM, 'theme/stage.wxss'), 'utf8')].join('\n')
  // a component's own, set where it is used
  const inner = [...all.matchAll(/^\s+(--live-[\w-]+):/gm)].map((match) => match[1])
  const listed = [...tokens.matchAll(/^ \* {3}(--live-[\w-]+)/gm)].map((match) => match[1])
  const named = [...all.matchAll(/var\((--live-[\w-]+)/g)].map((match) => match[1])
  const used = [...new Set(named)].filter((name) => listed.includes(name) || !inner.includes(name))
  expect(listed.length).toBeGreaterThan(15)
  expect([...new Set(listed)].sort()).toEqual(used.sort())
})
