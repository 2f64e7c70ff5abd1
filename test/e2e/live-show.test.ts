import { phoneSuite } from '../support/phone-suite'

const { open } = phoneSuite({ SWEEP_MS: '500' })

test('a show goes from one phone to another and back: picture, barrage, hearts, viewers, the closing card', async () => {
  const [alice, bob] = [await open('alice'), await open('bob')]
  await alice.goLive('Rainy evening <b>songs</b>')
  await alice.seesMotion()

  await bob.page.reload()
  await bob.watch(/Rainy evening <b>songs<\/b>/)
  await bob.seesMotion()
  await alice.text('1 watching').or(alice.page.getByLabel('1 watching')).first().waitFor()

  await bob.say('Hello from Bob 🎉')
  await alice.text('Hello from Bob 🎉').waitFor()
  await alice.say('Welcome, Bob')
  await bob.text('Welcome, Bob').waitFor()

  await bob.button(/^Like/).click()
  await alice.button(/^Like, 1 like/).waitFor()
  await bob.page.mouse.dblclick(187, 300)
  await alice.button(/^Like, [2-3] like/).waitFor()

  await bob.button('Leave the room').click()
  await bob.text('Live now').waitFor()
  await alice.page.getByLabel('0 watching').waitFor()
  await bob.watch(/Rainy evening/)

  await alice.endShow()
  await bob.text('The show has ended').waitFor()
  await bob.button('Back to home').click()
  await bob.text('Nobody is live yet').waitFor()
  expect(await alice.ask((phone) => phone.media)).toMatchObject({ cameraOn: false, micOn: false, pushing: false })
})
