import fs from 'node:fs'
import path from 'node:path'
import { CALL_TEMPLATES } from '../../miniprogram/components/live-stage/layouts/index'
import type { Slot } from '../../miniprogram/stores/room/stage/types'
import { mount, settled } from './support/simulate'
import { FRAME, inner, mountStage, place } from './support/stage'

const TAGS = 'wx-live-pusher, wx-live-player'
const LYING = { ...FRAME, width: 812, height: 375, insets: { ...FRAME.insets, top: 60, bottom: 84 } }
const WHOLE = 'left:0px;top:0px;width:375px;height:812px'

beforeAll(() => {
  const context = new Proxy({}, { get: () => (o?: { success?: () => void }) => o?.success?.() })
  Object.assign(wx, { createLivePusherContext: () => context, createLivePlayerContext: () => context })
})

const mountCall = (template: string) => mountStage({ props: { call: true, template } })
type Part = ReturnType<typeof mountStage>['part']

/** Where everybody is drawn, by slot. */
const boxes = (part: Part): Record<string, string> =>
  Object.fromEntries(part.instance.data.places.map(({ slot, style }: Record<string, string>) => [slot, style]))
const wholeOf = (part: Part) => Object.entries(boxes(part)).find(([, style]) => style === WHOLE)?.[0]
const rings = (part: Part) => part.all('[class$=talks]').filter((node) => !node.className.includes('chrome')).length
const touch = (slot: Slot, clientX: number, clientY: number, timeStamp: number) => ({
  currentTarget: { dataset: { slot } },
  touches: [{ clientX, clientY }],
  changedTouches: [{ clientX, clientY }],
  timeStamp,
})

/** A finger takes the picture at `slot` and goes so far with it (px). */
async function dragBy({ instance }: Part, slot: Slot, right: number, down: number): Promise<void> {
  instance.grab(touch(slot, 300, 200, 0))
  for (const part of [0.25, 0.5, 0.75, 1]) {
    instance.drag(touch(slot, 300 + right * part, 200 + down * part, 40 + part * 400))
    await settled()
  }
  instance.drop(touch(slot, 300 + right, 200 + down, 500))
  await settled()
}

test('another template, another size and a third person re-create nobody’s tag (P53)', async () => {
  const { part, handles, call } = mountCall('1v1')
  await call(4)
  const nodes = part.all(TAGS)
  expect(nodes).toHaveLength(4)
  for (const template of [...CALL_TEMPLATES.keys(), '1v1']) {
    for (const frame of [FRAME, LYING]) {
      part.set({ template, frame })
      await settled()
      expect(part.all(TAGS)).toEqual(nodes)
    }
  }
  expect(handles).toEqual({ attached: 4, withdrawn: 0 })
})

test('in 1v1 the other one is large and oneself small; a tap on the small one swaps, another swaps back', async () => {
  const { part, handles, call } = mountCall('1v1')
  await call(2)
  const nodes = part.all(TAGS)
  const tap = async (slot: Slot) => {
    part.instance.tapPlace({ currentTarget: { dataset: { slot } } })
    await settled()
  }
  expect(boxes(part)).toEqual({ 'seat-2': WHOLE, 'seat-1': 'left:253px;top:116px;width:114px;height:152px' })
  await tap('seat-1')
  expect(wholeOf(part)).toBe('seat-1')
  await tap('seat-2')
  expect(wholeOf(part)).toBe('seat-2')
  expect([part.all(TAGS), handles, part.fired]).toEqual([nodes, { attached: 2, withdrawn: 0 }, []])
})

