import { TEMPLATES } from '../../miniprogram/components/live-stage/layouts/index'
import { mount, settled } from './support/simulate'
import { FRAME, inner, mountStage, place, slots } from './support/stage'

const TAGS = 'wx-live-pusher, wx-live-player'

beforeAll(() => {
  const context = new Proxy({}, { get: () => (o?: { success?: () => void }) => o?.success?.() })
  Object.assign(wx, { createLivePusherContext: () => context, createLivePlayerContext: () => context })
})

/** Boxes of the tags, in the order of their nodes. */
const boxes = (part: ReturnType<typeof mountStage>['part']) =>
  part.all(TAGS).map((tag) => tag.closest<HTMLElement>('[style]')?.getAttribute('style'))

test('another template re-creates no pusher and no player, for every pair of templates (P53)', async () => {
  const names = [...TEMPLATES.keys(), 'nonsense']
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {})
  const { part, handles, people } = mountStage({ owner: true })
  await people(4)
  const nodes = part.all(TAGS)
  expect(nodes.map(({ tagName }) => tagName)).toEqual(['WX-LIVE-PUSHER', ...Array(3).fill('WX-LIVE-PLAYER')])
  for (const from of names) {
    for (const to of names) {
      part.set({ template: from })
      await settled()
      const before = boxes(part)
      part.set({ template: to })
      await settled()
      expect(part.all(TAGS)).toEqual(nodes)
      if (from === 'float' && to === 'grid') expect(boxes(part)).not.toEqual(before)
    }
  }
  expect(handles).toEqual({ attached: 4, withdrawn: 0 })
  expect(warn.mock.calls.map(([words]) => words)).toEqual(['live-room: unknown template "nonsense", drawing "float"'])
  warn.mockRestore()
})

test.each([...TEMPLATES.keys()])('the template %s draws everybody (M103)', async (template) => {
  const { part, people } = mountStage({ props: { template } })
  for (const count of [1, 2, 4, 7]) {
    await people(count)
    expect(part.all(TAGS)).toHaveLength(count)
    expect(
      boxes(part).every((style) => /^left: ?\d+px; ?top: ?\d+px; ?width: ?\d+px; ?height: ?\d+px/.test(style ?? '')),
    ).toBe(true)
  }
})

/** Nothing of it is what a tag has by itself. */
const DRESSED = {
  url: 'rtmp://x/live/1',
  mode: 'FHD',
  muted: true,
  cameraOn: false,
  facing: 'back',
  orientation: 'horizontal',
  beauty: 7,
  whiteness: 2,
  looks: { style: 'nature', filter: 'pink', selfMirrored: false, othersMirrored: true, reverb: 3 },
}
const PUSHER = {
  url: 'rtmp://x/live/1',
  mode: 'FHD',
  aspect: '9:16',
  autopush: false,
  muted: true,
  enableCamera: false,
  devicePosition: 'back',
  orientation: 'horizontal',
  beauty: 7,
  whiteness: 2,
  beautyStyle: 'nature',
  filter: 'pink',
  audioReverbType: 3,
  localMirror: 'disable',
  remoteMirror: true,
  backgroundMute: true,
}
const PLAYER = {
  src: 'http://x/2.flv',
  mode: 'RTC',
  autoplay: false,
  muted: true,
  objectFit: 'fillCrop',
  minCache: 1,
  maxCache: 3,
}

test.each([...TEMPLATES.keys(), 'nonsense'])(
  'M104: in the template %s the tags have every attribute',
  async (template) => {
    jest.spyOn(console, 'warn').mockImplementation(() => {})
    const { part, camera, picture, cast } = mountStage({ owner: true, props: { template } })
    const [me, guest] = [camera('me', 'anchor'), picture('p', 'seat-1')]
    Object.assign(me.media.publisher, DRESSED)
    Object.assign(guest.media.playback, { src: 'http://x/2.flv', mode: 'RTC', muted: true })
    await cast([place('anchor'), place('seat-1')], [me, guest])
    expect(part.tags('wx-live-pusher')).toEqual([expect.objectContaining(PUSHER)])
    expect(part.tags('wx-live-player')).toEqual([expect.objectContaining(PLAYER)])
    jest.restoreAllMocks()
  },
)

