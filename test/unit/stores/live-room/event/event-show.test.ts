import type { RoomView } from '../../../../../miniprogram/protocol/room'
import type { Reminded } from '../../../../../miniprogram/services/reminders/port'
import { Appointments } from '../../../../../miniprogram/stores/live-room/event/appointments'
import { eventStageOf } from '../../../../../miniprogram/stores/live-room/event/stage'
import { settled } from '../../../../support/fakes/clock'
import { roomView } from '../../../../support/fakes/room-view'
import { World } from '../../../../support/fakes/world'

const HOUR = 3_600_000

/** A world with an event that is announced for `inMs` from now, and somebody who waits for it. */
async function waiting(inMs: number | null) {
  const world = new World()
  const opensAt = inMs === null ? null : world.clock.now() + inMs
  const view = roomView({ roomId: 'e1', kind: 'event', state: 'idle', startedAt: null, opensAt })
  const everybody = new Set<string>()
  world.service.rooms.set('e1', { view, likes: 0, viewers: new Set(), everybody, requestId: '' })
  const { room, tag } = world.phone('bob').viewer()
  await room.enter('e1')
  await settled()
  const begin = () => world.service.streamStarted('rtmp://push/live/e1_1?sig')
  /** An operator says something else about it. */
  const say = (to: Partial<RoomView>) => {
    const event = world.service.rooms.get('e1')
    if (!event) throw new Error('no event')
    event.view = { ...event.view, ...to, version: event.view.version + 1 }
    world.chat.notify('e1', { type: 'room', room: event.view })
  }
  return { world, room, tag, begin, say, asked: () => world.service.count('sync', 'bob') }
}

test('an event waits without a picture, and goes over to it by itself', async () => {
  const { world, room, tag, begin } = await waiting(HOUR)
  expect([room.event.stage, tag.playing, room.counts.viewers]).toEqual(['before', null, 1])
  begin()
  await world.clock.pass(200)
  expect([room.event.stage, room.phase, tag.playing]).toEqual(['during', 'on-air', 'http://play/live/e1_1.flv'])
  room.end()
})

test('a lost message about the beginning is made up for within seconds, not by the next slow question (M64)', async () => {
  const { world, room, tag, begin, asked } = await waiting(5 * 60_000)
  await world.clock.pass(290_000)
  const before = asked()
  world.chat.loses = () => true
  await world.clock.pass(12_000)
  begin()
  await world.clock.pass(20_000)
  expect([room.event.stage, tag.playing]).toEqual(['during', 'http://play/live/e1_1.flv'])
  expect(asked() - before).toBeLessThanOrEqual(4)
  room.end()
})

test('an event that begins while the page is hidden is on the screen when it is shown (M64)', async () => {
  const { world, room, tag, begin, asked } = await waiting(60_000)
  room.hide()
  const before = asked()
  world.chat.loses = () => true
  begin()
  await world.clock.pass(10 * 60_000)
  expect([asked() - before, tag.playing]).toEqual([0, null])
  room.show()
  await world.clock.pass(1000)
  expect([room.event.stage, tag.playing]).toEqual(['during', 'http://play/live/e1_1.flv'])
  room.end()
})

test('an event that is moved to another time is asked for at that one', async () => {
  const { world, room, say, asked } = await waiting(60_000)
  say({ opensAt: world.clock.now() + 3 * HOUR })
  await world.clock.pass(55_000)
  const before = asked()
  await world.clock.pass(50_000)
  expect(asked() - before).toBeLessThanOrEqual(1)
  expect(room.event.opensAt).toBe((world.service.rooms.get('e1') as { view: RoomView }).view.opensAt)
  room.end()
})

test('a show that does not begin is asked for often only for a while, and a wait of weeks is no timer of weeks', async () => {
  const late = await waiting(1000)
  await late.world.clock.pass(20 * 60_000)
  const before = late.asked()
  await late.world.clock.pass(10 * 60_000)
  // As often as any room: the fake says once a minute.
  expect(late.asked() - before).toBeLessThanOrEqual(13)
  late.room.end()

  const { world, room } = await waiting(60 * 24 * HOUR)
  const waits: number[] = []
  const after = world.clock.after
  world.clock.after = (ms, task) => {
    waits.push(ms)
    return after(ms, task)
  }
  room.hide()
  room.show()
  await settled()
  expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR)
  room.end()
  expect(world.clock.pending).toBe(0)
})

