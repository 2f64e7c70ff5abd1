import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { parseStream } from '../../../cloudfunctions/core/ids'
import { openCall, push, speak } from './call-people'
import { expectSoundStage } from './link-people'
import { anna, bob, openWorld, person, refusal, type World } from './world'

const carol = person('openid-carol')
const HOLD_MS = 30_000
const yes = { consent: true }

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(async () => {
  const rooms = world.docs('rooms') as RoomDoc[]
  await world.close()
  for (const room of rooms) expectSoundStage(room)
})

const later = (ms = 1000) => {
  world.clock.now += ms
}
/** Streams that are recorded now, each with how many tasks. */
const recorded = () => [...world.vendors.recordings.values()].map(({ stream }) => stream).sort()
const mixed = () => [...world.vendors.mixes.values()].map(({ layout }) => layout.tiles.map(({ stream }) => stream))
const mixOf = (): string => [...world.vendors.mixes.values()][0]?.output ?? 'none'

/** A recorded call in which Anna and Bob push. */
async function onTheLine() {
  const { roomId } = await openCall(world, { record: true })
  const mine = await push(world, anna, roomId)
  const { stream } = await speak(world, bob, roomId, yes)
  return { roomId, mine, his: stream }
}

describe('consent', () => {
  it('is asked for before anybody hears of the person, and what it is about is told with the refusal', async () => {
    const { roomId, room } = await openCall(world, { record: true })
    expect(room.recording).toBe(true)
    const refused = await refusal(world.actions.enter(bob, { roomId }))
    expect(refused).toMatchObject({ code: 'consent-needed', details: { room: { roomId, recording: true } } })
    expect((await refusal(world.actions.enter(bob, { roomId, consent: false }))).code).toBe('consent-needed')
    expect(await world.room(roomId)).toMatchObject({ onStage: [anna.userId], viewers: 0 })
    expect(world.docs('members')).toEqual([])
    expect((await world.actions.enter(bob, { roomId, consent: true })).seat?.seat).toBe(2)
  })

  it('costs no call more where nothing is recorded, nor of whoever comes again', async () => {
    const { roomId } = await onTheLine()
    expect((await world.actions.enter(bob, { roomId })).seat).toMatchObject({ seat: 2, epoch: 2 })
    expect((await world.actions.resume(anna, { roomId })).seat).toMatchObject({ seat: 1, epoch: 2 })
    await world.actions['seat.leave'](bob, { roomId })
    expect((await refusal(world.actions.enter(bob, { roomId }))).code).toBe('consent-needed')
    await world.actions.close(anna, { roomId })
    later()
    const plain = await openCall(world, {}, 'call-2')
    expect((await world.actions.enter(bob, { roomId: plain.roomId })).room.recording).toBe(false)
  })

  it('is not got around by an invitation', async () => {
    const { roomId } = await openCall(world, { record: true })
    const { link } = await world.actions['link.invite'](anna, { roomId, userId: bob.userId })
    const accept = () => world.actions['link.accept'](bob, { roomId, linkId: link.linkId })
    expect((await refusal(accept())).code).toBe('consent-needed')
    await world.actions.enter(bob, { roomId, consent: true })
    expect((await accept()).seat).toBe(2)
  })

  it('belongs to the yes of whoever is rung up; without it his phone goes on ringing', async () => {
    const ring = { to: { userId: bob.userId } }
    const created = { title: 'A call', cover: 'jade', requestId: 'call-1', kind: 'call', record: true, ring } as const
    const { ringId } = (await world.actions.create(anna, created)).ring ?? {}
    const { incoming } = await world.actions['call.status'](bob, {})
    expect(incoming).toMatchObject({ ringId, recording: true })
    const accept = (more: object) => world.actions['call.accept'](bob, { ringId: ringId ?? '', ...more })
    expect((await refusal(accept({}))).code).toBe('consent-needed')
    expect((await world.actions['call.status'](bob, {})).incoming).toMatchObject({ state: 'ringing' })
    expect((await accept(yes)).seat?.seat).toBe(2)
  })

  it('was not given for a recording that begins later; one that runs may be stopped, for good', async () => {
    const { roomId } = await openCall(world)
    const record = (on: boolean) => world.actions.record(anna, { roomId, on })
    expect((await refusal(record(true))).code).toBe('forbidden')
    await world.actions.close(anna, { roomId })
    later()
    const { roomId: other } = await openCall(world, { record: true }, 'call-2')
    await push(world, anna, other)
    const { room } = await world.actions.record(anna, { roomId: other, on: false })
    expect(room.recording).toBe(false)
    expect([recorded(), mixed()]).toEqual([[], []])
    expect(world.notices.at(-1)).toMatchObject({ message: { type: 'room', room: { recording: false } } })
    later()
    expect((await refusal(world.actions.record(anna, { roomId: other, on: true }))).code).toBe('forbidden')
    expect((await world.actions.enter(bob, { roomId: other })).seat?.seat).toBe(2)
  })

  it('that was stopped before anybody pushed is told as well', async () => {
    const { roomId, room } = await openCall(world, { record: true })
    const stopped = await world.actions.record(anna, { roomId, on: false })
    expect(stopped.room).toMatchObject({ recording: false, version: room.version + 1 })
    await push(world, anna, roomId)
    expect([recorded(), mixed()]).toEqual([[], []])
  })
})

