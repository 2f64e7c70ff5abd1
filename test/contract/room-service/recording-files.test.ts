import type { FileEvent } from '../../../cloudfunctions/core/recording/files'
import fc from '../../support/property'
import { dying } from './crashes'
import { anna, bob, liveRoom, openWorld, person, refusal, type World } from './world'

const HOLD_MS = 30_000
const DAY_MS = 24 * 3600_000

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

/** A show that is on. */
const on = (caller = anna) => liveRoom(world, caller)
const later = (ms: number) => {
  world.clock.now += ms
}
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
          seat: null,
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
    const first = await on()
    const second = await on(carol)
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
    const { roomId, stream } = await on()
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
