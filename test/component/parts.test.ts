import { mount } from './support/simulate'

test('every tap on the heart is one like, and the label says how many there are (M117)', async () => {
  const part = mount('like-button', { count: 12345 }, ['like'])
  await part.tap('.like')
  await part.tap('.like')
  expect(part.fired.map(([name]) => name)).toEqual(['like', 'like'])
  expect(part.words()).toBe('1.2万')
  expect(part.attribute('aria-label')).toEqual(['点赞，已有 1.2万 个赞'])
  part.set({ locale: 'en', count: 1 })
  expect(part.attribute('aria-label')).toEqual(['Like, 1 like so far'])
})

describe('start-panel', () => {
  const type = (part: ReturnType<typeof mount>, value: string) => part.fire('.input', 'input', { value })

  test('starts with a trimmed title and the chosen colour', async () => {
    const part = mount('start-panel', {}, ['start'])
    await type(part, '  深夜咖啡馆 <script>alert(1)</script>')
    await part.tap('.swatch')
    await part.tap('.btn')
    expect(part.fired).toEqual([['start', { title: '深夜咖啡馆 <script>alert(1)</script>', cover: 'coral' }]])
  })

  test('an empty title is asked for, 41 characters are too many, 40 emoji are not', async () => {
    const part = mount('start-panel', {}, ['start'])
    await type(part, '   ')
    await part.tap('.btn')
    expect(part.words()).toContain('先给直播取个标题')
    await type(part, '长'.repeat(41))
    expect(part.words()).toContain('标题最多 40 个字')
    await part.tap('.btn')
    expect(part.fired).toEqual([])
    await type(part, '🎸'.repeat(40))
    expect(part.words()).toContain('40/40')
    await part.tap('.btn')
    expect(part.fired).toEqual([['start', { title: '🎸'.repeat(40), cover: 'coral' }]])
  })

  test('while a start is under way no second one begins (M122)', async () => {
    const part = mount('start-panel', { heading: 'Tea', pending: true }, ['start'])
    await part.tap('.btn')
    expect(part.fired).toEqual([])
    expect(part.words()).toContain('正在开播')
    part.set({ pending: false })
    await part.tap('.btn')
    expect(part.fired).toEqual([['start', { title: 'Tea', cover: 'coral' }]])
  })

  test('nothing starts before the camera may be used (M110)', async () => {
    const part = mount('start-panel', { heading: 'Tea', enabled: false }, ['start'])
    await part.tap('.btn')
    expect(part.fired).toEqual([])
  })

  test('the chosen colour is said, not only shown', () => {
    const labels = mount('start-panel', { locale: 'en' }).attribute('aria-label')
    expect(labels).toContain('Coral, cover colour, selected')
    expect(labels).toContain('Ocean, cover colour')
  })
})

