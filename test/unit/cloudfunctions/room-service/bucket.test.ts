import { createBucket } from '../../../../cloudfunctions/core/room-service/bucket'

const clock = { now: 1_000_000 }
const bucket = () => createBucket({ burst: 5, perSecond: 2 }, () => clock.now)

test('M24: a burst, then as many as time brings, each key for itself', () => {
  const allows = bucket()
  expect(Array.from({ length: 7 }, () => allows('a'))).toEqual([true, true, true, true, true, false, false])
  expect(allows('b')).toBe(true)
  clock.now += 1000
  expect([allows('a'), allows('a'), allows('a')]).toEqual([true, true, false])
})

test('who waits long has a burst again, and no more; a clock that steps back gives nothing', () => {
  const allows = bucket()
  for (let i = 0; i < 5; i++) allows('a')
  clock.now += 3_600_000
  expect(Array.from({ length: 6 }, () => allows('a'))).toEqual([true, true, true, true, true, false])
  clock.now -= 3_600_000
  expect(allows('a')).toBe(false)
})
