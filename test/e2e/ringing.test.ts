import { isQuiet, rings, ringUp, toCalls, toggleAgent } from '../support/lobby'
import { phoneSuite } from '../support/phone-suite'

const { stack, open } = phoneSuite({
  SWEEP_MS: '500',
  SEAT_HOLD_MS: '20000',
  RING_MS: '90000',
  QUEUE_WAIT_MS: '240000',
})

test('a call rings, and every no is said; nobody’s camera is on for it; who hangs up is a missed call to call back', async () => {
  const [ann, bob] = [await open('ann'), await open('bob')]
  await toCalls(ann)
  const number = await toCalls(bob)
  const call = async () => {
    await rings(bob)
    await ann.text('Ringing').waitFor()
  }
  await ringUp(ann, number)
  await call()
  expect(await ann.ask(({ media }) => media.cameraOn)).toBe(false)
  await bob.button('Decline').last().click()
  await ann.text('The call was declined').waitFor()
  await isQuiet(bob)

  await ann.button('Call again').click()
  await call()
  await bob.button('Not now').last().click()
  await ann.text('Busy right now').waitFor()

  await ann.button('Call again').click()
  await call()
  await ann.button('Cancel').click()
  await isQuiet(bob)
  await bob.text('Hung up').waitFor()

  await bob.button(/^Call .* back$/).click()
  await rings(ann)
  await ann.button('Decline').last().click()
  await bob.text('The call was declined').waitFor()
})

test('whoever is rung already is busy; a caller whose phone is gone rings no more', async () => {
  const [ann, bob, cat] = [await open('ann'), await open('bob'), await open('cat')]
  for (const phone of [ann, cat]) await toCalls(phone)
  const number = await toCalls(bob)
  await ringUp(ann, number)
  await rings(bob)
  await ringUp(cat, number)
  await cat.text('Busy right now').waitFor()
  await ann.ask((phone) => phone.faults.kill())
  await isQuiet(bob)
  await bob.text('You were busy').waitFor()
})

test('a word that was lost, and a server that starts anew while it rings, cost nothing', async () => {
  const [ann, bob] = [await open('ann'), await open('bob')]
  await toCalls(ann)
  const number = await toCalls(bob)
  await ringUp(ann, number)
  await rings(bob)
  await stack().stop()
  await stack().start()
  // It goes on ringing, and both phones hear of what happens next.
  await ann.button('Cancel').click()
  await isQuiet(bob)
  await ringUp(ann, number)
  await rings(bob)
  await bob.button('Decline').last().click()
  await ann.text('The call was declined').waitFor()
})

test('the service desk: who waits hears his place, and who is there; agents are asked in turn', async () => {
  const [ann, cat] = [await open('ann'), await open('cat')]
  for (const customer of [ann, cat]) {
    await toCalls(customer)
    await customer.button('Call the service desk').click()
    await customer.text('Nobody is at the desk right now').waitFor()
  }
  await ann.text('You are next').waitFor()
  await cat.text('You are number 2 in line').waitFor()

  const [bob, dan] = [await open('bob'), await open('dan')]
  await toCalls(bob)
  await bob.text('2 waiting').waitFor()
  await toggleAgent(bob)
  await rings(bob)
  await ann.text('Connecting you with').waitFor()
  await cat.text('1 agent is at the desk').waitFor()
  await cat.text('You are next').waitFor()

  await toCalls(dan)
  await toggleAgent(dan)
  await rings(dan)
  await cat.text('Connecting you with').waitFor()

  // A no goes on to whoever is free next: nobody, until Cat has given up.
  await bob.button('Decline').last().click()
  await ann.text('You are next').waitFor()
  await cat.button('Cancel').click()
  await rings(dan)
  await ann.text('Connecting you with').waitFor()
  await ann.button('Cancel').click()
  await isQuiet(dan)
})