describe('the recording of a call', () => {
  it('is one file with everybody who pushes, under one name from the first picture to the end', async () => {
    const { roomId } = await openCall(world, { record: true })
    expect([recorded(), mixed()]).toEqual([[], []])
    const mine = await push(world, anna, roomId)
    expect(mixed()).toEqual([[mine]])
    const name = mixOf()
    expect(parseStream(name)).toEqual({ roomId, of: 'mix' })
    expect([...world.vendors.recordings.values()]).toMatchObject([{ stream: name, tag: roomId }])
    later()
    const { stream: his } = await speak(world, bob, roomId, yes)
    expect([mixed(), mixOf()]).toEqual([[[mine, his]], name])
    later()
    await speak(world, carol, roomId, yes)
    await world.actions['seat.leave'](bob, { roomId })
    await world.sweep()
    expect(mixed()[0]).toHaveLength(2)
    expect(world.vendors.recorded).toEqual(['task-1'])
    later()
    await world.actions.close(anna, { roomId })
    expect([recorded(), mixed()]).toEqual([[], []])
  })

  it('goes on when nobody pushes for a moment, and all come back', async () => {
    const { roomId, mine, his } = await onTheLine()
    const name = mixOf()
    await world.end(mine, `q-${anna.userId}`)
    await world.end(his, `q-${bob.userId}`)
    await world.sweep()
    expect([mixed(), recorded()]).toEqual([[], [name]])
    later(2000)
    await world.begin(mine, 'again')
    expect([mixed(), mixOf()]).toEqual([[[mine]], name])
    expect(world.vendors.recorded).toEqual(['task-1'])
    await world.actions['seat.leave'](bob, { roomId })
    await world.actions['seat.leave'](anna, { roomId })
    expect([recorded(), mixed()]).toEqual([[], []])
  })

  it('is watched by nobody: its picture is in no address and no word', async () => {
    const { roomId } = await onTheLine()
    const { room, play } = await world.actions.enter(carol, { roomId, ...yes })
    expect(room).toMatchObject({ recording: true, mixed: false })
    expect(JSON.stringify([room, play, world.notices, world.told])).not.toContain('_m_')
  })

  it('is begun by the sweeper, when the streaming cloud did not answer', async () => {
    world.down.add('startRecording')
    await onTheLine()
    expect(recorded()).toEqual([])
    world.down.clear()
    later(HOLD_MS)
    await world.sweep()
    expect(recorded()).toEqual([mixOf()])
  })

  it('ends with the sweeper, when whoever closed the call died', async () => {
    const { roomId } = await onTheLine()
    await world.store.closeByAnchor(roomId, anna.userId, world.clock.now, world.clock.now + 10_000)
    await world.sweep()
    expect([recorded(), mixed()]).toEqual([[], []])
  })
})

