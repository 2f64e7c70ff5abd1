import { havePictures } from '../../support/on-stage'
import { phoneSuite } from '../../support/phone-suite'

const { open, openDesk } = phoneSuite({ SWEEP_MS: '500', SEAT_HOLD_MS: '120000' })

test('a call between a desk and a phone: both move on both screens, and what is written goes over', async () => {
  const desk = await openDesk('vera')
  await desk.button(/^New call/).click()
  await desk.page.getByLabel('Name of the call').fill('Claim 8')
  await desk.button('Start the call').click()
  await desk.hasPictures(1)
  const id = new URL(desk.page.url()).searchParams.get('call') ?? ''

  const bob = await open('will')
  await bob.page.evaluate((roomId) => window.__phone?.navigate.to(`/pages/call/call?roomId=${roomId}`), id)
  await havePictures(bob, 2)
  await desk.hasPictures(2)
  await bob.seesMotion()
  await desk.seesMotion('.picture')
  await desk.seesMotion('.camera')

  // A screen in the call: whole, and the phone sees it lie.
  await desk.button('Share a screen').click()
  await bob.page.waitForFunction(() => [...document.querySelectorAll('canvas')].some((c) => c.width > c.height * 1.3))
  await desk.button('Hang up').click()
  await havePictures(bob, 1)
})

test('a customer with a phone rings the queue; the agent at the desk takes it, and they see each other move', async () => {
  const desk = await openDesk('agent2', '&queue')
  await desk.button(/^Sign on to /).click()
  await desk.button(/^Sign off from /).waitFor()
  const bob = await open('xena')
  await bob.page.evaluate(() => window.__phone?.navigate.to('/pages/calls/calls'))
  await bob
    .button(/service desk/i)
    .first()
    .click()
  await desk.button('Take the call').click()
  await desk.hasPictures(2)
  await havePictures(bob, 2)
  await bob.seesMotion()
  await desk.seesMotion('.picture')
  await desk.button('Hang up').click()
  await desk.button(/^Sign off from /).waitFor()
})
