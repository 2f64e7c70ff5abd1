import type { ActionName } from '../../../../miniprogram/protocol/actions'
import type { PkNews } from '../../../../miniprogram/protocol/messages'
import type { PkView, RoomView } from '../../../../miniprogram/protocol/room'
import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { Pk, SHOWN_MS } from '../../../../miniprogram/stores/live-room/pk/pk'
import { NO_COUNTS, RoomTruth } from '../../../../miniprogram/stores/room/room-truth'
import type { Visit } from '../../../../miniprogram/stores/room/visit'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock, settled } from '../../../support/fakes/clock'
import { roomView } from '../../../support/fakes/room-view'

const BEA = { userId: 'bea', name: 'Bea' }

const pkView = (state: PkView['state'], pkId = 'p1'): PkView => ({
  pkId,
  state,
  rival: { roomId: 'r2', title: 'Cake', anchor: BEA },
  startedAt: state === 'on' ? 1 : null,
  endsInMs: 60_000,
})

/** Ann's room as the server changes it, and what her phone makes of it. */
function attend({ mine = true } = {}) {
  const clock = new FakeClock()
  const life = new Scope(clock)
  const truth = new RoomTruth(clock)
  const calls: unknown[][] = []
  const doubts: number[] = []
  let answer: (action: ActionName) => unknown = () => ({ room: truth.room })
  const api = {
    call: async (action: ActionName, input: unknown) => {
      calls.push([action, input])
      return answer(action) as never
    },
  }
  const pk = new Pk({ scope: life, api, truth, mine })
  const scope = life.child()
  /** The same way as a visit: the truth first, then the parts. */
  const change = (different: Partial<RoomView>) => {
    const before = truth.room ?? roomView()
    const room = { ...before, ...different, version: before.version + 1 }
    if (truth.apply(room) !== 'old') pk.changed(room, before)
  }
  const visit = {
    roomId: 'r1',
    loop: { now: () => doubts.push(clock.now()) },
    learn: (room: RoomView) => change({ pk: room.pk }),
  }
  truth.open(roomView(), NO_COUNTS)
  pk.entered({ visit: visit as unknown as Visit, scope }, { room: roomView() })
  return {
    clock,
    truth,
    pk,
    scope,
    calls,
    doubts,
    change,
    answers: (to: typeof answer) => {
      answer = to
    },
    score: (own: number, rival: number) => truth.setCounts({ ...NO_COUNTS, pk: { own, rival } }),
    told: (what: PkNews, pkId = 'p1') => pk.told({ type: 'pk', roomId: 'r1', pkId, what }),
  }
}

test('a question goes out once, however often it is tapped, and its room is learnt from the answer', async () => {
  const { pk, calls, answers } = attend()
  answers(() => ({ room: roomView({ pk: pkView('invited') }) }))
  await Promise.all([pk.invite('r2', 5), pk.invite('r2', 5)])
  expect(calls).toEqual([['pk.invite', { roomId: 'r1', rivalRoomId: 'r2', durationS: 300 }]])
  expect([pk.view?.state, pk.busy, pk.problem]).toEqual(['invited', false, null])
})

test.each<[PkNews, boolean, string]>([
  ['refused', true, 'refused'],
  ['expired', true, 'expired'],
  ['refused', false, 'expired'],
])('an unanswered or refused question leaves a word: %s, told %p', (what, heard, shown) => {
  const { pk, change, told, clock } = attend()
  change({ pk: pkView('invited') })
  if (heard) told(what)
  change({ pk: null })
  expect(pk.answer).toEqual({ what: shown, by: BEA })
  clock.advance(SHOWN_MS)
  expect(pk.answer).toBeNull()
})

test('what was told about another question says nothing about this one', () => {
  const { pk, change, told } = attend()
  change({ pk: pkView('invited', 'p2') })
  told('refused', 'p1')
  change({ pk: null })
  expect(pk.answer?.what).toBe('expired')
})

test('the result is what the scores were last, also when the room says the end first', () => {
  const { pk, change, score, truth } = attend()
  change({ pk: pkView('on') })
  score(3, 9)
  expect(pk.scores).toEqual({ own: 3, rival: 9 })
  truth.setCounts({ ...NO_COUNTS, pk: null })
  change({ pk: null })
  expect(pk.result).toEqual({ own: 3, rival: 9, outcome: 'lost', against: BEA })
  expect([pk.endsAt, pk.scores]).toEqual([null, { own: 0, rival: 0 }])
})