describe('a picture for the cover', () => {
  const form = { heading: 'Tea', locale: 'en', pictures: true }
  const tapped = ['choose', 'remove', 'start']

  test('is offered only where pictures can be uploaded', () => {
    expect(mount('start-panel', { locale: 'en' }).attribute('aria-label')).not.toContain('Choose a cover picture')
    expect(mount('start-panel', form).attribute('aria-label')).toContain('Choose a cover picture')
  })

  test('is chosen, shown while it travels, and taken back', async () => {
    const part = mount('start-panel', form, tapped)
    await part.tap('.pick')
    part.set({ picture: '/tmp/cat.png', sending: true })
    expect(part.words()).toContain('Uploading cover')
    expect(part.attribute('src')).toContain('/tmp/cat.png')
    expect(part.attribute('aria-label')).not.toContain('Ocean, cover colour')
    part.set({ sending: false })
    expect(part.words()).toContain('Cover is ready')
    await part.tap('.remove')
    expect(part.fired.map(([name]) => name)).toEqual(['choose', 'remove'])
    part.set({ picture: '' })
    expect(part.attribute('aria-label')).toContain('Ocean, cover colour')
  })

  test('stays as it is while a start is under way, and says what went wrong', async () => {
    const part = mount('start-panel', { ...form, picture: '/tmp/cat.png', pending: true }, tapped)
    await part.tap('.pick')
    await part.tap('.remove')
    expect(part.fired).toEqual([])
    part.set({ pending: false, picture: '', problem: 'It did not upload' })
    expect(part.words()).toContain('It did not upload')
    await part.tap('.btn')
    expect(part.fired).toEqual([['start', { title: 'Tea', cover: 'coral' }]])
  })

  test('lies over the colour, which stays when the picture fails, and is tried anew with another one', async () => {
    const part = mount('cover-picture', { src: 'cloud://e.b/covers/u/1.jpg' })
    expect(part.all('wx-image')).toHaveLength(1)
    await part.fire('.picture', 'error')
    expect(part.all('wx-image')).toEqual([])
    part.set({ src: 'cloud://e.b/covers/u/2.jpg' })
    expect(part.all('wx-image')).toHaveLength(1)
    part.set({ src: '' })
    expect(part.all('wx-image')).toEqual([])
  })

  test('is drawn by the card of the list', () => {
    const part = mount('room-card', { roomId: 'r1', heading: 'Tea', picture: 'cloud://e.b/covers/u/1.jpg' })
    expect(part.attribute('src')).toContain('cloud://e.b/covers/u/1.jpg')
  })
})

describe('permission-gate', () => {
  test('privacy asks with the button that WeChat counts as consent (P83)', async () => {
    const part = mount('permission-gate', { need: 'privacy' }, ['agree', 'settings'])
    expect(part.attribute('open-type')).toEqual(['agreePrivacyAuthorization'])
    await part.fire('.btn', 'agreeprivacyauthorization')
    expect(part.fired.map(([name]) => name)).toEqual(['agree'])
  })

  test.each([
    ['microphone', ['Microphone, not allowed', 'Camera']],
    ['camera', ['Microphone, allowed', 'Camera, not allowed']],
  ])('without the %s it says what is open and what is not', async (need, rows) => {
    const part = mount('permission-gate', { need, locale: 'en' }, ['settings', 'again'])
    expect(part.attribute('aria-label')).toEqual([
      'Allow camera and microphone',
      ...rows,
      'Open the settings',
      'Done, continue',
    ])
    await part.tap('.btn--main')
    expect(part.fired.map(([name]) => name)).toEqual(['settings'])
  })

  test.each([
    ['account', '接口设置', 3],
    ['undeclared', '用户隐私保护指引', 2],
    ['library', '升级', 2],
  ])('a barrier of the platform (%s) names the switch and where it is (P1, P3, P80)', async (need, words, steps) => {
    const part = mount('permission-gate', { need, locale: 'zh-CN' }, ['again', 'settings'])
    expect([part.words().includes(words), part.all('[class*=number]').length]).toEqual([true, steps])
    const buttons = part.all('[class*=btn]').length
    expect(buttons).toBe(need === 'library' ? 0 : 1)
    if (buttons) await part.tap('.btn')
    expect(part.fired.map(([name]) => name)).toEqual(buttons ? ['again'] : [])
  })
})

describe('state-card', () => {
  test('shows one thing to press, or two, or none', async () => {
    const part = mount('state-card', { heading: 'Wait', busy: true }, ['action', 'leave'])
    expect([part.words(), part.all('[class*=btn]').length]).toEqual(['Wait', 0])
    part.set({ busy: false, icon: 'alert', advice: 'Do this', small: 'Code x', action: 'Again', leave: 'Leave' })
    expect(part.words().replace(/\s/g, '')).toBe('WaitDothisCodexAgainLeave')
    await part.tap('.btn--main')
    expect(part.fired.map(([name]) => name)).toEqual(['action'])
  })
})