describe('a finger on the small picture of two', () => {
  test('takes it along, and leaves it at the nearest side', async () => {
    const { part, handles, call } = mountCall('1v1')
    await call(2)
    const nodes = part.all(TAGS)
    await dragBy(part, 'seat-1', -180, 240)
    expect(boxes(part)['seat-1']).toMatch(/^left:8px;top:3\d\dpx;/)
    expect(part.instance.data.held).toBeNull()
    expect([part.all(TAGS), handles]).toEqual([nodes, { attached: 2, withdrawn: 0 }])
  })

  test('sends a box while it moves, and nothing else (P60)', async () => {
    const { part, call } = mountCall('1v1')
    await call(2)
    const setData = jest.spyOn(part.instance, 'setData')
    part.instance.grab(touch('seat-1', 300, 200, 0))
    part.instance.drag(touch('seat-1', 302, 201, 40))
    await settled()
    expect(setData).not.toHaveBeenCalled()
    part.instance.drag(touch('seat-1', 250, 240, 80))
    part.instance.drag(touch('seat-1', 249, 241, 90))
    await settled()
    expect(setData.mock.calls).toEqual([
      [{ held: { slot: 'seat-1', style: 'left:203px;top:156px;width:114px;height:152px' } }],
    ])
    expect(part.all(TAGS).map((tag) => tag.closest<HTMLElement>('[style]')?.style.left)).toContain('203px')
  })

  test('does not tap at its end, and a tap after it does', async () => {
    const { part, call } = mountCall('1v1')
    await call(2)
    await dragBy(part, 'seat-1', -180, 240)
    part.instance.tapPlace(touch('seat-1', 120, 440, 510))
    await settled()
    expect(wholeOf(part)).toBe('seat-2')
    part.instance.grab(touch('seat-1', 120, 440, 900))
    part.instance.drop(touch('seat-1', 121, 440, 950))
    part.instance.tapPlace(touch('seat-1', 121, 440, 955))
    await settled()
    expect(wholeOf(part)).toBe('seat-1')
  })

  test('is remembered: by whoever is small, on a turned phone, and after a third person', async () => {
    const { part, call } = mountCall('1v1')
    await call(2)
    await dragBy(part, 'seat-1', -200, 900)
    const corner = 'left:8px;top:552px;width:114px;height:152px'
    expect(boxes(part)['seat-1']).toBe(corner)
    part.instance.grab(touch('seat-1', 20, 600, 2000))
    part.instance.tapPlace(touch('seat-1', 20, 600, 2010))
    await settled()
    expect(boxes(part)['seat-2']).toBe(corner)
    await call(3)
    part.set({ frame: LYING })
    await settled()
    await call(2)
    expect(Object.values(boxes(part))).toContain('left:8px;top:131px;width:114px;height:152px')
  })

  test('moves nothing where nothing is small, and not the large one', async () => {
    const { part, call } = mountCall('1v1')
    await call(2)
    const before = boxes(part)
    await dragBy(part, 'seat-2', -100, 100)
    expect(boxes(part)).toEqual(before)
    await call(3)
    const grid = boxes(part)
    await dragBy(part, 'seat-1', -100, 100)
    expect(boxes(part)).toEqual(grid)
  })

  test('that the phone takes away leaves the picture where it may be', async () => {
    const { part, call } = mountCall('1v1')
    await call(2)
    part.instance.grab(touch('seat-1', 300, 200, 0))
    part.instance.drag(touch('seat-1', 200, 300, 40))
    // the end of it is never told
    part.instance.grab(touch('seat-2', 200, 300, 5000))
    await settled()
    expect([part.instance.data.held, boxes(part)['seat-1']]).toEqual([
      null,
      'left:253px;top:116px;width:114px;height:152px',
    ])
  })
})

test('in speaker who has the floor is large, oneself never but alone, and no tag is made anew', async () => {
  const { part, handles, call } = mountCall('speaker')
  await call(1)
  expect(wholeOf(part)).toBe('seat-1')
  await call(4)
  const [nodes, { withdrawn }] = [part.all(TAGS), { ...handles }]
  const size = (slot: string) => {
    const [width = 0, height = 0] = (boxes(part)[slot]?.match(/width:(\d+)px;height:(\d+)/) ?? []).slice(1).map(Number)
    return width * height
  }
  const largest = () => Object.keys(boxes(part)).sort((a, b) => size(b) - size(a))[0]
  expect(largest()).toBe('seat-2')
  const first = boxes(part)
  await part.act(({ stage }) => Object.assign(stage, { speaker: 'seat-4' }))
  expect(largest()).toBe('seat-4')
  // the others stay where they are
  expect([boxes(part)['seat-3'], boxes(part)['seat-1']]).toEqual([first['seat-3'], first['seat-1']])
  await part.act(({ stage }) => Object.assign(stage, { speaker: null }))
  expect([largest(), part.all(TAGS)]).toEqual(['seat-2', nodes])
  expect(handles.withdrawn).toBe(withdrawn)
})

