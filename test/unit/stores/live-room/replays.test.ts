import type { Recording } from '../../../../miniprogram/protocol/recording'
import type { RoomApi } from '../../../../miniprogram/services/room-api/port'
import { Replays } from '../../../../miniprogram/stores/live-room/replays'
import { RecordingList } from '../../../../miniprogram/stores/recording-list'
import { RoomTruth } from '../../../../miniprogram/stores/room/room-truth'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock, settled } from '../../../support/fakes/clock'
import { roomView } from '../../../support/fakes/room-view'

const recording = (recordingId: string, startedAt: number): Recording => ({
  recordingId,
  roomId: 'r1',
  seat: null,
  title: 'Tea',
  cover: 'jade',
  coverFile: null,
  anchor: { userId: 'u1', name: 'Eve' },
  startedAt,
  durationMs: 1000,
  bytes: 1,
  url: `http://vod/${recordingId}.mp4`,
})

/** A room that ended `agoMs` ago, and a server that answers in turn; the last answer is for ever. */
function ended(agoMs: number, answers: (Recording[] | Error)[]) {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const truth = new RoomTruth(clock)
  const startedAt = clock.now() - agoMs - 60_000
  truth.open(roomView({ state: 'closed', startedAt }), truth.counts)
  truth.setSummary({ durationMs: 60_000, totalViewers: 1, peakViewers: 1, likes: 0 })
  const call = jest.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer instanceof Error) throw answer
    return { recordings: answer ?? [], nextCursor: null }
  })
  const api = { call } as unknown as RoomApi
  return { clock, scope, call, replays: new Replays({ scope, api, truth, serverNow: clock.now }) }
}

test('several files play in the order of the show, whichever way the list has them', async () => {
  const { replays, call } = ended(HOUR, [[recording('b', 200), recording('a', 100)]])
  expect(replays.state).toBe('unasked')
  await Promise.all([replays.load(), replays.load()])
  expect([replays.state, replays.parts.map((part) => part.recordingId)]).toEqual(['ready', ['a', 'b']])
  expect(call.mock.calls).toEqual([['recordings', { roomId: 'r1', limit: 50 }]])
})
const HOUR = 3_600_000

test('a file that is being prepared is asked for again, ever more rarely, and no more once the room is left', async () => {
  const { replays, clock, scope, call } = ended(0, [[], [], [recording('a', 1)]])
  await replays.load()
  expect(replays.state).toBe('preparing')
  await clock.pass(10_000)
  expect([replays.state, call.mock.calls.length]).toEqual(['preparing', 2])
  await clock.pass(20_000)
  expect(replays.state).toBe('ready')
  expect(clock.pending).toBe(0)

  const never = ended(0, [[]])
  await never.replays.load()
  await never.clock.pass(HOUR)
  expect([never.replays.state, never.clock.pending]).toEqual(['none', 0])
  expect(never.call.mock.calls.length).toBeLessThan(25)

  const left = ended(0, [[]])
  await left.replays.load()
  left.scope.end()
  expect(left.clock.pending).toBe(0)
  scope.end()
})

test('an old show without a file has none, and a server that does not answer is asked again by hand', async () => {
  const old = ended(HOUR, [[]])
  await old.replays.load()
  expect(old.replays.state).toBe('none')
  const down = ended(HOUR, [new Error('down'), [recording('a', 1)]])
  await down.replays.load()
  expect([down.replays.state, down.clock.pending]).toEqual(['error', 0])
  await down.replays.load()
  expect(down.replays.state).toBe('ready')
})

test('who has seen that a show was not recorded waits for no file of it', async () => {
  const { replays, clock } = ended(0, [[]])
  replays.entered({} as never, { room: roomView({ recording: false }) } as never)
  await replays.load()
  expect([replays.state, clock.pending]).toEqual(['none', 0])
  const recorded = ended(0, [[]])
  recorded.replays.entered({} as never, { room: roomView({ recording: false }) } as never)
  recorded.replays.changed(roomView({ recording: true }))
  await recorded.replays.load()
  expect(recorded.replays.state).toBe('preparing')
  recorded.scope.end()
})

test('one’s own recording is deleted once, and stays in the list when the server refuses (M122)', async () => {
  let refuse = true
  const call = jest.fn(async (action: string) => {
    if (action === 'recordings') return { recordings: [recording('b', 2), recording('a', 1)], nextCursor: null }
    if (refuse) throw new Error('refused')
    return { deleted: true }
  })
  const list = new RecordingList({ call } as unknown as RoomApi)
  await list.refresh()
  await expect(list.delete('a')).rejects.toThrow('refused')
  expect(list.items).toHaveLength(2)
  refuse = false
  const [first, second] = [list.delete('a'), list.delete('a')]
  expect(list.deleting).toEqual(['a'])
  await Promise.all([first, second])
  expect([list.items.map(({ recordingId }) => recordingId), list.deleting]).toEqual([['b'], []])
  expect(call.mock.calls.filter(([action]) => action === 'recording.delete')).toHaveLength(2)
  await settled()
})
