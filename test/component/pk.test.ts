import { shareOf } from '../../miniprogram/components/pk-board/face'
import type { PkView } from '../../miniprogram/protocol/room'
import { roomView } from '../support/fakes/room-view'
import { mountPart, type Seen } from './support/part'

const NOW = 1_000_000
const kit = { clock: { now: () => NOW, every: () => () => {} } }

const view = (state: PkView['state'], name = 'Bea'): PkView => ({
  pkId: 'p1',
  state,
  rival: { roomId: 'r2', title: 'Cake', anchor: { userId: 'bea', name } },
  startedAt: null,
  endsInMs: 60_000,
})
const row = (roomId: string, name: string) => ({
  room: roomView({ roomId, title: `Show of ${name}`, anchor: { userId: name, name } }),
  counts: { viewers: 1234, likes: 0, totalViewers: 0, peakViewers: 0, pk: null },
})

/** A room whose PK writes down what it is asked to do. */
function roomWith(role: 'anchor' | 'audience', calls: unknown[][]) {
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      calls.push([name, ...args])
  return (seen: Seen) => {
    const rivals = Object.assign(seen({ state: 'none', shows: [] }), { refresh: note('look') })
    const pk = seen({
      view: null,
      endsAt: null,
      scores: { own: 0, rival: 0 },
      result: null,
      answer: null,
      busy: false,
      problem: null,
    })
    const names = ['invite', 'accept', 'refuse', 'end', 'forget']
    return { role, pk: Object.assign(pk, { rivals }, Object.fromEntries(names.map((name) => [name, note(name)]))) }
  }
}

function open(name: string, role: 'anchor' | 'audience' = 'anchor') {
  const calls: unknown[][] = []
  const part = mountPart(name, roomWith(role, calls), { kit })
  return { part, calls }
}

test.each([
  [0, 0, 50],
  [3, 1, 75],
  [1, 0, 84],
  [0, 9_999, 16],
])('scores %i and %i: our part of the bar is %i percent', (own, rival, share) => {
  expect(shareOf(own, rival)).toBe(share)
})

test('the board shows both scores and the time that is left, to everybody', async () => {
  const { part } = open('pk-board', 'audience')
  expect(part.words()).toBe('')
  await part.act(({ pk }) =>
    Object.assign(pk, { view: view('on'), endsAt: NOW + 59_000, scores: { own: 12_300, rival: 7 } }),
  )
  expect(part.words()).toMatch(/This show.*00:59.*Bea.*12\.3k.*7/s)
  expect(part.attribute('aria-label')).toContain('PK: this show 12.3k, Bea 7, 00:59 left')
})

test('the result stays for a while; a person without a name has a word instead', async () => {
  const { part } = open('pk-board')
  const against = { userId: 'bea', name: '' }
  await part.act(({ pk }) => Object.assign(pk, { result: { own: 5, rival: 2, outcome: 'won', against } }))
  expect(part.words()).toMatch(/Victory!.*Unnamed/s)
})

test('only an anchor is asked, and answers with one tap', async () => {
  const watching = open('pk-board', 'audience')
  await watching.part.act(({ pk }) => Object.assign(pk, { view: view('asked'), endsAt: NOW + 9_000 }))
  expect(watching.part.words()).toBe('')
  const { part, calls } = open('pk-board')
  await part.act(({ pk }) => Object.assign(pk, { view: view('asked'), endsAt: NOW + 9_000 }))
  expect(part.words()).toMatch(/Bea challenges you.*9 seconds left/s)
  await part.tap('.deed--main')
  await part.tap('.deed')
  expect(calls).toEqual([['accept'], ['refuse']])
})

test.each(['refused', 'expired', 'cancelled'] as const)('a question that was %s leaves a line', async (what) => {
  const { part } = open('pk-board')
  await part.act(({ pk }) => Object.assign(pk, { answer: { what, by: { userId: 'bea', name: 'Bea' } } }))
  expect(part.words().length).toBeGreaterThan(5)
})

test('the panel looks for rivals and asks one of them for the chosen time', async () => {
  const { part, calls } = open('pk-sheet')
  expect(calls).toEqual([['look']])
  await part.act(({ pk }) => Object.assign(pk.rivals, { state: 'ready', shows: [row('r2', 'Bea'), row('r3', 'Cid')] }))
  expect(part.attribute('aria-label')).toContain('Invite Bea, 1.2k watching')
  await part.tap('.length')
  await part.tap('.ask')
  expect(calls.slice(1)).toEqual([['invite', 'r2', 3]])
})

test.each([
  ['loading', 'Looking for rivals'],
  ['empty', 'Nobody to challenge'],
  ['error', 'Could not load the shows'],
])('rivals %s: %s', async (state, words) => {
  const { part } = open('pk-sheet')
  await part.act(({ pk }) => Object.assign(pk.rivals, { state }))
  expect(part.words()).toContain(words)
})

test.each([
  ['invited', 'Take it back', 'refuse'],
  ['asked', 'Decline', 'refuse'],
  ['on', 'End the PK', 'end'],
] as const)('while a PK is %s the panel offers: %s', async (state, words, call) => {
  const { part, calls } = open('pk-sheet')
  await part.act(({ pk }) => Object.assign(pk, { view: view(state), endsAt: NOW + 1 }))
  expect(part.words()).toContain(words)
  await part.tap('.no')
  expect(calls.at(-1)).toEqual([call])
})

test('the stage hears when the board takes another height, and only then', async () => {
  const calls: unknown[][] = []
  const part = mountPart('pk-board', roomWith('audience', calls), { kit, events: ['resized'] })
  part.fired.length = 0
  await part.act(({ pk }) => Object.assign(pk, { view: view('on'), endsAt: NOW + 60_000 }))
  expect(part.fired.map(([name]) => name)).toEqual(['resized'])
  await part.act(({ pk }) => Object.assign(pk, { scores: { own: 5, rival: 1 } }))
  expect(part.fired).toHaveLength(1)
})

test('what went wrong is said in the panel, and forgotten with it', async () => {
  const { part, calls } = open('pk-sheet')
  await part.act(({ pk }) => Object.assign(pk, { problem: { code: 'full', fatal: false, remedy: 'retry' } }))
  expect(part.words()).toContain('No free place')
  part.detach()
  expect(calls.at(-1)).toEqual(['forget'])
})

test('the button opens the panel, and says when somebody asks', async () => {
  const { part } = open('pk-button')
  await part.tap('.pk')
  expect(part.ui.sheet).toBe('pk')
  await part.act(({ pk }) => Object.assign(pk, { view: view('asked') }))
  expect(part.attribute('aria-label')).toContain('Open the PK panel, somebody invites you')
})