test('who comes and goes moves and re-creates nobody else', async () => {
  const { part, handles, picture, cast } = mountStage()
  const [a, b, c] = [picture('a', 'anchor'), picture('b', 'seat-1'), picture('c', 'seat-2')]
  const at = (...names: Parameters<typeof place>[0][]) => names.map((slot) => place(slot))
  await cast(at('anchor', 'seat-2'), [a, c])
  const [first, last] = part.all(TAGS)
  // a seat before the other one is taken: its picture stands before it on screen, and after it in the tree
  await cast(at('anchor', 'seat-1', 'seat-2'), [a, b, c])
  expect(part.all(TAGS).slice(0, 2)).toEqual([first, last])
  await cast(at('anchor', 'seat-2'), [a, c])
  expect(part.all(TAGS)).toEqual([first, last])
  expect(handles).toEqual({ attached: 3, withdrawn: 1 })
})

test('another size moves boxes only, and nobody stands under header or controls', async () => {
  const { part, handles, people } = mountStage({ props: { template: 'grid' } })
  await people(4)
  const nodes = part.all(TAGS)
  part.set({ frame: { ...FRAME, width: 812, height: 375, insets: { ...FRAME.insets, top: 60, bottom: 84 } } })
  await settled()
  expect(part.all(TAGS)).toEqual(nodes)
  expect(boxes(part)[0]).toMatch(/top: ?60px/)
  expect(handles).toEqual({ attached: 4, withdrawn: 0 })
})

test('of two pictures in one place the one that leaves is on top until it is gone', async () => {
  const { part, picture, cast } = mountStage()
  const [mix, single] = [picture('mix', 'anchor', true), picture('single', 'anchor')]
  await cast([place('anchor')], [mix, single])
  expect(part.instance.data.tiles).toMatchObject([
    { key: 'mix', layer: 3 },
    { key: 'single', layer: 1 },
  ])
  const [, kept] = part.all(TAGS)
  await cast([place('anchor')], [single])
  expect(part.all(TAGS)).toEqual([kept])
})

test('a PK is drawn as one whatever the template is called, and mixed it has one band', async () => {
  const { part, picture, cast } = mountStage({ props: { template: 'float' } })
  const own = picture('own', 'anchor')
  await cast([place('anchor'), place('rival')], [own, picture('other', 'rival')])
  expect(part.instance.data.places.map(({ style }: { style: string }) => style)).toEqual([
    'left:0px;top:108px;width:188px;height:333px',
    'left:188px;top:108px;width:187px;height:333px',
  ])
  await cast([place('anchor'), place('rival')], [own], true)
  expect(part.instance.data.places).toMatchObject([
    { slot: 'anchor', style: 'left:0px;top:108px;width:375px;height:333px' },
  ])
})

test('a mixed picture has no boxes over it', async () => {
  const { part, picture, cast } = mountStage()
  await cast(
    slots(4).map((slot) => place(slot)),
    [picture('mix', 'anchor')],
    true,
  )
  expect(part.instance.data.places).toMatchObject([{ slot: 'anchor', whole: true }])
})

test('a viewer reads that the anchor is heard and not seen; a mixed picture is never covered', async () => {
  const { part, picture, cast } = mountStage()
  const show = [picture('show', 'anchor')]
  const words = () => mount('place-chrome', { locale: 'en', place: part.instance.data.places[0] }).words()
  await cast([place('anchor', { cameraOff: true })], show)
  expect(words()).toBe('Camera off. You can still hear the host.')
  await cast([place('anchor', { cameraOff: true }), place('seat-1')], show, true)
  expect(words()).toBe('')
  await cast([place('anchor')], show)
  expect(words()).toBe('')
})

