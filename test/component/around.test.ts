import fs from 'node:fs'
import path from 'node:path'
import { Floating } from '../../miniprogram/components/live-room/floating'
import { TONES, wrap } from '../../miniprogram/components/share-sheet/paint'
import { shareTitleOf } from '../../miniprogram/components/share-sheet/words'
import type { LiveRoom } from '../../miniprogram/stores/live-room/live-room'
import { NetHealth } from '../../miniprogram/stores/media/net-health'
import { FakeClock } from '../support/fakes/clock'
import { FakeDevice } from '../support/fakes/device'
import { roomView } from '../support/fakes/room-view'
import { mountPart, type Seen } from './support/part'
import { mount } from './support/simulate'
import { MINIPROGRAM } from './support/wxml'

const HOUR = 3_600_000

describe('event-card', () => {
  const event = (seen: Seen, more: object = {}) => {
    const state = seen({ stage: 'before', opensAt: 90_000_000 + 61_000, reminder: 'none', ...more })
    return {
      room: roomView({ kind: 'event', state: 'idle', startedAt: null, title: 'The keynote', notice: 'Soon' }),
      counts: { viewers: 1200 },
      event: Object.assign(state, { now: () => 0, remind: jest.fn() }),
    }
  }
  const kit = { clock: { now: () => 0, every: () => () => {} } }
  const part = (more?: object) => mountPart('event-card', (seen) => event(seen, more), { kit })

  test('tells what, when, how long until then and how many wait', async () => {
    const card = part()
    const words = card.words().replace(/\s/g, '')
    expect(words).toContain('1days01hours01min01sec')
    expect(words).toContain('1.2kpeoplewaiting')
    expect(words).toContain('ThekeynoteFri')
    expect(card.attribute('aria-label')).toContain('Starts in 1 days 1 hours 1 minutes')
    await card.tap('.btn')
    expect(card.room.event.remind).toHaveBeenCalledTimes(1)
  })

  test('a reminder that is set is no button any more, and one for another time is (M122)', async () => {
    const card = part({ reminder: 'set' })
    await card.tap('.btn')
    expect(card.room.event.remind).not.toHaveBeenCalled()
    await card.act((room) => (room.event.reminder = 'moved'))
    expect(card.words()).toContain('New time. Remind me again')
    await card.tap('.btn')
    expect(card.room.event.remind).toHaveBeenCalledTimes(1)
  })

  test('a show that is due, and one without a date, have nothing to count', () => {
    expect(part({ opensAt: 0 }).words()).toContain('Starting any moment')
    const open = part({ opensAt: null, reminder: 'unsupported' })
    expect(open.words()).toContain('Date to be announced')
    expect(open.all('.event-card--btn')).toEqual([])
  })
})

test('the closing card tells its anchor more, leaves out what nobody counted, and a cancelled show has no figures', () => {
  const known = { locale: 'en', known: true, durationMs: HOUR, viewers: 12, peak: 7, likes: 3 }
  const card = mount('end-card', { ...known, owner: true, lines: 40 })
  expect(card.words().replace(/\s/g, '')).toContain('7Peak40Messages')
  expect(card.words()).not.toContain('On stage')
  expect(card.attribute('open-type')).toEqual(['share'])
  card.set({ owner: false })
  expect(card.words()).not.toContain('Peak')
  expect(card.attribute('open-type')).toEqual([])
  card.set({ event: 'cancelled' })
  expect(card.words()).toContain('This show was cancelled')
  expect(card.words()).not.toContain('Viewers')
})

describe('replay-player', () => {
  const parts = [1, 2].map((n) => ({
    id: `p${n}`,
    url: `http://vod/${n}.mp4`,
    name: `Part ${n}`,
    label: `Part ${n}`,
    chosen: `Part ${n}, playing`,
  }))

  test('goes on with the next file by itself, and says what does not play', async () => {
    const player = mount('replay-player', { locale: 'en', parts }, ['close'])
    expect(player.attribute('src')).toEqual(['http://vod/1.mp4'])
    await player.fire('.video', 'ended')
    expect(player.attribute('src')).toEqual(['http://vod/2.mp4'])
    expect(player.attribute('aria-label')).toContain('Part 2, playing')
    await player.fire('.video', 'ended')
    expect(player.attribute('src')).toEqual(['http://vod/2.mp4'])
    await player.fire('.video', 'error')
    expect(player.words()).toContain('This replay does not play')
    await player.tap('.again')
    expect(player.attribute('src')).toEqual(['http://vod/2.mp4'])
    await player.tap('.close')
    expect(player.fired.map(([name]) => name)).toEqual(['close'])
  })
})

test('the bars of the network change at most every three seconds, and take no nonsense', () => {
  const net = new NetHealth()
  const seen: unknown[] = []
  for (const [at, level] of [
    [0, 1],
    [1000, 6],
    [2000, 1],
    [3000, 5],
    [4000, 1],
    [9000, 'x'],
    [9500, 99],
    [9900, 3],
  ] as const) {
    net.note({ netQualityLevel: level } as object, at)
    seen.push(net.bars)
  }
  expect(seen).toEqual([3, 3, 3, 1, 1, 1, 1, 2])
})

