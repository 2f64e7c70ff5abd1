import path from 'node:path'
import { bootApp, mount } from '../support/glass-easel'

const root = path.resolve(__dirname, '../fixtures/preview-app')

// jsdom draws nothing and says so.
beforeEach(() => jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null))

describe('component harness on the preview runtime', () => {
  test('a component gets its properties, lifetimes and events', async () => {
    const card = mount('components/card/card', { title: 'one' }, { root, events: ['picked'] })
    await card.ready
    expect(card.element.textContent).toBe('one attached ready')
    card.setProps({ title: 'two' })
    expect(card.element.textContent).toContain('two')
    ;(card.instance.pick as () => void)()
    expect(card.events).toEqual([{ name: 'picked', detail: { value: 'two' } }])
    expect(card.phone.problems).toEqual([])
  })

  test('an inline component runs on builtins and replaced wx functions', async () => {
    const told: unknown[] = []
    const inline = {
      wxml: '<view bindtap="say">{{word}}</view>',
      definition: {
        properties: { word: String },
        methods: {
          say(this: { data: { word: string } }) {
            ;(globalThis as unknown as { wx: { showToast(o: object): void } }).wx.showToast({ title: this.data.word })
          },
        },
      },
    }
    const mounted = mount(inline, { word: 'hi' }, { root, wx: { showToast: (o: unknown) => told.push(o) } })
    await mounted.ready
    ;(mounted.instance.say as () => void)()
    expect(told).toEqual([{ title: 'hi' }])
  })

  test.each([
    ['index', 'a field that no item has is no key, as in WeChat', []],
    ['kind', 'a key that two items share is a fault', [expect.stringContaining('Some keys are not unique')]],
  ])('wx:key="%s": %s', async (key, _, problems) => {
    const wxml = `<view wx:for="{{list}}" wx:key="${key}">{{item.words}}</view>`
    const list = ['a', 'b'].map((words) => ({ words, kind: 'line' }))
    const part = mount({ wxml, definition: { properties: { list: Array } } }, { list }, { root })
    await part.ready
    part.setProps({ list: [...list, { words: 'c', kind: 'line' }].reverse() })
    expect(part.element.textContent).toBe('cba')
    expect([...new Set(part.phone.problems)]).toEqual(problems)
  })

  test('an unknown tag keeps a component from being mounted', () => {
    const inline = { wxml: '<vieww />', definition: {} }
    expect(() => mount(inline, {}, { root })).toThrow('unknown tag <vieww>')
  })

  test('a whole app boots, navigates and tells its pages', async () => {
    const { phone, stack } = bootApp({ root })
    await phone.ready
    await phone.navigate.to('/pages/detail/detail?id=7')
    expect(phone.routes).toEqual(['pages/home/home', 'pages/detail/detail'])
    expect(stack.top?.caller.data).toMatchObject({ id: '7' })
    await phone.navigate.back()
    expect(phone.routes).toEqual(['pages/home/home'])
    expect(phone.problems).toEqual([])
  })

  test('a window of another size is told to the page and to its components', async () => {
    const heard: unknown[] = []
    const inline = {
      wxml: '<view />',
      definition: { pageLifetimes: { resize: (told: unknown) => void heard.push(told) } },
    }
    const { phone } = mount(inline, {}, { root })
    await phone.ready
    Object.assign(window, { innerWidth: 812, innerHeight: 375 })
    window.dispatchEvent(new Event('resize'))
    expect(heard).toEqual([
      { deviceOrientation: 'landscape', size: { windowWidth: 812, windowHeight: expect.any(Number) } },
    ])
    expect(phone.problems).toEqual([])
  })

  test('a wx name that the preview lacks is a problem', async () => {
    const { phone } = bootApp({ root })
    await phone.ready
    expect((globalThis as unknown as { wx: Record<string, unknown> }).wx.notThere).toBeUndefined()
    expect(phone.problems).toEqual(['wx.notThere is not in the preview'])
  })
})
