import type { ActionName } from '../../../../../miniprogram/protocol/actions'
import type { Sanction } from '../../../../../miniprogram/protocol/order'
import type { RoomView } from '../../../../../miniprogram/protocol/room'
import { type RoomApi, RoomApiError } from '../../../../../miniprogram/services/room-api/port'
import type { Attended } from '../../../../../miniprogram/stores/room/part'
import { People } from '../../../../../miniprogram/stores/room/people/people'
import { NO_COUNTS, RoomTruth } from '../../../../../miniprogram/stores/room/room-truth'
import { Scope } from '../../../../../miniprogram/stores/scope'
import { FakeClock, settled } from '../../../../support/fakes/clock'
import { roomView } from '../../../../support/fakes/room-view'

interface Call {
  action: ActionName
  input: Record<string, unknown>
  answer(output: unknown): Promise<void>
  refuse(code: RoomApiError['code']): Promise<void>
}

const person = (userId: string) => ({ userId, name: userId })
const sanction = (userId: string, what: Partial<Sanction>): Sanction => ({
  user: person(userId),
  banned: false,
  mutedForMs: 0,
  ...what,
})

/** The people of a show of Ann, where Cleo is an admin, on the phone of `me`. Every call waits for the test's answer. */
function setUp(me = 'ann', fields: Partial<RoomView> = {}) {
  const clock = new FakeClock()
  const calls: Call[] = []
  const api: RoomApi = {
    call: (action, input) =>
      new Promise((resolve, reject) => {
        calls.push({
          action,
          input: input as Record<string, unknown>,
          answer: (output) => {
            resolve(output as never)
            return settled()
          },
          refuse: (code) => {
            reject(new RoomApiError(code, 'refused by the test'))
            return settled()
          },
        })
      }),
  }
  const truth = new RoomTruth(clock)
  const scope = new Scope(clock)
  const people = new People({ scope, api, truth, me: () => me })
  const room = roomView({ roomId: 'room-1', anchor: person('ann'), admins: ['cleo'], ...fields })
  const learnt: RoomView[] = []
  let doubts = 0
  const enter = (): Scope => {
    const visitScope = scope.child()
    truth.open(room, NO_COUNTS)
    const visit = {
      roomId: 'room-1',
      learn: (view: RoomView) => {
        const before = truth.room as RoomView
        learnt.push(view)
        truth.apply(view)
        people.changed(view)
        return before
      },
      loop: { now: () => doubts++ },
    }
    people.entered({ visit, scope: visitScope } as unknown as Attended)
    return visitScope
  }
  const last = (): Call => {
    const call = calls[calls.length - 1]
    if (!call) throw new Error('nothing was asked')
    return call
  }
  return { clock, people, truth, room, calls, last, learnt, enter, visit: enter(), doubts: () => doubts }
}

test('nothing is muted before the server says so, and a second tap joins the first (M122)', async () => {
  const { people, calls, last } = setUp()
  const first = people.mute('bob', 600)
  const second = people.mute('bob', 600)
  expect([people.isBusy('bob'), people.isBusy('dan'), calls.length]).toEqual([true, false, 1])
  expect(last().input).toEqual({ roomId: 'room-1', userId: 'bob', seconds: 600 })
  expect(people.sanctions.of('bob')).toBeNull()
  await last().answer({ sanction: sanction('bob', { mutedForMs: 600_000 }) })
  await Promise.all([first, second])
  expect(people.sanctions.of('bob')?.mutedUntil).toBe(1_700_000_600_000)
  expect(people.isBusy('bob')).toBe(false)
})

test('acts about two people do not wait for each other', async () => {
  const { people, calls } = setUp()
  people.mute('bob', 600)
  people.remove('dan')
  expect([people.isBusy('bob'), people.isBusy('dan')]).toEqual([true, true])
  await calls[1]?.answer({ removed: true })
  expect([people.isBusy('bob'), people.isBusy('dan')]).toEqual([true, false])
})

test('who is let write again, or in again, is on the list no more', async () => {
  const { people, last } = setUp()
  people.ban('bob', true)
  await last().answer({ sanction: sanction('bob', { banned: true }) })
  expect(people.sanctions).toMatchObject({ state: 'ready', people: [{ banned: true, mutedUntil: null }] })
  people.ban('bob', false)
  await last().answer({ sanction: sanction('bob', {}) })
  expect(people.sanctions).toMatchObject({ state: 'empty', people: [] })
})