test('the figures are read only while their panel is there, and sent only when they have changed (M121)', async () => {
  const clock = new FakeClock()
  const playback = (seen: Seen) =>
    Object.assign(seen({ active: true, state: 'playing', quality: 'good' }), {
      net: { latest: { videoBitrate: 812.4, videoFPS: '24', videoWidth: 540, videoHeight: 960, netRtt: 35 }, bars: 3 },
      codes: { counts: new Map([[2004, 2]]) },
    })
  const panel = mountPart(
    'stats-panel',
    (seen) => ({
      phase: 'on-air',
      room: roomView({ roomId: 'r9', version: 7 }),
      chat: { online: true },
      stage: { camera: null, tiles: [{ media: { kind: 'picture', playback: playback(seen) } }] },
    }),
    { kit: { clock } },
  )
  const words = panel.words().replace(/\s/g, '')
  for (const part of ['812kbps', '24fps', '540×960', '35ms', 'r9', 'Connected', '2004']) expect(words).toContain(part)
  expect(clock.pending).toBe(1)
  panel.detach()
  expect(clock.pending).toBe(0)
})

describe('a page that is left', () => {
  const leave = (wanted: boolean) => {
    const [clock, device] = [new FakeClock(), new FakeDevice()]
    const calls: string[] = []
    const media = { kind: 'picture', playback: { active: true, state: 'playing' } }
    const room = {
      stage: { camera: null, tiles: [{ media }] },
      show: () => calls.push('show'),
      hide: () => calls.push('hide'),
    } as unknown as LiveRoom
    return { clock, device, calls, floating: new Floating(room, { clock, device }, () => wanted) }
  }

  test('rests, unless it wishes to float', () => {
    const { floating, calls } = leave(false)
    floating.hide()
    floating.show()
    expect(calls).toEqual(['hide', 'show'])
  })

  test('that floats goes on until the window is closed, and leaves no timer and no listener (P16)', () => {
    const { floating, calls, clock, device } = leave(true)
    floating.moved(true)
    floating.hide()
    clock.advance(60_000)
    expect(calls).toEqual([])
    floating.moved(false)
    expect(calls).toEqual(['hide'])
    floating.show()
    expect([calls, clock.pending, device.listeners]).toEqual([['hide', 'show'], 0, 0])
  })

  test('rests after all where the platform opens no window', () => {
    const { floating, calls, clock, device } = leave(true)
    floating.hide()
    clock.advance(5000)
    expect([calls, clock.pending, device.listeners]).toEqual([['hide'], 0, 0])
  })
})

test('share titles follow the state of the show, and a name is never read as a template (M129)', () => {
  const of = (view: object, more: object = {}, what: 'room' | 'result' = 'room') =>
    shareTitleOf('en', { owner: false, summary: null, room: roomView(view), ...more } as unknown as LiveRoom, what)
  expect(of({ title: '{name}' })).toBe('Eve is live: {name}')
  expect(of({ kind: 'event', state: 'idle', opensAt: null })).toBe('Coming up: Tea')
  expect(of({ kind: 'event', state: 'idle', opensAt: new Date(2026, 0, 2, 20, 5).getTime() })).toBe(
    'Tea starts Fri, Jan 2, 20:05',
  )
  expect(of({ state: 'closed' })).toBe('Tea, a show by Eve')
  const summary = { durationMs: 61_000, totalViewers: 1500, peakViewers: 9, likes: 1 }
  expect(of({ state: 'closed' }, { owner: true, summary }, 'result')).toBe('I was live for 01:01, 1.5k viewers: Tea')
  expect(of({ state: 'closed' }, { summary }, 'result')).toBe('Tea, a show by Eve')
})

test('a long title is broken between words where there are any, and ends in an ellipsis', () => {
  const measure = (text: string) => text.length
  expect(wrap(measure, 'a very long title', 8, 4)).toEqual(['a very', 'long', 'title'])
  expect(wrap(measure, '看见下一个十年的直播间', 4, 2)).toEqual(['看见下一', '个十年…'])
  expect(wrap(measure, 'unbreakable', 4, 9)).toEqual(['unbr', 'eaka', 'ble'])
  expect(wrap(measure, '', 4, 2)).toEqual([''])
})

test('a poster has the colours of the covers', () => {
  const css = fs.readFileSync(path.join(MINIPROGRAM, 'theme/covers.wxss'), 'utf8')
  for (const [cover, tones] of Object.entries(TONES)) {
    expect([
      cover,
      new RegExp(`cover--${cover} \\{\\s*background: [^;]*?(#\\w+) 0%, (#\\w+) 100%`).exec(css)?.slice(1),
    ]).toEqual([cover, tones])
  }
})