test('an event that was closed before it began is cancelled; after a show there are figures', async () => {
  const cancelled = await waiting(HOUR)
  cancelled.world.service.closeRoom('e1', 'ended-by-operator')
  await settled()
  expect([cancelled.room.phase, cancelled.room.event.stage]).toEqual(['ended', 'cancelled'])

  const { world, room, begin } = await waiting(HOUR)
  begin()
  await world.clock.pass(5000)
  world.service.closeRoom('e1', 'ended-by-operator')
  await settled()
  expect([room.event.stage, room.summary?.durationMs]).toEqual(['after', 5000])

  const late = world.phone('eve').viewer()
  await late.room.enter('e1')
  expect([late.room.phase, late.room.event.stage, late.room.summary?.durationMs]).toEqual(['ended', 'after', 5000])
})

test.each([
  [{ kind: 'live' }, ''],
  [{ kind: 'event', state: 'idle' }, 'before'],
  [{ kind: 'event', state: 'interrupted' }, 'during'],
  [{ kind: 'event', state: 'closed', startedAt: 1 }, 'after'],
  [{ kind: 'event', state: 'closed', startedAt: null }, 'cancelled'],
] as const)('%j is at the stage %j', (view, stage) => {
  expect(eventStageOf(roomView(view))).toBe(stage)
})

describe('a reminder', () => {
  const storage = () => {
    let kept: unknown
    return {
      get: <T>(_key: string, accept: (value: unknown) => value is T) => (accept(kept) ? kept : undefined),
      set: (_key: string, value: unknown) => {
        kept = JSON.parse(JSON.stringify(value))
      },
      remove: () => {},
    }
  }
  const show = { roomId: 'e1', title: 'The keynote', opensAt: 1000 }

  test('is asked for once, kept over a restart, and is no longer good when the show has moved (M122)', async () => {
    const kept = storage()
    let answer: (reminded: Reminded) => void = () => {}
    const remind = jest.fn(() => new Promise<Reminded>((resolve) => (answer = resolve)))
    const mine = new Appointments(kept, { remind })
    const [first, second] = [mine.make(show), mine.make(show)]
    expect(mine.stateOf('e1', 1000)).toBe('asking')
    answer('calendar')
    await Promise.all([first, second])
    expect(remind.mock.calls).toEqual([[{ title: 'The keynote', opensAt: 1000 }]])
    const restarted = new Appointments(kept, { remind })
    expect([restarted.stateOf('e1', 1000), restarted.stateOf('e1', 2000), restarted.stateOf('e2', 1000)]).toEqual([
      'set',
      'moved',
      'none',
    ])
  })

  test('that was refused says so, and may be asked for again; of many the last are kept', async () => {
    const kept = storage()
    const answers: Reminded[] = ['refused', 'message']
    const mine = new Appointments(kept, { remind: async () => answers.shift() ?? 'message' })
    await mine.make(show)
    expect(mine.stateOf('e1', 1000)).toBe('refused')
    await mine.make(show)
    expect(mine.stateOf('e1', 1000)).toBe('set')
    for (let i = 0; i < 60; i++) await mine.make({ ...show, roomId: `x${i}` })
    expect([mine.stateOf('x59', 1000), mine.stateOf('x10', 1000), mine.stateOf('e1', 1000)]).toEqual([
      'set',
      'set',
      'none',
    ])
  })

  test('is not offered where there is no way, and a broken storage is empty', () => {
    expect(new Appointments(storage(), null).stateOf('e1', 1000)).toBe('unsupported')
    const broken = storage()
    broken.set('', { e1: 'soon' })
    expect(new Appointments(broken, { remind: async () => 'message' }).stateOf('e1', 1000)).toBe('none')
  })
})
