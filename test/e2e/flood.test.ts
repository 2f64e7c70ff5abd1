import { Crowd } from '../../bench/fixtures/crowd'
import { startSetDataLog, summaryOf, takeSetDataLog } from '../../bench/fixtures/set-data-log'
import { phoneSuite } from '../support/phone-suite'

const { open, stack } = phoneSuite({})
const FLOOD_MS = 5000

test('P60, M121: 1,000 lines a second leave a phone that answers taps, in bounded nodes and small updates, and the picture moves', async () => {
  const anchor = await open('ann')
  await anchor.goLive('A crowded evening')
  const { result } = await stack().call('room', { action: 'login' }, 'ann')
  const { roomId } = (result as { openRoom: { room: { roomId: string } } }).openRoom.room
  const viewer = await open('vera')
  await viewer.watch('A crowded evening')
  await viewer.seesMotion()
  const crowd = new Crowd(stack(), roomId)
  try {
    await crowd.grow(125)
    await startSetDataLog(viewer.page)
    const talking = crowd.talk(1000, FLOOD_MS)
    await viewer.text(/\d{2,}/).waitFor()
    // It answers while they talk.
    await viewer.button('Send a gift').click()
    await viewer.button('Send Heart').click()
    await viewer.text('sent a heart').waitFor()
    await viewer.button('Close').click()
    await viewer.seesMotion()
    const heard = await talking
    const cost = summaryOf(await takeSetDataLog(viewer.page))
    expect(heard.said).toBeGreaterThan(1000)
    expect(cost.largest).toBeLessThanOrEqual(8000)
    const lines = cost.groups.filter(({ component }) => component === 'barrage-list')
    const calls = lines.reduce((sum, group) => sum + group.calls, 0)
    expect(calls).toBeGreaterThan(0)
    expect(calls / (FLOOD_MS / 1000)).toBeLessThanOrEqual(10)
    expect(await viewer.page.locator('[id^="line-"]').count()).toBeLessThanOrEqual(60)
    await viewer.say('Still here')
    await viewer.seesMotion()
  } finally {
    crowd.leave()
  }
})
