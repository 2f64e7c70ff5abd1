import { Mutes } from '../../../../local/im/mutes'

function world() {
  const clock = { now: 1_000 }
  return { clock, mutes: new Mutes('owner', () => clock.now) }
}

test('a mute silences until its instant, and no longer', () => {
  const { clock, mutes } = world()
  mutes.set(['alice', 'bob'], 3_000)
  clock.now = 2_999
  expect([mutes.silences('alice'), mutes.silences('bob'), mutes.silences('carol')]).toEqual([true, true, false])
  expect(mutes.list()).toEqual([
    { userId: 'alice', until: 3_000 },
    { userId: 'bob', until: 3_000 },
  ])
  clock.now = 3_000
  expect(mutes.silences('alice')).toBe(false)
  expect(mutes.list()).toEqual([])
})

test('the latest word counts: longer, shorter, lifted', () => {
  const { clock, mutes } = world()
  mutes.set(['alice'], 3_000)
  mutes.set(['alice'], 9_000)
  clock.now = 8_999
  expect(mutes.silences('alice')).toBe(true)
  mutes.set(['alice'], 8_999)
  expect(mutes.silences('alice')).toBe(false)
})

test('everybody but the owner, on top of who is muted alone', () => {
  const { mutes } = world()
  mutes.set(['alice'], 3_000)
  mutes.everybody = true
  expect([mutes.silences('alice'), mutes.silences('bob'), mutes.silences('owner')]).toEqual([true, true, false])
  mutes.everybody = false
  expect([mutes.silences('alice'), mutes.silences('bob')]).toEqual([true, false])
})
