import { phoneSuite } from '../../support/phone-suite'

const { open, openDesk } = phoneSuite({ SWEEP_MS: '500' })

/** Whether the picture that this phone plays lies. */
const lies = () =>
  [...document.querySelectorAll('video')].some(({ videoWidth, videoHeight }) => videoWidth > videoHeight)

test('a screen takes the place of the camera and gives it back, in the same show', async () => {
  const desk = await openDesk('sven')
  await desk.goLive('My screen')
  const address = desk.page.url()
  const bob = await open('tom')
  await bob.watch(/My screen/)
  await bob.seesMotion()
  expect(await bob.page.evaluate(lies)).toBe(false)

  await desk.button('Turn the camera off').click()
  await bob.text(/Camera off/).waitFor()
  await desk.button('Share a screen').click()
  await desk.page.getByText('You are sharing a screen').waitFor()
  await bob.page.waitForFunction(lies)
  await bob.seesMotion()
  // What stands at the edge of a screen is read on a phone that stands.
  await bob.page.waitForFunction(
    () => document.querySelector<HTMLElement>('wx-live-player video')?.style.objectFit === 'contain',
  )

  // As it was before.
  await desk.button('Stop sharing').click()
  await bob.text(/Camera off/).waitFor()
  await desk.button('Turn the camera on').click()
  await bob.page.waitForFunction(() =>
    [...document.querySelectorAll('video')].every((v) => v.videoWidth < v.videoHeight),
  )
  await bob.seesMotion()
  expect(desk.page.url()).toBe(address)
})
