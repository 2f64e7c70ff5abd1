import { greetingKey, showOf, viewOf } from '../../miniprogram/pages/home/shows'
import { goBack, pageFor, roomIdOf } from '../../miniprogram/pages/query'
import type { Kit } from '../../miniprogram/stores/kit'
import { FakeClock } from '../support/fakes/clock'
import fc from '../support/property'
import { ROOM } from './support/fake-room'
import { phone } from './support/phone'

test('a room id survives the address of a page, encoded or not (M26)', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w-]{1,64}$/), (roomId) => {
      const query = pageFor('room', roomId).split('roomId=')[1] ?? ''
      expect(roomIdOf({ roomId: query })).toBe(roomId)
      expect(roomIdOf({ roomId })).toBe(roomId)
    }),
  )
})

test.each([undefined, '', '%', '%E0%A4%A', 'a b', '../x', '<script>', 'x'.repeat(65), 'a&role=anchor', '%2e%2e%2f'])(
  'a link with the room id %j opens no room (M26)',
  (roomId) => {
    expect(roomIdOf(roomId === undefined ? {} : { roomId })).toBe('')
  },
)

test('a room that a link opened is shared with its own words, and the share opens it (M129)', () => {
  interface RoomPage {
    data: { roomId: string }
    onLoad(query: Record<string, string>): void
    onShareAppMessage(from: object): { title: string; path: string; imageUrl?: string }
    onShareTimeline(): { title: string; query: string }
  }
  const asked: unknown[] = []
  const shareCard = (what?: unknown) => {
    asked.push(what)
    return { title: 'Eve is live: Tea & 100% fun?', imageUrl: 'wxfile://card.jpg' }
  }
  const page = {
    setData: (fields: object) => Object.assign(page.data, fields),
    selectComponent: () => ({ shareCard }),
  } as unknown as RoomPage
  Object.assign(globalThis, { Page: (options: RoomPage) => Object.assign(page, options), Behavior: () => ({}) })
  phone.language = 'en'
  jest.isolateModules(() => require('../../miniprogram/pages/room/room'))
  page.onLoad({ roomId: 'r_1-x' })
  const { title, path, imageUrl } = page.onShareAppMessage({ from: 'button', target: { dataset: { share: 'result' } } })
  expect([title, imageUrl]).toEqual(['Eve is live: Tea & 100% fun?', 'wxfile://card.jpg'])
  expect(roomIdOf({ roomId: path.split('roomId=')[1] ?? '' })).toBe('r_1-x')
  expect(page.onShareTimeline().query).toBe('roomId=r_1-x')
  page.onShareAppMessage({ from: 'menu' })
  expect(asked).toEqual(['result', undefined, undefined])
  page.onLoad({ roomId: '<x>' })
  expect(page.onShareAppMessage({})).toEqual({ title: 'Live', path: '/pages/home/home' })
})

test('the list is looked at again while the page is seen, and left alone once it is not', () => {
  interface HomePage {
    onShow(): void
    onHide(): void
    onUnload(): void
  }
  const page = {} as HomePage
  Object.assign(globalThis, {
    Page: (options: HomePage) => Object.assign(page, options),
    Behavior: () => ({}),
  })
  const clock = new FakeClock()
  const list = { hasMore: false, refresh: jest.fn(async () => {}) }
  const events = { refresh: async () => {} }
  jest.isolateModules(() => {
    const { provideKit } = require('../../miniprogram/stores/kit') as typeof import('../../miniprogram/stores/kit')
    provideKit({ clock, session: { list, events, login: async () => {} } } as unknown as Kit)
    require('../../miniprogram/pages/home/home')
  })
  page.onShow()
  clock.advance(31_000)
  expect(list.refresh).toHaveBeenCalledTimes(3)
  list.hasMore = true
  clock.advance(30_000)
  expect(list.refresh).toHaveBeenCalledTimes(3)
  list.hasMore = false
  page.onHide()
  clock.advance(60_000)
  expect(list.refresh).toHaveBeenCalledTimes(3)
})

test('back goes home when there is nothing behind (M129)', () => {
  const moves: string[] = []
  const stack = [{}]
  Object.assign(globalThis, {
    getCurrentPages: () => stack,
    wx: { navigateBack: () => moves.push('back'), reLaunch: ({ url }: { url: string }) => moves.push(url) },
  })
  goBack()
  stack.push({})
  goBack()
  expect(moves).toEqual(['/pages/home/home', 'back'])
})

const summary = {
  room: ROOM,
  counts: { viewers: 2, likes: 3, totalViewers: 9, peakViewers: 4, pk: null },
}

test('a card counts from the first picture, on the server’s clock', () => {
  const room = { ...summary.room, startedAt: 60_000 }
  expect(showOf({ ...summary, room }, 180_000)).toEqual({
    roomId: 'r1',
    title: 'Tea',
    name: 'Eve',
    picture: '',
    cover: 'jade',
    viewers: 2,
    likes: 3,
    sinceMs: 120_000,
    live: true,
  })
  expect(showOf({ ...summary, room }, 0).sinceMs).toBe(0)
  expect(showOf({ ...summary, room: { ...room, state: 'interrupted' } }, 0).live).toBe(false)
})

test('a list that was seen once is not taken away by a failed refresh', () => {
  expect(viewOf({ rooms: [summary], state: 'error' }, false)).toBe('ready')
  expect(viewOf({ rooms: [], state: 'error' }, true)).toBe('error')
  expect(viewOf({ rooms: [], state: 'error' }, false)).toBe('offline')
  expect(viewOf({ rooms: [], state: 'loading' }, true)).toBe('loading')
  expect(viewOf({ rooms: [], state: 'empty' }, true)).toBe('empty')
})

test('the greeting knows the hour', () => {
  expect([4, 5, 11, 12, 17, 18, 23].map(greetingKey)).toEqual([
    'home.evening',
    'home.morning',
    'home.morning',
    'home.afternoon',
    'home.afternoon',
    'home.evening',
    'home.evening',
  ])
})
