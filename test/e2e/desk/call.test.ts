import { phoneSuite } from '../../support/phone-suite'

const { openDesk } = phoneSuite({ SWEEP_MS: '500', SEAT_HOLD_MS: '120000' })

test('a call between two desks: by a link, both move on both screens, one hangs up, and comes again', async () => {
  const ann = await openDesk('ann')
  await ann.button(/^New call/).click()
  await ann.page.getByLabel('Name of the call').fill('Claim 7')
  await ann.button('Start the call').click()
  await ann.page.getByText('Nobody else is here yet').waitFor()
  const id = new URL(ann.page.url()).searchParams.get('call') ?? ''

  const ben = await openDesk('ben')
  await ben.page.getByLabel('Id or link of the call').fill(ann.page.url())
  await ben.button('Join a call').click()
  for (const desk of [ann, ben]) {
    await desk.hasPictures(2)
    await desk.seesMotion('.picture')
    await desk.seesMotion('.camera')
  }
  await ben.say('can you hear me')
  await ann.page.getByText('can you hear me').waitFor()
  await ben.button('Mute').click()
  await ann.page.locator('.plate', { hasText: 'Unnamed' }).locator('svg').waitFor()

  await ben.button('Hang up').click()
  await ann.hasPictures(1)
  const again = await openDesk('ben', `&call=${id}`)
  await again.hasPictures(2)
  await ann.button('End for everybody').click()
  await again.page.getByText('The call is over').waitFor()
  await ann.page.getByText('The call is over').waitFor()
})
