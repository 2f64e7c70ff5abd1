import { motion } from '../support/browser'
import { comeOnStage, haveDevices, havePictures } from '../support/on-stage'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'
import { hears, listen } from '../support/senses'

const { stack, open } = phoneSuite({
  SWEEP_MS: '500',
  GRACE_MS: '120000',
  SEAT_HOLD_MS: '120000',
  LINK_WAIT_MS: '120000',
})

/** An anchor on air with a guest on stage, and somebody who watches them. */
async function company(title: string, names: readonly [string, string, string]) {
  const [anchor, guest, viewer] = [await open(names[0]), await open(names[1]), await open(names[2])]
  await listen(anchor)
  await anchor.goLive(title)
  for (const phone of [guest, viewer]) {
    await phone.page.reload()
    await phone.watch(new RegExp(title))
  }
  await comeOnStage(anchor, guest)
  await havePictures(anchor, 2)
  return { anchor, guest, viewer }
}

/** The guest's picture moves on the screen of somebody who plays it. */
async function guestMoves(anchor: TestPhone): Promise<void> {
  await havePictures(anchor, 2)
  const deadline = Date.now() + 60_000
  while ((await motion(anchor.page, 'wx-live-player').catch(() => 0)) < 0.002) {
    if (Date.now() > deadline) throw new Error('the guest does not move on the screen of the anchor')
  }
}

const devices = (phone: TestPhone) => phone.ask(({ media: { cameraOn, micOn } }) => [cameraOn, micOn])

test('a guest without network keeps his seat, one in the background too; one who was sent off meanwhile is off', async () => {
  const { anchor, guest, viewer } = await company('Through a tunnel', ['ann', 'ben', 'cat'])
  await guestMoves(anchor)
  await hears(anchor)

  await guest.ask((phone) => phone.faults.offline(true))
  await havePictures(anchor, 1)
  await viewer.seesMotion()
  await guest.ask((phone) => phone.faults.offline(false))
  await guestMoves(anchor)
  await guest.button('Stage: you are on').waitFor()
  await viewer.seesMotion()

  await guest.ask((phone) => phone.faults.background(true))
  await haveDevices(guest, false)
  await havePictures(anchor, 1)
  await guest.ask((phone) => phone.faults.background(false))
  await guestMoves(anchor)
  expect(await devices(guest)).toEqual([true, true])

  await guest.ask((phone) => phone.faults.offline(true))
  await havePictures(anchor, 1)
  await anchor.button(/^Manage the stage/).click()
  await anchor.button(/^Take .* off the stage/).click()
  await anchor.button('Close').click()
  await guest.ask((phone) => phone.faults.offline(false))
  await haveDevices(guest, false)
  await guest.button('Join on stage').waitFor()
  for (const phone of [anchor, guest, viewer]) await phone.seesMotion()
  await anchor.endShow()
})

test('the anchor dies and returns: the guest keeps his seat, and everybody is told', async () => {
  const { anchor, guest, viewer } = await company('Alone on stage', ['dan', 'eve', 'fay'])
  await anchor.ask((phone) => phone.faults.kill())
  for (const phone of [guest, viewer]) await phone.text('The show was interrupted').waitFor()
  expect(await devices(anchor)).toEqual([false, false])
  // The show is its anchor's to end: until then the guest stays who he is.
  expect(await devices(guest)).toEqual([true, true])

  await anchor.ask((phone) => phone.relaunch())
  await anchor.page.waitForFunction('window.__phone?.stats.readyAt > 0')
  await anchor.button('Your show is still open').click()
  for (const phone of [guest, viewer]) {
    await phone.text('The show was interrupted').waitFor({ state: 'hidden' })
    await phone.seesMotion()
  }
  await guestMoves(anchor)
  await anchor.endShow()
  await haveDevices(guest, false)
  await viewer.text('The show has ended').waitFor()
})

test('the whole cloud is restarted with a guest on stage: every picture moves again', async () => {
  const { anchor, guest, viewer } = await company('Through a restart', ['gil', 'hal', 'ivy'])
  await stack().stop()
  await stack().start()
  await guestMoves(anchor)
  await havePictures(guest, 2)
  for (const phone of [guest, viewer]) {
    await phone.text('The show was interrupted').waitFor({ state: 'hidden' })
    await phone.seesMotion()
  }
  await guest.button('Stage: you are on').waitFor()
  await anchor.endShow()
})