test('whose seat is held sees himself; of somebody else it is said that he gets ready', async () => {
  const { part, picture, cast } = mountStage()
  const held = (me: boolean) => place('seat-1', { me, state: 'held' })
  const words = () => mount('place-chrome', { locale: 'en', place: part.instance.data.places[1] }).words()
  await cast([place('anchor'), held(true)], [picture('show', 'anchor'), picture('me', 'seat-1')])
  expect(words()).toBe('You')
  await cast([place('anchor'), held(false)], [picture('show', 'anchor')])
  expect(words()).toContain('Getting ready')
})

test('a tap on a small picture of float makes it the large one; another tap takes it back; no tag is made anew', async () => {
  const { part, handles, people } = mountStage()
  await people(3)
  const nodes = part.all(TAGS)
  const before = boxes(part)
  const tap = async (slot: string) => {
    part.instance.tapPlace({ currentTarget: { dataset: { slot } } })
    await settled()
  }
  await tap('seat-1')
  const [anchor, first, second] = before
  expect(boxes(part)).toEqual([first, anchor, second])
  // the large picture is not one to tap: two taps on it are a like
  await tap('seat-1')
  expect(boxes(part)).toEqual([first, anchor, second])
  await tap('seat-2')
  expect(boxes(part)).toEqual([second, first, anchor])
  await tap('anchor')
  expect(boxes(part)).toEqual(before)
  expect(part.all(TAGS)).toEqual(nodes)
  expect([handles, part.fired]).toEqual([{ attached: 3, withdrawn: 0 }, []])
})

test('where nothing swaps, a tap tells whose picture it was; a name tells it everywhere', async () => {
  const { part, people } = mountStage({ props: { template: 'grid' } })
  await people(3)
  const at = (slot: string) => ({ currentTarget: { dataset: { slot } } })
  part.instance.tapPlace(at('seat-2'))
  part.set({ template: 'float' })
  part.instance.choose(at('anchor'))
  part.instance.choose(at('nobody'))
  expect(part.fired.map(([name, detail]) => [name, (detail as { userId: string }).userId])).toEqual([
    ['place', 'u-seat-2'],
    ['place', 'u-anchor'],
  ])
})

test('a double tap on the picture is one like, two slow taps are none', () => {
  const { part } = mountStage()
  for (const timeStamp of [1000, 2000, 2200, 2300, 3000]) part.instance.touch({ timeStamp })
  expect(part.fired).toEqual([['like', undefined]])
})

test('a tag is drawn with the state it is in, and never with another one before', async () => {
  const { part, camera, cast } = mountStage({ owner: true })
  const mine = camera('me', 'anchor')
  Object.assign(mine.media.publisher, { cameraOn: false, muted: true, facing: 'back' })
  await part.act(({ stage }) => Object.assign(stage, { shown: [place('anchor', { me: true })], tiles: [mine] }))
  expect(part.all(TAGS)).toEqual([])
  await cast([place('anchor', { me: true })], [mine])
  expect(part.all(TAGS)).toHaveLength(1)
  expect(inner(part)[0]?.instance.data).toMatchObject({ cameraOn: false, muted: true, position: 'back' })
})

test('what a tag reports reaches its own model, and a tile that is gone reports nothing', async () => {
  const { part, heard, people, handles } = mountStage()
  await people(2)
  const tiles = inner(part)
  tiles[1]?.instance.onState({ detail: { code: 2004 } })
  tiles[1]?.instance.onNet({ detail: { info: {} } })
  expect(heard).toEqual(['code 2004', 'net'])
  part.detach()
  tiles[1]?.instance.onError()
  expect(heard).toHaveLength(2)
  expect(handles).toEqual({ attached: 2, withdrawn: 2 })
})