test('the closing card shows duration, viewers and likes, in the words for its reader', async () => {
  const part = mount('end-card', { locale: 'en', durationMs: 3_725_000, viewers: 12_345, likes: 99, heading: 'Tea' }, [
    'home',
  ])
  expect(part.words().replace(/\s/g, '')).toContain('1:02:05Duration12.3kViewers99Likes')
  expect(part.words()).toContain('The show has ended')
  part.set({ owner: true })
  expect(part.words()).toContain('That was your show')
  part.set({ known: false })
  expect(part.words()).not.toContain('Duration')
  await part.tap('.btn')
  expect(part.fired.map(([name]) => name)).toEqual(['home'])
})

test('the header ends a show for its owner and leaves it for anyone else', async () => {
  const part = mount(
    'room-header',
    {
      name: '小满',
      heading: '茶',
      viewers: 12_345,
      clock: '01:05',
      clockLabel: '已直播 01:05',
      live: true,
      owner: true,
    },
    ['exit', 'people'],
  )
  expect(part.attribute('aria-label')).toEqual(['结束直播', '已直播 01:05', '1.2万 人在看，查看都有谁'])
  part.set({ owner: false, clock: '' })
  expect(part.attribute('aria-label')).toEqual(['离开直播间', '1.2万 人在看，查看都有谁'])
  await part.tap('.exit')
  await part.tap('.fact--open')
  expect(part.fired.map(([name]) => name)).toEqual(['exit', 'people'])
})

test('a header without a room shows only the way out', () => {
  const part = mount('room-header', { bare: true, owner: true, name: 'x' })
  expect([part.words(), part.attribute('aria-label')]).toEqual(['', ['离开直播间']])
})

test('a card of the list says everything that it shows', async () => {
  const props = { roomId: 'r1', heading: 'Tea', name: '', viewers: 1, likes: 1500, sinceMs: 65_000, locale: 'en' }
  const part = mount('room-card', props, ['open'])
  expect(part.attribute('aria-label')).toEqual(['Tea, by Unnamed, 1 watching, 1.5k likes, 1 min ago'])
  await part.tap('.show')
  expect(part.fired).toEqual([['open', { roomId: 'r1' }]])
})

test('a place without live video says so, for either side (P-DevTools)', () => {
  const part = mount('media-placeholder', { kind: 'push', locale: 'en' })
  expect(part.words()).toContain('DevTools cannot show live-pusher')
  part.set({ kind: 'play' })
  expect(part.words()).toContain('DevTools cannot show live-player')
})

test('a closed sheet draws nothing', () => {
  expect(mount('bottom-sheet', { open: false, heading: 'x' }).words()).toBe('')
})

describe('name-dialog', () => {
  test('takes 1 to 20 characters, trimmed', async () => {
    const part = mount('name-dialog', { name: '旧' }, ['save'])
    part.set({ open: true })
    await part.fire('.input', 'input', { value: '名'.repeat(21) })
    await part.tap('.btn--main')
    await part.fire('.input', 'input', { value: '  ' })
    await part.tap('.btn--main')
    expect(part.fired).toEqual([])
    await part.fire('.input', 'input', { value: ' 小满 ' })
    await part.tap('.btn--main')
    expect(part.fired).toEqual([['save', { name: '小满' }]])
  })

  test('a save under way is not repeated (M122)', async () => {
    const part = mount('name-dialog', { name: '小满', pending: true }, ['save'])
    part.set({ open: true })
    await part.tap('.btn--main')
    expect(part.fired).toEqual([])
  })
})

test('a fault beside the show has words and one button', async () => {
  const part = mount('fault-bar', { heading: 'H', advice: 'A', action: 'Again' }, ['action'])
  await part.tap('.act')
  expect(part.fired.map(([name]) => name)).toEqual(['action'])
  part.set({ action: '' })
  expect(part.attribute('aria-role')).toEqual(['alert'])
})
