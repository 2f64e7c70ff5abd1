import { TokenBucket } from '../../../../local/im/token-bucket'
import fc from '../../../support/property'

test('lets the burst through at once, then one for each tenth of a second', () => {
  let now = 0
  const bucket = new TokenBucket(10, 20, () => now)
  const taken = (times: number) => Array.from({ length: times }, () => bucket.take()).filter(Boolean).length
  expect(taken(50)).toBe(20)
  now = 99
  expect(taken(1)).toBe(0)
  now = 100
  expect(taken(5)).toBe(1)
  now = 1_000_000
  expect(taken(50)).toBe(20)
})

test('never lets more through than burst plus rate, however the clock runs, backwards included', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 200 }), (steps) => {
      let now = 10_000
      let forward = 0
      let passed = 0
      const bucket = new TokenBucket(10, 20, () => now)
      for (const step of steps) {
        now += step
        forward += Math.max(0, step)
        if (bucket.take()) passed += 1
      }
      expect(passed).toBeLessThanOrEqual(20 + (forward / 1000) * 10 + 1e-6)
    }),
  )
})
