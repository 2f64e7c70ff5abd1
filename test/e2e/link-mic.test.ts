import { ask, comeOnStage, haveDevices, havePictures, pictures } from '../support/on-stage'
import { phoneSuite } from '../support/phone-suite'

const { open } = phoneSuite({ SWEEP_MS: '500', SEAT_HOLD_MS: '120000', LINK_WAIT_MS: '120000' })

test('a viewer asks, is accepted, confirms, is seen by everybody, and leaves', async () => {
  const [alice, bob, carl] = [await open('alice'), await open('bob'), await open('carl')]
  await alice.goLive('Songs for two')
  for (const viewer of [bob, carl]) {
    await viewer.page.reload()
    await viewer.watch(/Songs for two/)
    await viewer.seesMotion()
  }
  await comeOnStage(alice, bob)
  await havePictures(alice, 2)
  await havePictures(bob, 2)
  expect(await pictures(carl).count()).toBeGreaterThan(0)
  for (const phone of [alice, bob, carl]) await phone.seesMotion()

  await bob.button('Stage: you are on').click()
  await bob.button('Leave the stage').click()
  await haveDevices(bob, false)
  await havePictures(alice, 1)
  await havePictures(bob, 1)
  for (const phone of [alice, bob, carl]) await phone.seesMotion()
  // He may ask again (M63).
  await bob.button('Join on stage').waitFor()
})

test('a no comes with its reason; who is sent off the stage is off it at once', async () => {
  const [alice, bob] = [await open('dora'), await open('emil')]
  await alice.goLive('Two chairs')
  await bob.page.reload()
  await bob.watch(/Two chairs/)

  await ask(bob)
  await alice.button('Manage the stage, 1 person is waiting').click()
  await alice.button(/^Decline /).click()
  await alice.page.getByRole('radio', { name: 'After this topic' }).click()
  await alice.button('Decline the request').click()
  await alice.text('Nobody has asked yet').waitFor()
  await alice.button('Close').click()
  await bob.text('The host says: After this topic').waitFor()

  await comeOnStage(alice, bob)
  await havePictures(alice, 2)
  await alice.button(/^Manage the stage/).click()
  await alice.button(/^Take .* off the stage/).click()
  await bob.text('The host took you off the stage').waitFor()
  await haveDevices(bob, false)
  await havePictures(alice, 1)
  await havePictures(bob, 1)
  await bob.seesMotion()
})

test('a request is taken back; an invitation is declined, and taken by who wants to come', async () => {
  const [alice, bob] = [await open('fay'), await open('gus')]
  await alice.goLive('By invitation')
  await bob.page.reload()
  await bob.watch(/By invitation/)
  await ask(bob)
  await bob.button('Take back').click()
  await alice.button('Manage the stage, nobody is waiting').waitFor()

  const invite = async () => {
    await alice.button(/^1 watching/).click()
    await alice.page.getByRole('button', { name: 'Unnamed', exact: true }).click()
    await alice.button('Invite on stage').click()
    await alice.text('Invited').waitFor()
    await alice.button('Close').click()
    await alice.button('Close').click()
    await bob.text(/invites you on stage/).waitFor()
  }
  await invite()
  await bob.button('Decline').click()
  await bob.button('Join on stage').waitFor()
  await alice.button('Manage the stage, nobody is waiting').waitFor()
  await invite()
  await bob.button('Accept').click()
  await bob.button('Go on stage').click()
  await bob.button('Stage: you are on').waitFor()
  await havePictures(alice, 2)
})
