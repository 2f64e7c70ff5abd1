import { ask, haveDevices, havePictures } from '../../support/on-stage'
import { phoneSuite } from '../../support/phone-suite'
import { hears, listen } from '../../support/senses'

const { open, openDesk, stack } = phoneSuite({ SWEEP_MS: '500', SEAT_HOLD_MS: '120000', LINK_WAIT_MS: '120000' })

test('a show from a computer is seen on a phone; what the phone writes is read at the desk, and answered', async () => {
  const desk = await openDesk('dana')
  await desk.goLive('From the desk')
  const bob = await open('bob')
  await bob.watch(/From the desk/)
  await bob.seesMotion()

  await bob.say('hello desk')
  await desk.page.getByText('hello desk').waitFor()
  await desk.page.getByRole('button', { name: 'Unnamed, more' }).first().click()
  await desk.button('Reply').click()
  await desk.say('hello phone')
  await bob.text('hello phone').waitFor()

  // What is off here is off there.
  await desk.button('Turn the camera off').click()
  await bob.text(/Camera off/).waitFor()
  await desk.button('Turn the camera on').click()
  await bob.seesMotion()

  await desk.button('End the show').click()
  await desk.button('End now').click()
  await desk.page.getByText('That was your show').waitFor()
  await bob.text('The show has ended').waitFor()
})

test('a guest from a phone: accepted at the desk, both see each other move, he hears the desk, and is sent off again', async () => {
  const desk = await openDesk('dora')
  await desk.goLive('A guest')
  const bob = await open('emil')
  await bob.watch(/A guest/)
  await ask(bob)
  await desk.page.getByRole('tab', { name: /^Guests/ }).click()
  await desk.button(/^Let .* join/).click()
  await bob.text('Your turn').waitFor()
  await listen(bob)
  await bob.button('Go on stage').click()
  await bob.button('Stage: you are on').waitFor()
  await desk.hasPictures(2)
  await havePictures(bob, 2)
  await desk.seesMotion('.picture')
  await bob.seesMotion()
  await hears(bob)
  await desk.button(/^Take .* off the stage/).click()
  await haveDevices(bob, false)
  await desk.hasPictures(1)
})

test('the record button: what was on air is there to be played after the show', async () => {
  const desk = await openDesk('rosa')
  await desk.goLive('On the record')
  await desk.button('Record').click()
  await desk.page.getByRole('status').filter({ hasText: 'Recording' }).waitFor()
  const recorded = Date.now()
  await desk.page.waitForFunction((since) => Date.now() - since > 3000, recorded)
  await desk.button('Stop recording').click()
  await desk.button('Record').waitFor()
  await desk.button('End the show').click()
  await desk.button('End now').click()
  await desk.button(/^Play the recording/).click()
  await desk.page.waitForFunction(
    () => (document.querySelector<HTMLVideoElement>('video.replay')?.currentTime ?? 0) > 0.2,
  )
})

test('a page that is loaded anew goes on with its show; a server that comes back finds it again', async () => {
  const desk = await openDesk('nina')
  await desk.goLive('Still here')
  const bob = await open('otto')
  await bob.watch(/Still here/)
  await desk.page.reload()
  await desk.page.getByText('LIVE', { exact: true }).waitFor()
  await bob.seesMotion()
  await stack().stop()
  await stack().start()
  await desk.hasPictures(1)
  await bob.seesMotion()
})
