import { codeOf } from '../../miniprogram/components/live-room/compat/codes'
import { Interpreter } from '../../miniprogram/components/live-room/compat/interpreter'
import { OlderPage } from '../../miniprogram/components/live-room/compat/older-page'
import { userIdOf } from '../../miniprogram/components/live-room/compat/people'
import { EVENTS, TAGS } from '../../miniprogram/components/live-room/compat/table'
import type { LiveRoomEvents } from '../../miniprogram/components/live-room/events'
import { FAULTS, type FaultCode } from '../../miniprogram/stores/room/fault'

const NOON = new Date(2018, 4, 4, 21, 7, 9).getTime()
const heard = (role: 'anchor' | 'audience' = 'audience') =>
  new Interpreter(
    () => role,
    () => NOON,
  )
const shape = (events: { tag: string; code: number }[]) => events.map(({ tag, code }) => [tag, code])

const link = (over: Partial<LiveRoomEvents['link']>): LiveRoomEvents['link'] => ({
  roomId: 'r1',
  phase: 'off',
  linkId: '',
  seat: 0,
  endsAt: 0,
  why: '',
  reason: '',
  ...over,
})
const line = (over: Partial<LiveRoomEvents['text']> = {}): LiveRoomEvents['text'] => ({
  roomId: 'r1',
  id: 'l1',
  userId: 'u1',
  name: 'Eve "the }}" Adams',
  text: '>debug',
  mine: false,
  failed: false,
  ...over,
})
const failing = (code: FaultCode, over: Partial<LiveRoomEvents['error']> = {}): LiveRoomEvents['error'] => ({
  roomId: '',
  title: 'Words',
  advice: '',
  during: 'show',
  code,
  ...FAULTS[code],
  ...over,
})

test('every event carries the room id, by its older name too (M105)', () => {
  const eve = { linkId: 'k1', userId: 'u1', name: 'Eve', endsAt: 0 }
  const anchor = heard('anchor')
  const viewer = heard()
  const all = [
    ...anchor.say('created', { roomId: 'r1' }),
    ...anchor.say('requests', { roomId: 'r1', requests: [eve] }),
    ...viewer.say('link', link({ phase: 'on' })),
    ...viewer.say('link', link({ phase: 'off', why: 'kicked' })),
    ...viewer.say('text', line()),
    ...viewer.say('ended', { roomId: 'r1', reason: null, summary: null }),
    ...viewer.say('error', failing('internal', { roomId: 'r1', fatal: true })),
    ...viewer.notSent('r1', 'x'),
  ]
  expect(all.map(({ roomID, roomId }) => [roomID, roomId])).toEqual(all.map(() => ['r1', 'r1']))
  expect(new Set(all.map(({ tag }) => tag))).toEqual(new Set(Object.values(TAGS).flatMap(({ tags }) => [...tags])))
})

test('created is told once, of a new room and of one that goes on', () => {
  const anchor = heard('anchor')
  const known = { roomId: 'r1', title: 'Tea', anchorName: '' }
  expect(shape(anchor.say('created', { roomId: 'r1' }))).toEqual([['created', 0]])
  expect(anchor.say('room', known)).toEqual([])
  expect(shape(heard('anchor').say('room', known))).toEqual([['created', 0]])
  expect(heard().say('room', known)).toEqual([])
})

test('a request is told once, by both tags, with the person; who has left is not answered', () => {
  const anchor = heard('anchor')
  const eve = { linkId: 'k1', userId: 'u1', name: 'Eve', endsAt: 0 }
  const first = anchor.say('requests', { roomId: 'r1', requests: [eve] })
  expect(shape(first)).toEqual([
    ['joinPusher', 0],
    ['requestJoinAnchor', 0],
  ])
  expect(first[0]?.detail).toEqual({ userID: 'u1', userName: 'Eve', userAvatar: '', linkID: 'k1' })
  expect(anchor.say('requests', { roomId: 'r1', requests: [eve] })).toEqual([])
  expect(anchor.linkOf('u1')).toBe('k1')
  anchor.say('requests', { roomId: 'r1', requests: [] })
  expect(anchor.linkOf('u1')).toBe('')
  // He asks again: another ticket.
  expect(anchor.say('requests', { roomId: 'r1', requests: [{ ...eve, linkId: 'k2' }] })).toHaveLength(2)
})

