import fc from '../../support/property'
import { type Crash, dying } from './crashes'
import { anna, bob, GRACE_MS, liveRoom, openWorld, refusal, type World } from './world'

const HOLD_MS = 30_000
const DAY_MS = 24 * 3600_000

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const show = async (record = true, caller = anna, requestId = 'show') => {
  const { room } = await world.actions.create(caller, { title: 'A show', cover: 'jade', requestId, record })
  const { stream } = await world.room(room.roomId)
  return { roomId: room.roomId, stream }
}
const on = async (record = true, caller = anna, requestId = 'show') => {
  const { roomId, stream } = await show(record, caller, requestId)
  await world.begin(stream, 's1')
  world.online.add(stream)
  return { roomId, stream }
}
const record = (roomId: string, wish: boolean, caller = anna) => world.actions.record(caller, { roomId, on: wish })
/** Past the pace of the action. */
const later = (ms = 1000) => {
  world.clock.now += ms
}
const recorded = () => [...world.vendors.recordings.values()].map(({ stream }) => stream)
const views = () => world.notices.flatMap(({ message }) => (message.type === 'room' ? [message.room] : []))

/** What the streaming cloud does must be what the room says, and what was wanted. */
const consistent = async (roomId: string) => {
  const room = await world.room(roomId)
  const running = [...world.vendors.recordings].map(([task, { stream }]) => ({ task, stream }))
  const wanted = room.record && room.state === 'live'
  expect(running).toEqual(wanted ? [{ task: room.recordTask, stream: room.stream }] : [])
  expect(room.recordTask !== '').toBe(wanted)
  expect(room.recordStream).toBe(wanted ? room.stream : '')
}

describe('a show that is recorded', () => {
  it('is so from its first picture on, and says so in a version of its own', async () => {
    const { roomId, stream } = await show()
    expect(recorded()).toEqual([])
    await world.begin(stream, 's1')
    expect([...world.vendors.recordings.values()]).toEqual([
      { stream, endsAt: world.clock.now + DAY_MS - HOLD_MS, tag: roomId },
    ])
    expect(views().map(({ version, recording }) => [version, recording])).toEqual([
      [2, false],
      [3, true],
    ])
    await consistent(roomId)
  })

  it('is not recorded unless somebody wants so', async () => {
    const { roomId } = await liveRoom(world)
    expect(world.vendors.recorded).toEqual([])
    expect((await world.room(roomId)).version).toBe(2)
  })

  it('keeps its task over an interruption, until the grace is over', async () => {
    const { roomId, stream } = await on()
    await world.end(stream, 's1')
    expect((await world.room(roomId)).recordTask).toBe('task-1')
    await world.begin(stream, 's2', world.clock.now + 1000)
    expect(world.vendors.recorded).toEqual(['task-1'])
    await consistent(roomId)
    await world.end(stream, 's2')
    world.online.clear()
    later(GRACE_MS)
    await world.sweep()
    expect((await world.room(roomId)).state).toBe('closed')
    await consistent(roomId)
  })

  it('has a new task for the new stream of another device', async () => {
    const { roomId, stream } = await on()
    await world.actions.resume(anna, { roomId })
    const next = await world.room(roomId)
    expect(next.stream).not.toBe(stream)
    await world.begin(next.stream, 's1')
    expect(recorded()).toEqual([next.stream])
    await consistent(roomId)
  })

  it('is recorded no more once it is closed', async () => {
    const { roomId } = await on()
    await world.actions.close(anna, { roomId })
    await consistent(roomId)
  })

  it('is recorded no more when it closes while a task is being asked for', async () => {
    const { roomId, stream } = await show()
    const { startRecording } = world.vendors.streaming
    world.vendors.streaming.startRecording = async (...args) => {
      await world.actions.close(anna, { roomId })
      return startRecording(...args)
    }
    await world.begin(stream, 's1')
    expect(world.vendors.recorded).toHaveLength(1)
    expect(recorded()).toEqual([])
    later(HOLD_MS)
    await world.sweep()
    await consistent(roomId)
  })

  it('is recorded no more after a sweep, when whoever closed it died', async () => {
    const { roomId } = await on()
    await world.store.closeByAnchor(roomId, anna.userId, world.clock.now, world.clock.now + 10_000)
    expect(recorded()).toHaveLength(1)
    await world.sweep()
    await consistent(roomId)
  })

  it('is live although the streaming cloud does not record, and recorded as soon as it does', async () => {
    world.down.add('startRecording')
    const { roomId } = await on()
    expect(await world.room(roomId)).toMatchObject({ state: 'live', recordTask: '' })
    await world.sweep()
    expect(world.vendors.recorded).toEqual([])
    world.down.clear()
    await world.sweep()
    await consistent(roomId)
    await world.sweep()
    expect(world.vendors.recorded).toHaveLength(1)
  })

  it('gets a new task before the day is over that a task may last', async () => {
    const { roomId } = await on()
    for (let hour = 0; hour < 24; hour++) {
      later(3600_000)
      await world.actions.beat(anna, { roomId, epoch: 1, version: 0 })
      await world.sweep()
    }
    expect(world.vendors.recorded).toHaveLength(2)
    await consistent(roomId)
  })
})

