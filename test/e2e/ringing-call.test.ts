import { motion } from '../support/browser'
import { isQuiet, rings, ringUp, toCalls, toggleAgent } from '../support/lobby'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

const { open } = phoneSuite({ SWEEP_MS: '500', SEAT_HOLD_MS: '60000', RING_MS: '90000', QUEUE_WAIT_MS: '240000' })

/** The other one's picture moves on this screen. */
async function sees(phone: TestPhone): Promise<void> {
  const deadline = Date.now() + 90_000
  while ((await motion(phone.page, 'wx-live-player').catch(() => 0)) < 0.002) {
    if (Date.now() > deadline) throw new Error('the other one does not move')
  }
}
const hangUp = (phone: TestPhone) => phone.button('Hang up').first().click()

test('a yes: both are in the call and see each other move; afterwards both can be rung up again', async () => {
  const [ann, bob] = [await open('ann'), await open('bob')]
  await toCalls(ann)
  const number = await toCalls(bob)
  await ringUp(ann, number)
  await rings(bob)
  await bob.button('Accept').last().click()
  await Promise.all([sees(ann), sees(bob)])
  await hangUp(ann)
  await hangUp(bob)
  await ringUp(ann, number)
  await rings(bob)
  await bob.button('Decline').last().click()
  await ann.text('The call was declined').waitFor()
})

test('the service desk answers; who is in a call is not disturbed, and takes the next one when he has hung up', async () => {
  const [ann, bob, cat] = [await open('ann'), await open('bob'), await open('cat')]
  for (const phone of [ann, bob, cat]) await toCalls(phone)
  await toggleAgent(bob)
  await ann.button('Call the service desk').click()
  await rings(bob)
  await bob.button('Accept').last().click()
  await sees(ann)
  await cat.button('Call the service desk').click()
  await cat.text('You are next').waitFor()
  await isQuiet(bob)
  await hangUp(ann)
  await hangUp(bob)
  await rings(bob)
  await bob.button('Decline').last().click()
  await cat.text('You are next').waitFor()
  // He takes her himself, from the list of those who wait.
  await bob.button(/^Answer/).click()
  await sees(cat)
})