test('a link is on once, whatever the SDK reports, and out once', () => {
  const viewer = heard()
  const steps = (['asking', 'waiting', 'held', 'joining', 'on', 'on', 'off', 'off'] as const).map((phase) =>
    shape(viewer.say('link', link({ phase }))),
  )
  expect(steps.filter((said) => said.length > 0)).toEqual([
    [
      ['LinkOn', 0],
      ['linkOn', 0],
    ],
    [
      ['LinkOut', 0],
      ['linkOut', 0],
    ],
  ])
})

test.each(['rejected', 'expired', 'withdrawn'] as const)(
  'a request that was %s fails with -9004, never with 0 (M77)',
  (why) => {
    expect(heard().say('link', link({ phase: 'off', why, reason: 'later' }))).toMatchObject([
      { tag: 'error', code: -9004, detail: 'later' },
    ])
  },
)

test('who is sent off the stage hears that the link is out, not that it failed', () => {
  const viewer = heard()
  viewer.say('link', link({ phase: 'on' }))
  expect(shape(viewer.say('link', link({ why: 'kicked' })))).toEqual([
    ['LinkOut', 0],
    ['linkOut', 0],
  ])
})

test('a line is one object with the true id of its sender, as 2018 and as 2020 read it (M85, M106)', () => {
  expect(heard().say('text', line())).toMatchObject([
    {
      tag: 'recvTextMsg',
      code: 0,
      detail: {
        roomID: 'r1',
        userID: 'u1',
        userName: 'Eve "the }}" Adams',
        userAvatar: '',
        message: '>debug',
        time: '2018-05-04 21:07:09',
        msg: { from: 'u1', nick: 'Eve "the }}" Adams', payload: { text: '>debug' } },
      },
    },
  ])
})

test('a line of one’s own that was lost, or not even taken, is -9005', () => {
  expect(shape(heard().say('text', line({ mine: true, failed: true })))).toEqual([['error', -9005]])
  expect(shape(heard().notSent('r1', 'x'))).toEqual([['error', -9005]])
})

test('the end is told to those who watch, and to an anchor who did not end it himself', () => {
  const end = (role: 'anchor' | 'audience', reason: LiveRoomEvents['ended']['reason']) =>
    shape(heard(role).say('ended', { roomId: 'r1', reason, summary: null }))
  expect(end('audience', 'ended-by-anchor')).toEqual([['roomClosed', -9006]])
  expect(end('anchor', 'ended-by-anchor')).toEqual([])
  expect(end('anchor', 'ended-by-operator')).toEqual([['roomClosed', -9006]])
  expect(end('anchor', 'grace-over')).toEqual([['roomClosed', -9006]])
})

test.each([
  ['anchor', 'unavailable', -9001],
  ['audience', 'not-found', -9003],
  ['anchor', 'push-refused', -9002],
  ['anchor', 'device-camera', -1301],
  ['anchor', 'device-microphone', -1302],
  ['anchor', 'push-unstable', -1307],
  ['audience', 'play-refused', -2301],
] as const)('an %s whose room does not open for %s hears %i', (role, code, number) => {
  expect(shape(heard(role).say('error', failing(code)))).toEqual([['error', number]])
})

test('an older page leaves on an error, so what passes by itself, or is asked of the user, is none (M113)', () => {
  for (const code of ['network', 'push-unstable', 'chat-kicked', 'play-refused'] as const) {
    expect(heard().say('error', failing(code, { roomId: 'r1' }))).toEqual([])
  }
  for (const code of ['privacy', 'permission-camera', 'permission-microphone', 'already-live'] as const) {
    expect(heard('anchor').say('error', failing(code))).toEqual([])
  }
})