describe('record', () => {
  it('starts and stops at any time, by the anchor or an admin', async () => {
    const { roomId, stream } = await on(false)
    expect((await record(roomId, true)).room.recording).toBe(true)
    expect(recorded()).toEqual([stream])
    later()
    expect((await record(roomId, false)).room.recording).toBe(false)
    await consistent(roomId)
    later()
    expect((await refusal(record(roomId, true, bob))).code).toBe('forbidden')
    world.store.room = ((room) => async (id) => {
      const found = await room(id)
      return found && { ...found, admins: [bob.userId] }
    })(world.store.room)
    expect((await record(roomId, true, bob)).room.recording).toBe(true)
  })

  it('is safe to repeat, and is not to be played with', async () => {
    const { roomId } = await on(false)
    await record(roomId, true)
    expect((await record(roomId, true)).room.recording).toBe(true)
    expect((await refusal(record(roomId, false))).code).toBe('rate-limited')
    expect(world.vendors.recorded).toHaveLength(1)
  })

  it('starts one recording, however many ask at once', async () => {
    const { roomId, stream } = await show(false)
    await world.begin(stream, 's1')
    world.online.add(stream)
    world.store.spend = async () => 0
    await Promise.all(Array.from({ length: 20 }, () => record(roomId, true)))
    await consistent(roomId)
    await Promise.all([record(roomId, false), record(roomId, true), record(roomId, false), world.sweep()])
    later(HOLD_MS)
    await world.sweep()
    await consistent(roomId)
  })

  it('wishes before the first picture', async () => {
    const { roomId, stream } = await show(false)
    expect((await record(roomId, true)).room.recording).toBe(false)
    await world.begin(stream, 's1')
    await consistent(roomId)
  })

  it('says when the streaming cloud does not answer, and records nothing behind the back of whoever was refused', async () => {
    const { roomId } = await on(false)
    world.down.add('startRecording')
    expect((await refusal(record(roomId, true))).code).toBe('unavailable')
    world.down.clear()
    await world.sweep()
    expect(world.vendors.recorded).toEqual([])
    await consistent(roomId)
    later()
    await record(roomId, true)
    world.down.add('stopRecording')
    later()
    expect((await refusal(record(roomId, false))).code).toBe('unavailable')
    expect((await world.room(roomId)).recordTask).toBe('task-1')
    world.down.clear()
    await world.sweep()
    await consistent(roomId)
  })

  it('refuses a room that is unknown or over', async () => {
    const { roomId } = await on(false)
    await world.actions.close(anna, { roomId })
    expect((await refusal(record(roomId, true))).code).toBe('room-closed')
    expect((await refusal(record(`r${'0'.repeat(24)}`, true))).code).toBe('not-found')
  })
})