describe('a call that cannot be mixed', () => {
  const tracks = async (roomId: string) => Object.keys((await world.room(roomId)).tracks ?? {}).sort()
  /** Anna and Bob push, and no mix is to be had. */
  async function unmixed() {
    world.down.add('mix')
    const line = await onTheLine()
    later()
    return { ...line, own: [line.mine, line.his].sort() }
  }

  it('is recorded person by person, so that nothing is lost', async () => {
    const { roomId, own } = await unmixed()
    expect(await tracks(roomId)).toEqual(own)
    expect(recorded().filter((stream) => parseStream(stream)?.of === 'seat')).toEqual(own)
    const { stream } = await speak(world, carol, roomId, yes)
    expect(recorded()).toContain(stream)
    await world.actions['seat.leave'](carol, { roomId })
    await world.sweep()
    expect(await tracks(roomId)).toEqual(own)
    expect(recorded()).not.toContain(stream)
    await world.actions.close(anna, { roomId })
    expect([recorded(), await tracks(roomId)]).toEqual([[], []])
  })

  it('is one file again as soon as it is mixed', async () => {
    const { roomId, own } = await unmixed()
    world.down.clear()
    later(HOLD_MS)
    await world.sweep()
    expect(mixed()).toEqual([expect.arrayContaining(own)])
    expect([recorded(), await tracks(roomId)]).toEqual([[mixOf()], []])
    later(HOLD_MS)
    await world.sweep()
    expect((await world.room(roomId)).tracksAt).toBe(0)
  })

  it('has one task for each stream, however many react and sweep at once', async () => {
    const { roomId } = await unmixed()
    const room = await world.room(roomId)
    await Promise.all([
      ...Array.from({ length: 10 }, () => world.sweep()),
      world.begin(room.seats[2]?.stream ?? '', 'n'),
    ])
    later(HOLD_MS)
    await world.sweep()
    expect(recorded()).toEqual([...new Set(recorded())])
  })

  it('finds what somebody had asked for who died before he wrote it down', async () => {
    const { trackStarted } = world.store
    world.store.trackStarted = () => Promise.reject(new Error('died'))
    const { roomId, own } = await unmixed()
    world.store.trackStarted = trackStarted
    expect((await world.room(roomId)).tracks).toEqual(Object.fromEntries(own.map((stream) => [stream, ''])))
    const before = recorded()
    later(HOLD_MS)
    await world.sweep()
    expect(recorded()).toEqual(before)
    expect(Object.values((await world.room(roomId)).tracks ?? {}).sort()).toHaveLength(2)
    expect(Object.values((await world.room(roomId)).tracks ?? {})).not.toContain('')
  })

  it('stops what was asked for while the call ended', async () => {
    const { startRecording } = world.vendors.streaming
    const closing: { roomId?: string } = {}
    world.vendors.streaming.startRecording = async (stream, ...rest) => {
      const task = await startRecording(stream, ...rest)
      if (closing.roomId) await world.actions.close(anna, { roomId: closing.roomId })
      return task
    }
    world.down.add('mix')
    const { roomId } = await openCall(world, { record: true })
    closing.roomId = roomId
    await push(world, anna, roomId)
    for (let i = 0; i < 2; i++) {
      later(HOLD_MS)
      await world.sweep()
    }
    expect(recorded()).toEqual([])
  })

  it('asks anew for a task that broke off, and not for one whose push is over', async () => {
    const { roomId, mine } = await unmixed()
    const task = (await world.room(roomId)).tracks?.[mine] ?? ''
    await world.recordingChanged({ stream: mine, taskId: task, status: 'ended' })
    expect((await world.room(roomId)).tracks?.[mine]).toBe(task)
    await world.recordingChanged({ stream: mine, taskId: 'another', status: 'lost' })
    await world.recordingChanged({ stream: mine, taskId: task, status: 'lost' })
    later(HOLD_MS)
    await world.sweep()
    const again = (await world.room(roomId)).tracks?.[mine]
    expect(again).toMatch(/./)
    expect(again).not.toBe(task)
    expect(recorded().filter((stream) => stream === mine)).toHaveLength(1)
  })
})

describe('the files of a call', () => {
  const arrive = (stream: string, recordingId: string) =>
    world.recordingArrived({
      recordingId,
      fileId: recordingId,
      taskId: 'task-1',
      stream,
      endedAt: world.clock.now,
      durationMs: 60_000,
      bytes: 1,
      url: 'https://vod.test/1.mp4',
    })
  const list = async (who: typeof anna, input: { roomId?: string; anchorId?: string } = {}) =>
    (await world.actions.recordings(who, input)).recordings.map(({ recordingId, seat }) => [recordingId, seat])

  it('are seen by whoever opened it, and by nobody else', async () => {
    const { roomId, his } = await onTheLine()
    await arrive(mixOf(), 'all')
    later()
    await arrive(his, 'bob')
    const both = [
      ['bob', 2],
      ['all', null],
    ]
    expect(await list(anna, { roomId })).toEqual(both)
    expect(await list(anna, { anchorId: anna.userId })).toEqual(both)
    for (const who of [bob, carol]) {
      expect(await list(who, { roomId })).toEqual([])
      expect(await list(who, { anchorId: anna.userId })).toEqual([])
      expect(await list(who)).toEqual([])
    }
    expect(await list(anna)).toEqual([])
  })

  it('are deleted by him alone', async () => {
    const { roomId } = await onTheLine()
    await arrive(mixOf(), 'all')
    expect((await refusal(world.actions['recording.delete'](bob, { recordingId: 'all' }))).code).toBe('forbidden')
    expect(await world.actions['recording.delete'](anna, { recordingId: 'all' })).toEqual({ deleted: true })
    expect(await list(anna, { roomId })).toEqual([])
    expect(world.vendors.deleted).toEqual(['all'])
  })
})
