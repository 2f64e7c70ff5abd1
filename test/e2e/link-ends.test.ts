import { ask, comeOnStage, haveDevices, havePictures } from '../support/on-stage'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'
import { watchLight } from '../support/senses'

const { open } = phoneSuite({ SWEEP_MS: '300', GRACE_MS: '5000', SEAT_HOLD_MS: '120000', LINK_WAIT_MS: '15000' })

const BLACK = 8

async function watching(anchor: TestPhone, title: string, ...names: string[]): Promise<TestPhone[]> {
  await anchor.goLive(title)
  const phones: TestPhone[] = []
  for (const name of names) {
    const phone = await open(name)
    await phone.watch(new RegExp(title))
    await phone.seesMotion()
    phones.push(phone)
  }
  return phones
}

test('nobody answers: the request is over on both sides, and may be made again', async () => {
  const anchor = await open('ann')
  const [viewer] = (await watching(anchor, 'Deaf', 'ben')) as [TestPhone]
  await ask(viewer)
  await anchor.button('Manage the stage, 1 person is waiting').waitFor()
  await viewer.text('The host did not answer').waitFor()
  await anchor.button('Manage the stage, nobody is waiting').waitFor()
  await viewer.button('Join on stage').waitFor()
  await anchor.endShow()
})

test('a guest’s app is killed: his seat is free after the grace, and nobody sees a black picture', async () => {
  const anchor = await open('cat')
  const [guest, viewer] = (await watching(anchor, 'One of us', 'dan', 'eve')) as [TestPhone, TestPhone]
  await comeOnStage(anchor, guest)
  await havePictures(anchor, 2)
  const darkest = await Promise.all([watchLight(anchor), watchLight(viewer)])
  await guest.ask((phone) => phone.faults.kill())
  await guest.page.waitForFunction('window.__phone?.running === false')
  await haveDevices(guest, false)
  await havePictures(anchor, 1)
  // Free again: there is nobody in the anchor's list of people on stage.
  await anchor.button(/^Manage the stage/).click()
  await anchor.button(/^Take .* off the stage/).waitFor({ state: 'hidden' })
  await anchor.button('Close').click()
  for (const phone of [anchor, viewer]) await phone.seesMotion()
  for (const tell of darkest) expect(await tell()).toBeGreaterThan(BLACK)
  await anchor.endShow()
})

test('the anchor dies and does not return: the show ends, the guest’s camera is off, and the viewer is told', async () => {
  const anchor = await open('hal')
  const [guest, viewer] = (await watching(anchor, 'Left alone', 'ida', 'jon')) as [TestPhone, TestPhone]
  await comeOnStage(anchor, guest)
  await havePictures(anchor, 2)
  await anchor.ask((phone) => phone.faults.kill())
  for (const phone of [guest, viewer]) await phone.text('The show has ended').waitFor()
  await haveDevices(guest, false)
  for (const phone of [guest, viewer]) {
    await havePictures(phone, 0)
    await phone.button('Back to home').click()
    await phone.text('Nobody is live yet').waitFor()
  }
})

test('a camera that is denied keeps him in his seat; allowed in the settings, he goes on stage; a second device takes over', async () => {
  const anchor = await open('fay')
  const [guest] = (await watching(anchor, 'Two phones', 'gus')) as [TestPhone]
  await guest.ask((phone) => phone.faults.camera(false))
  await ask(guest)
  await anchor.button('View').click()
  await anchor.button(/^Let .* join/).click()
  await anchor.button('Close').click()
  await guest.button('Open the settings').click()
  await haveDevices(guest, false)
  for (const toggle of await guest.page.locator('.settings input').all()) await toggle.check()
  await guest.page.getByRole('button', { name: '完成' }).click()
  await haveDevices(guest, true)
  await guest.button('Go on stage').click()
  await guest.button('Stage: you are on').waitFor()
  await havePictures(anchor, 2)

  const other = await open('gus')
  await other.watch(/Two phones/)
  await other.button('Stage: a seat is kept for you').click()
  expect(await other.ask(({ media }) => media.cameraOn)).toBe(false)
  const told = guest.text('You are on stage on another device').waitFor()
  await other.button('Go on stage').click()
  await Promise.all([told, haveDevices(guest, false), other.button('Stage: you are on').waitFor()])
  await other.seesMotion()
  await havePictures(anchor, 2)
  await anchor.endShow()
})
