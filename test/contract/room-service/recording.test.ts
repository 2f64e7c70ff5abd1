import fc from 'fast-check'
import type { FileEvent } from '../../../cloudfunctions/core/recording/files'
import { type Crash, dying } from './crashes'
import { anna, bob, GRACE_MS, liveRoom, openWorld, person, refusal, type World } from './world'

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

const file = (stream: string, more: Partial<FileEvent> = {}): FileEvent => ({
  recordingId: 'rec-1',
  fileId: 'file-1',
  taskId: 'task-1',
  stream,
  endedAt: world.clock.now,
  durationMs: 60_000,
  bytes: 1234,
  url: 'https://vod.test/file-1.mp4',
  ...more,
})

describe('a recorded file', () => {
  it('is listed with what the show was, from its first picture on', async () => {
    const { roomId, stream } = await on()
    await world.recordingArrived(file(stream))
    expect(await world.actions.recordings(bob, {})).toEqual({
      recordings: [
        {
          recordingId: 'rec-1',
          roomId,
          title: 'A show',
          cover: 'jade',
          coverFile: null,
          anchor: { userId: anna.userId, name: '' },
          startedAt: world.clock.now - 60_000,
          durationMs: 60_000,
          bytes: 1234,
          url: 'https://vod.test/file-1.mp4',
        },
      ],
      nextCursor: null,
    })
  })

  it('is kept when it comes long after the end', async () => {
    const { roomId, stream } = await on()
    await world.actions.close(anna, { roomId })
    later(3600_000)
    await world.sweep()
    await world.recordingArrived(file(stream))
    expect((await world.actions.recordings(bob, { roomId })).recordings).toHaveLength(1)
  })

  it("is nobody's when its stream is unknown, or a seat's", async () => {
    const { roomId } = await on()
    for (const stream of ['obs', `r${'0'.repeat(24)}_1_${'0'.repeat(32)}`, `${roomId}_s1e1_${'0'.repeat(32)}`]) {
      await world.recordingArrived(file(stream))
    }
    expect(world.docs('recordings')).toEqual([])
  })

  it('property: is kept once, however often, late and shuffled it is told', async () => {
    const { roomId, stream } = await on()
    let round = 0
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(5), { minLength: 1 }),
        fc.array(fc.nat(5), { maxLength: 10 }),
        fc.option(fc.record({ at: fc.nat(3), when: fc.constantFrom('before' as const, 'after' as const) })),
        async (ids, repeats, crash) => {
          const prefix = `round-${round++}`
          const tell = (id: number) => world.recordingArrived(file(stream, { recordingId: `${prefix}-${id}` }))
          const deliveries = [...repeats.filter((id) => ids.includes(id)), ...ids]
          const first = deliveries[0] as number
          if (crash) await dying(world, crash, () => tell(first))
          await Promise.all(deliveries.map(tell))
          const { recordings } = await world.actions.recordings(bob, { roomId, limit: 50 })
          const found = recordings.map(({ recordingId }) => recordingId).filter((id) => id.startsWith(prefix))
          expect(found.sort()).toEqual(ids.map((id) => `${prefix}-${id}`).sort())
          for (const id of found) await world.actions['recording.delete'](anna, { recordingId: id })
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('the list of recordings', () => {
  const carol = person('openid-carol')
  const fill = async () => {
    const first = await on(false)
    const second = await on(false, carol, 'other')
    const ids: string[] = []
    for (let i = 0; i < 10; i++) {
      const { stream } = i % 2 === 0 ? first : second
      ids.push(`rec-${i}`)
      await world.recordingArrived(
        file(stream, { recordingId: `rec-${i}`, endedAt: world.clock.now + i * 1000, durationMs: 0 }),
      )
    }
    return { first, second, since: world.clock.now }
  }
  const ids = async (input: Parameters<World['actions']['recordings']>[1]) =>
    (await world.actions.recordings(bob, input)).recordings.map(({ recordingId }) => Number(recordingId.slice(4)))

  it('is newest first: of everybody, of a room, of an anchor, of a time', async () => {
    const { first, second, since } = await fill()
    expect(await ids({})).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
    expect(await ids({ roomId: first.roomId })).toEqual([8, 6, 4, 2, 0])
    expect(await ids({ anchorId: carol.userId })).toEqual([9, 7, 5, 3, 1])
    expect(await ids({ roomId: second.roomId, anchorId: anna.userId })).toEqual([])
    expect(await ids({ after: since + 3000, before: since + 6000 })).toEqual([5, 4, 3])
    expect(await ids({ anchorId: anna.userId, before: since })).toEqual([])
  })

  it('goes on by cursor, stable while recordings come and go, in one call each', async () => {
    const { first } = await fill()
    const calls = jest.spyOn(world.database, 'run')
    const page = await world.actions.recordings(bob, { limit: 4 })
    expect(calls).toHaveBeenCalledTimes(1)
    expect(page.recordings.map(({ recordingId }) => recordingId)).toEqual(['rec-9', 'rec-8', 'rec-7', 'rec-6'])
    await world.recordingArrived(file(first.stream, { recordingId: 'rec-new', endedAt: world.clock.now + 99_000 }))
    await world.actions['recording.delete'](anna, { recordingId: 'rec-6' })
    expect(await ids({ limit: 4, cursor: page.nextCursor as string })).toEqual([5, 4, 3, 2])
    const last = await world.actions.recordings(bob, { limit: 10 })
    expect(last.nextCursor).toBeNull()
  })

  it('looks at no more documents than it shows', async () => {
    const { first } = await fill()
    for (const input of [{}, { roomId: first.roomId }, { anchorId: anna.userId }]) {
      const before = world.database.examined
      await world.actions.recordings(bob, { ...input, limit: 2 })
      expect(world.database.examined - before).toBeLessThanOrEqual(4)
    }
  })

  it('refuses a cursor that is none', async () => {
    for (const cursor of ['', 'x', Buffer.from('{"$gt":""}').toString('base64url')]) {
      expect((await refusal(world.actions.recordings(bob, { cursor }))).code).toBe('bad-input')
    }
  })
})

describe('recording.delete', () => {
  const arrived = async () => {
    const { roomId, stream } = await on(false)
    await world.recordingArrived(file(stream))
    return { roomId, stream }
  }
  const remove = (caller = anna) => world.actions['recording.delete'](caller, { recordingId: 'rec-1' })
  const listed = async () => (await world.actions.recordings(bob, {})).recordings.length

  it('deletes recording and file, once', async () => {
    await arrived()
    expect(await remove()).toEqual({ deleted: true })
    expect(world.vendors.deleted).toEqual(['file-1'])
    expect(await listed()).toBe(0)
    expect(await remove()).toEqual({ deleted: false })
    expect(world.vendors.deleted).toHaveLength(1)
  })

  it('is for its anchor only', async () => {
    await arrived()
    expect((await refusal(remove(bob))).code).toBe('forbidden')
    expect(await listed()).toBe(1)
  })

  it('is not undone by a late repeat of the callback, and forgotten after two days', async () => {
    const { stream } = await arrived()
    await remove()
    await world.recordingArrived(file(stream))
    expect(await listed()).toBe(0)
    later(2 * DAY_MS + 1)
    await world.sweep()
    expect(world.docs('recordings')).toEqual([])
  })

  it('hides at once, and deletes the file as soon as VOD answers', async () => {
    await arrived()
    world.down.add('deleteRecording')
    expect(await remove()).toEqual({ deleted: true })
    expect(await listed()).toBe(0)
    world.down.clear()
    later(HOLD_MS)
    await world.sweep()
    expect(world.vendors.deleted).toEqual(['file-1'])
  })

  it('wherever it dies, nothing is listed without its file, and the file can still be deleted', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let at = 0; at < 6; at++) {
        await world.close()
        world = await openWorld()
        await arrived()
        await dying(world, { at, when }, () => remove())
        if (world.vendors.deleted.length > 0) expect(await listed()).toBe(0)
        later(HOLD_MS)
        await world.sweep()
        if ((await listed()) === 1) await remove()
        expect(await listed()).toBe(0)
        expect(world.vendors.deleted).toContain('file-1')
      }
    }
  })
})