test('small pictures lie over what stands in for the large one, and their names over them', () => {
  const styles = fs.readFileSync(
    path.resolve(__dirname, '../../miniprogram/components/live-stage/live-stage.wxss'),
    'utf8',
  )
  const order = (name: string) => Number(new RegExp(`\\.${name} \\{\\s+z-index: (\\d+)`).exec(styles)?.[1])
  const drawn = ['layer--1', 'layer--3', 'chrome--whole', 'layer--2', 'layer--4', 'chrome'].map(order)
  expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b))
})

describe('who talks', () => {
  test('has a ring and says so; while nobody begins or stops, nothing is sent (P60)', async () => {
    const { part, call } = mountCall('grid')
    await call(3)
    const setData = jest.spyOn(part.instance, 'setData')
    const talk = (talking: Slot[]) => part.act(({ stage }) => Object.assign(stage, { talking }))
    await talk(['seat-3'])
    await talk(['seat-3'])
    expect(setData.mock.calls).toEqual([[{ talking: { 'seat-3': true } }]])
    expect(rings(part)).toBe(1)
    expect(part.attribute('aria-label')).toContain('Guest 3, talking')
    await talk([])
    expect(rings(part)).toBe(0)
    expect(part.attribute('aria-label')).toContain('Guest 3')
  })

  test('and has all of the stage has it around his name', async () => {
    const { part, call } = mountCall('1v1')
    await call(2)
    await part.act(({ stage }) => Object.assign(stage, { talking: ['seat-2'] }))
    expect([rings(part), part.all('[class*=chrome--talks]').length]).toEqual([0, 1])
  })

  test('is heard from the tags', async () => {
    const { part, heard, call } = mountCall('grid')
    await call(2)
    for (const tile of inner(part)) tile.instance.onVolume({ detail: { volume: 40 } })
    expect(heard).toEqual(['volume', 'volume'])
  })
})

describe('around a person in a call', () => {
  const drawn = async (different: Parameters<typeof place>[1], template = 'grid', people = 3) => {
    const { part, call } = mountCall(template)
    await call(people, (slot) => (slot === 'seat-2' ? (different ?? {}) : {}))
    const [first] = part.instance.data.places
    return { first, words: mount('place-chrome', { locale: 'en', place: first }).words(), label: first.label }
  }

  test('a camera that is off shows his letter, and no black', async () => {
    expect(await drawn({ cameraOff: true })).toMatchObject({ words: 'GGuest 2', label: 'Guest 2, camera off' })
    expect((await drawn({ cameraOff: true }, '1v1', 2)).words).toBe('Gcamera offGuest 2')
  })

  test('a seat without a picture is connecting, one on hold says so, a hand is seen', async () => {
    expect(await drawn({ state: 'held' })).toMatchObject({ words: 'GConnectingGuest 2', label: 'Guest 2, Connecting' })
    expect(await drawn({ away: true })).toMatchObject({ words: 'Gon holdGuest 2', label: 'Guest 2, on hold' })
    const { first, label } = await drawn({ handAt: 17 })
    expect(label).toBe('Guest 2, hand raised')
    expect(mount('place-chrome', { place: first }).all('[class*=hand--corner]')).toHaveLength(1)
  })

  test('a weak network is told from codes and from figures', async () => {
    const { part, picture, cast } = mountCall('grid')
    const [bob, carl] = [picture('b', 'seat-2'), picture('c', 'seat-3')]
    await cast([place('seat-2'), place('seat-3')], [bob, carl])
    const poor = () => part.instance.data.places.map(({ quality }: { quality: string }) => quality)
    expect(poor()).toEqual(['good', 'good'])
    await part.act(() => {
      bob.media.playback.net.bars = 1
      carl.media.playback.quality = 'poor'
    })
    expect(poor()).toEqual(['poor', 'poor'])
  })

  test('the name on a whole picture is clear of controls, and of the small picture', async () => {
    const { part, call } = mountCall('1v1')
    await call(2)
    const foot = () => part.instance.data.places[0].foot
    expect(foot()).toBe('left:0px;right:0px;bottom:100px;')
    await dragBy(part, 'seat-1', -300, 900)
    expect(foot()).toBe('left:0px;right:0px;bottom:100px;justify-content:flex-end')
  })
})