test('each picture has its own spinner, and only while the show is on', async () => {
  const { part, picture, cast } = mountStage()
  const [a, b] = [picture('a', 'anchor'), picture('b', 'seat-1')]
  await cast([place('anchor'), place('seat-1')], [a, b])
  const spinners = () => part.attribute('aria-role').filter((role) => role === 'progressbar')
  expect(spinners()).toHaveLength(0)
  await part.act(() => {
    b.media.playback.spinner = true
  })
  expect(spinners()).toHaveLength(1)
  await part.act((room) => {
    room.phase = 'interrupted'
  })
  expect(spinners()).toHaveLength(0)
})

test('a second of one picture costs no update of the others (P60)', async () => {
  const { part, people } = mountStage()
  await people(4)
  const setData = jest.spyOn(part.instance, 'setData')
  await part.act(({ stage }) => {
    stage.tiles[1].media.playback.src = 'http://x/2.flv'
  })
  expect(setData).not.toHaveBeenCalled()
})

describe('people on another page', () => {
  const nine = slots(9)
  const all = nine.map((slot) => place(slot))
  const at = (clientX: number, clientY = 300) => ({ clientX, clientY })

  /** Nine people, six or three of them on the page; `turn` as the model has it. */
  async function paged(props: Record<string, unknown> = {}) {
    const stage = mountStage({ props: { template: 'grid', ...props } })
    const turned: number[] = []
    const tiles = nine.map((slot) => stage.picture(`p-${slot}`, slot))
    await stage.part.act(({ stage: model }) =>
      Object.assign(model, { pages: 2, turn: (page: number) => turned.push(page) }),
    )
    const show = async (page: number) => {
      await stage.part.act(({ stage: model }) => Object.assign(model, { page }))
      await stage.cast(all, tiles, false, page === 0 ? all.slice(0, 6) : [...all.slice(0, 1), ...all.slice(6)])
    }
    await show(0)
    return { ...stage, turned, show }
  }

  test('keep their tags, out of sight, and are made anew by no turn (P53)', async () => {
    const { part, handles, show } = await paged()
    const nodes = part.all(TAGS)
    expect(nodes).toHaveLength(9)
    const hidden = () => boxes(part).filter((style) => /width: ?1px/.test(style ?? '')).length
    expect(hidden()).toBe(3)
    await show(1)
    expect([part.all(TAGS), hidden()]).toEqual([nodes, 5])
    expect(handles).toEqual({ attached: 9, withdrawn: 0 })
  })

  test('are turned to by two buttons that say what they do, and by a finger', async () => {
    const { part, turned, show } = await paged()
    expect(part.attribute('aria-label')).toEqual(
      expect.arrayContaining(['People on stage, page 1 of 2', 'More people']),
    )
    part.instance.pageNext()
    part.instance.fingerDown({ touches: [at(300)] })
    part.instance.fingerUp({ changedTouches: [at(200)] })
    await show(1)
    part.instance.pageBefore()
    expect(turned).toEqual([1, 1, 0])
    // a tap, a scroll and a finger that came from elsewhere turn nothing
    part.instance.fingerDown({ touches: [at(300)] })
    part.instance.fingerUp({ changedTouches: [at(290)] })
    part.instance.fingerDown({ touches: [at(300)] })
    part.instance.fingerUp({ changedTouches: [at(200, 500)] })
    part.instance.fingerUp({ changedTouches: [at(0)] })
    expect(turned).toHaveLength(3)
  })

  test('leave room for the buttons, and one mixed picture needs none', async () => {
    const { part, cast } = await paged()
    const top = Number(/top:(\d+)px/.exec(part.instance.data.pager.style)?.[1])
    for (const style of boxes(part)) {
      const [, y = 0, high = 0] = (/top: ?(\d+)px.*height: ?(\d+)px/.exec(style ?? '') ?? []).map(Number)
      expect(y + high).toBeLessThanOrEqual(top)
    }
    expect(top + 44).toBeLessThanOrEqual(FRAME.height - FRAME.insets.bottom)
    await cast(all, [], true)
    expect(part.instance.data.pager).toBeNull()
  })
})