test('who is sent out hears that the room is closed to him', () => {
  expect(shape(heard().say('error', failing('removed', { roomId: 'r1' })))).toEqual([['roomClosed', -9006]])
})

test('trouble on the way to the stage is -9004', () => {
  expect(shape(heard().say('error', failing('full', { roomId: 'r1', during: 'link' })))).toEqual([['error', -9004]])
})

test.each(Object.keys(FAULTS) as FaultCode[])('the fault %s has a number, and it is not 0 (M77)', (code) => {
  for (const role of ['anchor', 'audience'] as const) expect(codeOf(code, role)).toBeLessThan(0)
})

test.each([
  ['an id', 'u1'],
  ['a person of an event', { userID: 'u1', userName: 'Eve' }],
  ['the detail of an event', { tag: 'joinPusher', code: 0, detail: { userID: 'u1' } }],
  ['an event', { type: 'RoomEvent', target: { dataset: {} }, detail: { tag: 'joinPusher', detail: { userID: 'u1' } } }],
  ['a tap', { type: 'tap', currentTarget: { id: 'x', dataset: { userid: 'u1' } }, detail: { x: 1 } }],
  ['a tap on something within', { target: { dataset: { userId: 'u1' } }, currentTarget: { dataset: {} } }],
])('%s names a person (M107)', (_, value) => expect(userIdOf(value)).toBe('u1'))

test.each([undefined, null, 7, {}, [], { userID: 7 }, { detail: null }])('%j names nobody', (value) => {
  expect(userIdOf(value)).toBe('')
})

test('an endless wrapper is not followed for ever', () => {
  const knot: { detail?: unknown } = {}
  knot.detail = knot
  expect(userIdOf(knot)).toBe('')
})

function page(old = true) {
  const fired: [string, string, number][] = []
  const calls: string[] = []
  const call =
    (name: string) =>
    async (...args: unknown[]) =>
      void calls.push([name, ...args].join(' '))
  const taken = { line: true }
  const older = new OlderPage(
    {
      role: () => 'audience',
      now: () => NOON,
      fire: (name, { tag, code }) => fired.push([name, tag, code]),
      methods: {
        retry: call('retry'),
        requestLink: call('requestLink'),
        confirmLink: call('confirmLink'),
        respondLink: call('respondLink'),
        sendText: async () => taken.line,
      },
    },
    () => old,
  )
  return { older, fired, calls, taken }
}

test('everything is told by both names of the event (M100)', () => {
  const { older, fired } = page()
  older.hear('text', line())
  expect(fired).toEqual(EVENTS.map((name) => [name, 'recvTextMsg', 0]))
})

test('who asked by an older name goes on stage when he is let, and only then by himself', async () => {
  const { older, calls } = page()
  older.hear('link', link({ phase: 'held' }))
  expect(calls).toEqual([])
  await older.requestLink()
  older.hear('link', link({ phase: 'held' }))
  older.hear('link', link({ phase: 'off' }))
  older.hear('link', link({ phase: 'held' }))
  expect(calls).toEqual(['requestLink', 'confirmLink'])
})

test('an answer finds the ticket of the person; a stale one answers nobody (M69, M70)', async () => {
  const { older, calls } = page()
  await older.respondLink(true, { userID: 'u1' })
  older.hear('requests', { roomId: 'r1', requests: [{ linkId: 'k1', userId: 'u1', name: '', endsAt: 0 }] })
  await older.respondLink(false, { detail: { detail: { userID: 'u1' } } })
  expect(calls).toEqual(['respondLink k1 false'])
})

test('a line that was not taken is told', async () => {
  const { older, fired, taken } = page()
  await older.sendText('hello')
  taken.line = false
  await older.sendText('hello')
  expect(fired).toEqual(EVENTS.map((name) => [name, 'error', -9005]))
})

test('a show that was left open goes on for an older page; any other is asked', () => {
  const left = failing('already-live')
  const one = page()
  one.older.hear('error', left)
  const other = page(false)
  other.older.hear('error', left)
  expect([one.calls, other.calls]).toEqual([['retry'], []])
})
