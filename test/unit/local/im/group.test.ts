import { BARRAGE_CEILING, Group, type Member, REPLAY } from '../../../../local/im/group'
import fc from '../../../support/property'

interface Heard {
  c: string
  seq?: number
  gap?: true
  data: unknown
}

function member(userId: string): Member & { heard: Heard[]; leftGroups: string[] } {
  const heard: Heard[] = []
  const leftGroups: string[] = []
  return {
    userId,
    heard,
    leftGroups,
    send: (text) => heard.push(JSON.parse(text)),
    left: (id) => leftGroups.push(id),
  }
}

function world() {
  let now = 0
  const group = new Group('g', 'owner', () => now)
  const say = (data: unknown, priority: 0 | 1 | 2 = 1) =>
    group.publish({ from: 'alice', system: false, dataText: JSON.stringify(data), priority })
  const pass = (ms: number) => {
    now += ms
  }
  return { group, say, pass }
}

test('numbers what matters without a hole; what may be dropped has no number and is not kept', () => {
  const { group, say } = world()
  const bob = member('bob')
  expect(group.join(bob)).toEqual({ seq: 0, online: 1 })
  say('a')
  say('like', 0)
  say('b', 2)
  expect(bob.heard.map(({ seq, data }) => [seq, data])).toEqual([
    [1, 'a'],
    [undefined, 'like'],
    [2, 'b'],
  ])
  const late = member('late')
  group.resume(late, 0)
  expect(late.heard.map(({ data }) => data)).toEqual(['a', 'b'])
})

test('above 40 a second likes are dropped and barrage is not', () => {
  const { group, say, pass } = world()
  const bob = member('bob')
  group.join(bob)
  for (let n = 0; n < 30; n += 1) say('barrage')
  const reached = Array.from({ length: 100 }, () => say('like', 0))
  expect(reached.filter((n) => n > 0)).toHaveLength(10)
  for (let n = 0; n < 30; n += 1) say('barrage')
  expect(bob.heard).toHaveLength(30 + 10 + 30)
  pass(1000)
  expect(say('like', 0)).toBe(1)
})

test('a flood of barrage stops at the ceiling, without a hole in the numbers; signals pass', () => {
  const { group, say, pass } = world()
  const bob = member('bob')
  group.join(bob)
  const reached = Array.from({ length: 1000 }, () => say('barrage'))
  expect(reached.filter((n) => n > 0)).toHaveLength(BARRAGE_CEILING.burst)
  expect(say('signal', 2)).toBe(1)
  pass(1000)
  for (let n = 0; n < 1000; n += 1) say('barrage')
  expect(bob.heard.map(({ seq }) => seq)).toEqual(
    Array.from({ length: BARRAGE_CEILING.burst + 1 + BARRAGE_CEILING.perSecond }, (_, i) => i + 1),
  )
})

test('keeps no more than its window, whatever is said, and says gap exactly when older messages are gone', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 8000 }), { maxLength: 250 })
  fc.assert(
    fc.property(sizes, fc.nat({ max: 250 }), (lengths, seen) => {
      const { group, say } = world()
      for (const length of lengths) say('x'.repeat(length))
      const lastSeq = Math.min(seen, lengths.length)
      const bob = member('bob')
      group.resume(bob, lastSeq)
      const bytes = bob.heard.reduce((sum, { data }) => sum + String(data).length, 0)
      expect(bob.heard.length).toBeLessThanOrEqual(REPLAY.messages)
      expect(bytes).toBeLessThanOrEqual(REPLAY.bytes)
      const first = bob.heard[0]?.seq ?? lastSeq + 1
      expect(bob.heard.map(({ seq }) => seq)).toEqual(bob.heard.map((_, n) => first + n))
      expect(bob.heard.map(({ gap }) => gap === true)).toEqual(bob.heard.map((_, n) => n === 0 && first > lastSeq + 1))
    }),
    { numRuns: 60 },
  )
})

test('a connection that was replaced takes nothing away when it leaves', () => {
  const { group } = world()
  const [old, fresh] = [member('bob'), member('bob')]
  group.join(old)
  group.join(fresh)
  group.leave(old)
  expect(group.online).toBe(1)
})

test('dissolving tells every member and empties the group', () => {
  const { group } = world()
  const members = [member('a'), member('b')]
  for (const one of members) group.join(one)
  group.dissolve()
  for (const { heard, leftGroups } of members) {
    expect(heard).toEqual([{ c: 'dissolved', room: 'g' }])
    expect(leftGroups).toEqual(['g'])
  }
  expect(group.online).toBe(0)
})