test('the scores of one PK are not those of the next', () => {
  const { pk, change, score, truth } = attend()
  change({ pk: pkView('on') })
  score(3, 9)
  change({ pk: null })
  truth.setCounts(NO_COUNTS)
  change({ pk: pkView('on', 'p2') })
  expect(pk.result).toBeNull()
  change({ pk: null })
  expect(pk.result).toMatchObject({ own: 0, rival: 0, outcome: 'draw' })
})

test('an answer to a question that is over is not sent', async () => {
  const { pk, change, calls } = attend()
  await pk.accept()
  change({ pk: pkView('invited') })
  await pk.accept()
  await pk.end()
  change({ pk: pkView('on') })
  await pk.refuse()
  expect(calls).toEqual([])
  await pk.end()
  expect(calls).toEqual([['pk.end', { roomId: 'r1', pkId: 'p1' }]])
})

test('a refusal is said, and the room is asked how it stands', async () => {
  const { pk, change, answers, doubts } = attend()
  change({ pk: pkView('asked') })
  answers(() => {
    throw new RoomApiError('stale', 'over')
  })
  await pk.accept()
  expect([pk.problem?.code, pk.busy, doubts.length]).toEqual(['stale', false, 1])
  pk.forget()
  expect(pk.problem).toBeNull()
})

test('an anchor who closes the panel in which he has ended a PK still reads how it went', () => {
  const { pk, change } = attend()
  change({ pk: pkView('on') })
  change({ pk: null })
  pk.forget()
  expect(pk.result?.outcome).toBe('draw')
})

test('a no that comes after the end of the question is still read as a no', () => {
  const { pk, change, told } = attend()
  change({ pk: pkView('invited') })
  change({ pk: null })
  expect(pk.answer?.what).toBe('expired')
  told('refused')
  expect(pk.answer?.what).toBe('refused')
})

test('a no to the next question is not hidden behind the result of the PK before', () => {
  const { pk, change, told } = attend()
  change({ pk: pkView('on', 'p1') })
  change({ pk: null })
  change({ pk: pkView('invited', 'p2') })
  told('refused', 'p2')
  change({ pk: null })
  expect([pk.result, pk.answer?.what]).toEqual([null, 'refused'])
})

test('a message about a PK is a hint: the room is asked', () => {
  const { told, doubts, pk } = attend()
  told('accepted')
  expect([doubts.length, pk.view, pk.result]).toEqual([1, null, null])
})

test('who watches sees scores and result, and can decide nothing', async () => {
  const { pk, change, score, calls, told, doubts } = attend({ mine: false })
  change({ pk: pkView('asked') })
  await pk.accept()
  await pk.invite('r2', 3)
  told('ended')
  change({ pk: null })
  expect([calls, doubts, pk.answer]).toEqual([[], [], null])
  change({ pk: pkView('on', 'p2') })
  score(2, 1)
  change({ pk: null })
  expect(pk.result?.outcome).toBe('won')
})

test('the count-down is on this phone’s clock', () => {
  const { pk, change, clock } = attend()
  const began = clock.now()
  change({ pk: pkView('on') })
  expect(pk.endsAt).toBe(began + 60_000)
})

test('an answer that comes after the room was left changes nothing, and no timer stays (M67, M111)', async () => {
  const { pk, scope, clock, answers, change, truth } = attend()
  change({ pk: pkView('on') })
  change({ pk: null })
  let reply = (_room: unknown) => {}
  answers(() => new Promise((resolve) => (reply = resolve)))
  const asking = pk.invite('r2', 3)
  await settled()
  scope.end()
  reply({ room: roomView({ pk: pkView('invited') }) })
  await settled()
  expect([pk.busy, pk.result, truth.room?.pk, clock.pending]).toEqual([false, null, null, 0])
  void asking
})

test('rivals are other shows that are on and free, and the list survives a failure', async () => {
  const { pk, answers } = attend()
  const row = (different: Partial<RoomView>) => ({ room: roomView(different), counts: NO_COUNTS })
  answers(() => ({
    rooms: [
      row({ roomId: 'r1' }),
      row({ roomId: 'r2' }),
      row({ roomId: 'r3', pk: pkView('on') }),
      row({ roomId: 'r4', state: 'interrupted' }),
    ],
    nextCursor: null,
  }))
  await pk.rivals.refresh()
  expect([pk.rivals.state, pk.rivals.shows.map(({ room }) => room.roomId)]).toEqual(['ready', ['r2']])
  answers(() => {
    throw new RoomApiError('network', 'down')
  })
  await pk.rivals.refresh()
  expect([pk.rivals.state, pk.rivals.shows.length]).toEqual(['error', 1])
})