test('a refusal is kept with the person it is about, and the truth is asked for', async () => {
  const { people, last, doubts } = setUp('cleo')
  people.mute('bob', 600)
  await last().refuse('forbidden')
  expect(people.problem).toMatchObject({ userId: 'bob', fault: { code: 'forbidden' } })
  expect([people.sanctions.of('bob'), people.isBusy('bob'), doubts()]).toEqual([null, false, 1])
  people.forget()
  expect(people.problem).toBeNull()
  people.remove('bob')
  await last().refuse('timeout')
  expect(people.problem?.fault.code).toBe('network')
  people.remove('bob')
  expect(people.problem).toBeNull()
})

test('an answer that comes after the room was left changes nothing, and the next visit begins anew (M67, M68)', async () => {
  const { people, calls, last, visit, enter, learnt } = setUp()
  people.members.refresh()
  people.sanctions.refresh()
  const muting = people.setMuteAll(true)
  const banning = people.ban('bob', true)
  visit.end()
  expect([people.isBusy(), people.isBusy('bob')]).toEqual([false, false])
  enter()
  await calls[0]?.answer({ members: [person('bob')], nextCursor: 'x' })
  await calls[1]?.answer({ sanctions: [sanction('bob', { banned: true })] })
  await calls[2]?.refuse('internal')
  await calls[3]?.answer({ sanction: sanction('bob', { banned: true }) })
  await Promise.all([muting, banning])
  expect([people.members.items, people.sanctions.people, people.problem, learnt]).toEqual([[], [], null, []])
  people.ban('bob', true)
  expect([calls.length, last().action, people.isBusy('bob')]).toEqual([5, 'order.ban', true])
})

test('outside of a room there is nobody to act against', async () => {
  const { people, calls, visit } = setUp()
  visit.end()
  await people.remove('bob')
  expect(calls).toEqual([])
})

test('muting everybody is believed once the server has said so, and its room is learnt', async () => {
  const { people, room, last, learnt } = setUp()
  people.setMuteAll(true)
  expect([people.isBusy(), people.muteAll]).toEqual([true, false])
  await last().answer({ room: { ...room, muteAll: true, version: room.version + 1 } })
  expect([people.muteAll, learnt.length]).toEqual([true, 1])
})

describe('the list of those who watch', () => {
  const page = (ids: string[], nextCursor: string | null) => ({ members: ids.map(person), nextCursor })
  const shown = ({ members }: People) => members.items.map(({ userId }) => userId)

  test('comes page by page, everybody once, also when people come and go between two pages', async () => {
    const { people, calls, last } = setUp()
    people.members.refresh()
    await last().answer(page(['bob', 'cleo'], 'c1'))
    people.members.more()
    people.members.more()
    expect([calls.length, last().input]).toEqual([2, { roomId: 'room-1', limit: 30, cursor: 'c1' }])
    await last().answer(page(['cleo', 'dan'], null))
    expect([shown(people), people.members.hasMore]).toEqual([['bob', 'cleo', 'dan'], false])
  })

  test('loses who was removed or banned, and nobody else', async () => {
    const { people, last } = setUp()
    people.members.refresh()
    await last().answer(page(['bob', 'cleo', 'dan'], null))
    people.remove('bob')
    expect(shown(people)).toEqual(['bob', 'cleo', 'dan'])
    await last().answer({ removed: true })
    people.ban('dan', true)
    await last().answer({ sanction: sanction('dan', { banned: true }) })
    expect(shown(people)).toEqual(['cleo'])
  })

  test('keeps what was seen when a refresh fails', async () => {
    const { people, last } = setUp()
    people.members.refresh()
    await last().answer(page(['bob'], null))
    people.members.refresh()
    await last().refuse('network')
    expect([shown(people), people.members.state]).toEqual([['bob'], 'error'])
  })
})

describe('the list of who is muted or banned', () => {
  test('that was read before an act does not undo it', async () => {
    const { people, calls, last } = setUp()
    people.sanctions.refresh()
    people.sanctions.refresh()
    expect(calls.length).toBe(1)
    people.mute('bob', 600)
    await calls[1]?.answer({ sanction: sanction('bob', { mutedForMs: 600_000 }) })
    await calls[0]?.answer({ sanctions: [] })
    expect([calls.length, last().action, people.sanctions.of('bob')?.mutedUntil]).toEqual([
      3,
      'order.list',
      1_700_000_600_000,
    ])
    await last().answer({ sanctions: [sanction('bob', { mutedForMs: 500 }), sanction('dan', { banned: true })] })
    expect(people.sanctions.people.map(({ user }) => user.userId)).toEqual(['bob', 'dan'])
  })

  test('is gone with the office', async () => {
    const { people, room, last } = setUp('cleo')
    people.sanctions.refresh()
    await last().answer({ sanctions: [sanction('bob', { banned: true })] })
    people.changed(room)
    expect(people.sanctions.state).toBe('ready')
    people.changed({ ...room, admins: [] })
    expect(people.sanctions).toMatchObject({ state: 'none', people: [] })
  })
})
