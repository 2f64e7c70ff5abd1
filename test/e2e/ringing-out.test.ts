import { isQuiet, rings, ringUp, toCalls, toggleAgent } from '../support/lobby'
import { phoneSuite } from '../support/phone-suite'

/** Here it rings out soon. */
const { open } = phoneSuite({ SWEEP_MS: '500', SEAT_HOLD_MS: '60000', RING_MS: '8000', QUEUE_WAIT_MS: '240000' })

test('nobody answers: both hear it, and the phone that rang shows a missed call', async () => {
  const [ann, bob] = [await open('ann'), await open('bob')]
  await toCalls(ann)
  await ringUp(ann, await toCalls(bob))
  await rings(bob)
  await ann.text('Nobody answered').waitFor()
  await isQuiet(bob)
  await bob.text('Not answered').waitFor()
})

test('an agent whose phone is gone, and one who says nothing, are passed over', async () => {
  const [ann, bob, dan] = [await open('ann'), await open('bob'), await open('dan')]
  for (const phone of [ann, bob, dan]) await toCalls(phone)
  await toggleAgent(bob)
  await bob.text('1 agent signed on').waitFor()
  await ann.button('Call the service desk').click()
  await rings(bob)
  await toggleAgent(dan)
  await bob.ask((phone) => phone.faults.kill())
  await rings(dan)
  // Dan says nothing, and nobody else is there: Ann waits, and is told so.
  await isQuiet(dan)
  await ann.text('You are next').waitFor()
  await rings(dan)
})