describe('what the streaming cloud tells of a recording', () => {
  const lost = (stream: string, taskId: string) => world.recordingChanged({ stream, taskId, status: 'lost' })
  const ended = (stream: string, taskId: string) => world.recordingChanged({ stream, taskId, status: 'ended' })

  it('a task that broke off is stopped for good, and another one begins', async () => {
    const { roomId, stream } = await on()
    await lost(stream, 'task-1')
    expect(await world.room(roomId)).toMatchObject({ recordTask: '', record: true })
    expect(recorded()).toEqual([])
    await lost(stream, 'task-1')
    await world.sweep()
    expect(world.vendors.recorded).toEqual(['task-1', 'task-2'])
    await lost(stream, 'task-1')
    await consistent(roomId)
  })

  it('a task that broke off before it was known is found out', async () => {
    const { roomId, stream } = await show()
    const start = world.store.recordingStarted
    world.store.recordingStarted = async (...args) => {
      await lost(stream, 'task-1')
      return start(...args)
    }
    await world.begin(stream, 's1')
    world.store.recordingStarted = start
    expect((await world.room(roomId)).recordTask).toBe('')
    expect(recorded()).toEqual([])
  })

  it('a push that is over does not end its task', async () => {
    const { roomId, stream } = await on()
    await ended(stream, 'task-1')
    expect((await world.room(roomId)).recordTask).toBe('task-1')
  })

  it('a task that is over makes place for another one while the show goes on', async () => {
    const { roomId, stream } = await on()
    world.vendors.recordings.delete('task-1')
    await ended(stream, 'task-1')
    expect(world.vendors.recorded).toEqual(['task-1', 'task-2'])
    await consistent(roomId)
  })

  it('M48: an unclear answer about a task ends nothing, and is asked for again', async () => {
    const { roomId, stream } = await on()
    world.down.add('recordingsOf')
    await expect(ended(stream, 'task-1')).rejects.toThrow()
    expect((await world.room(roomId)).recordTask).toBe('task-1')
  })

  it('nothing follows from tasks and streams of others', async () => {
    const { roomId, stream } = await on()
    await lost(stream, 'task-9')
    await ended('somebody', 'task-1')
    await lost('somebody', 'task-1')
    await consistent(roomId)
  })
})

it('property: wherever a function dies, what is recorded is what is wanted after the sweeps', async () => {
  const flow = fc.constantFrom('begin', 'on', 'off', 'close', 'resume')
  const crash: fc.Arbitrary<Crash> = fc.record({
    at: fc.nat(12),
    when: fc.constantFrom('before' as const, 'after' as const),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(flow, crash), { minLength: 1, maxLength: 5 }), async (steps) => {
      const own = await openWorld()
      const outer = world
      world = own
      try {
        own.store.spend = async () => 0
        const { roomId } = await show(false)
        for (const [what, when] of steps) {
          const { stream, epoch } = await own.room(roomId)
          const run: Record<typeof what, () => Promise<unknown>> = {
            begin: () => own.begin(stream, `s${own.clock.now}`),
            on: () => record(roomId, true),
            off: () => record(roomId, false),
            close: () => own.actions.close(anna, { roomId }),
            resume: () => own.actions.resume(anna, { roomId }),
          }
          await dying(own, when, run[what] as () => Promise<unknown>)
          own.clock.now += 1000
          if ((await own.room(roomId)).epoch === epoch && what === 'begin') own.online.add(stream)
        }
        const { stream, state } = await own.room(roomId)
        if (state === 'interrupted' || state === 'idle') await own.begin(stream, 'last')
        own.online.add(stream)
        for (let i = 0; i < 2; i++) {
          own.clock.now += HOLD_MS
          await own.sweep()
        }
        await consistent(roomId)
      } finally {
        world = outer
        await own.close()
      }
    }),
    { numRuns: 40 },
  )
}, 240_000)
