import { BARRAGE_CEILING, Group } from '../../../../local/im/group'
import { heapInUse } from '../../services/heap'

test('100,000 messages (100 s of 1,000 a second) leave no more than the window behind in the group', () => {
  let now = 0
  let delivered = 0
  const group = new Group('g', '', () => now)
  for (let n = 0; n < 50; n += 1) {
    const send = () => {
      delivered += 1
    }
    group.join({ userId: `u${n}`, send, left: () => undefined })
  }
  const say = (times: number) => {
    for (let n = 0; n < times; n += 1) {
      now += 1
      const dataText = JSON.stringify({ n, text: '弹'.repeat(100) })
      group.publish({ from: 'alice', system: false, dataText, priority: n % 2 === 0 ? 0 : 1 })
    }
  }
  say(1_000)
  const before = heapInUse()
  say(100_000)
  expect(heapInUse() - before).toBeLessThan(500_000)
  // Every second message is a like, and of those no more than the budget of 101 seconds passes; of the rest the ceiling.
  const { perSecond, burst } = BARRAGE_CEILING
  expect(delivered).toBeGreaterThanOrEqual(101 * perSecond * 50)
  expect(delivered).toBeLessThanOrEqual((101 * perSecond + burst + 102 * 40) * 50)
})
