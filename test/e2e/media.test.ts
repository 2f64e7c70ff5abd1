import type { Browser } from 'playwright-core'
import { LabPhone } from '../../bench/fixtures/lab-page'
import { type Lab, startLab } from '../../bench/fixtures/lab-server'
import { launchBrowser, motion } from '../support/browser'

jest.setTimeout(60_000)

let lab: Lab
let browser: Browser
let phone: LabPhone

beforeAll(async () => {
  ;[lab, browser] = await Promise.all([startLab(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await lab?.close()
})
beforeEach(async () => {
  phone = new LabPhone(await browser.newPage({ viewport: { width: 375, height: 1100 } }))
  await phone.open(lab.phone())
})
afterEach(async () => {
  expect(await phone.problems()).toEqual([])
  await phone.page.close()
})

const OFF = { cameraOn: false, micOn: false, pushing: false, playing: 0 }
const selector = (id: string) => `[exparser\\:info-attr-id=${id}]`

test('what is pushed moves on both kinds of players, and stopping turns camera and microphone off', async () => {
  await phone.push({ url: lab.push('both'), mode: 'SD' })
  const src = lab.play('both')
  await phone.call('showPlayers', [
    { id: 'live', src, mode: 'live' },
    { id: 'rtc', src, mode: 'RTC' },
  ])
  await Promise.all([phone.played('live', 2004), phone.played('rtc', 2004)])
  for (const id of ['live', 'rtc']) {
    const codes = (await phone.call<Record<string, number[]>>('playCodes'))[id]
    expect(codes).toEqual(expect.arrayContaining([2001, 2002, 2003, 2004]))
    expect(await motion(phone.page, selector(id))).toBeGreaterThan(0.001)
  }
  expect(await phone.pushCodes()).toEqual(expect.arrayContaining([1003, 1007, 1001, 1008, 1002]))
  expect(await phone.media()).toEqual({ cameraOn: true, micOn: true, pushing: true, playing: 2 })

  await phone.page.waitForFunction(() => (getCurrentPages().at(-1)?.playNet.rtc?.videoBitrate ?? 0) > 20)
  expect(await phone.call('pushNet')).toMatchObject({ videoWidth: 360, videoHeight: 640 })

  await phone.call('callPusher', 'stop')
  expect(await phone.media()).toMatchObject({ cameraOn: false, micOn: false, pushing: false })
  await Promise.all([phone.played('live', -2301), phone.played('rtc', -2301)])
})

test('quality, camera switch and camera off go on in the same stream', async () => {
  await phone.push({ url: lab.push('same'), mode: 'SD' })
  await phone.call('showPlayers', [{ id: 'rtc', src: lab.play('same'), mode: 'RTC' }])
  await phone.played('rtc', 2004)
  await phone.call('setData', { 'push.mode': 'HD' })
  await phone.pushed(1005)
  await phone.played('rtc', 2009)
  expect(await phone.call('callPusher', 'switchCamera')).toBe('ok')
  await phone.pushed(1003, 3)
  await phone.call('setData', { 'push.camera': false })
  expect(await phone.media()).toMatchObject({ cameraOn: false, micOn: true, pushing: true })
  await phone.call('setData', { 'push.camera': true, 'push.beauty': 6, 'push.whiteness': 6 })
  await phone.pushed(1003, 4)
  expect(await motion(phone.page, selector('rtc'))).toBeGreaterThan(0.001)
  expect(await phone.pushCodes()).not.toContain(1102)
})

test('a tag that leaves the page lets go of camera and microphone', async () => {
  await phone.push({ url: lab.push('gone') })
  await phone.call('setData', { push: null })
  expect(await phone.media()).toEqual(OFF)
})

test('a camera denied before the start is error 10001 and no push', async () => {
  await phone.fault('camera', false)
  await phone.call('showPusher', { url: lab.push('denied') })
  await phone.call('callPusher', 'start')
  await phone.pushed(-1301)
  expect(await phone.call('pushErrors')).toEqual([10001])
  expect(await phone.media()).toEqual(OFF)
})

test('a camera denied in mid-push ends it', async () => {
  await phone.push({ url: lab.push('revoked') })
  await phone.fault('camera', false)
  await phone.pushed(-1301)
  expect(await phone.media()).toEqual(OFF)
})

test('a wrong signature is 3004 and is not tried again', async () => {
  await phone.call('showPusher', { url: lab.push('forged', 'another key') })
  await phone.call('callPusher', 'start')
  await phone.pushed(3004)
  expect(await phone.pushCodes()).not.toContain(1102)
})

test('in the background everything is off, and 5000 waits for a new start', async () => {
  await phone.push({ url: lab.push('away') })
  await phone.fault('background', true)
  expect(await phone.pushCodes()).toContain(5000)
  expect(await phone.media()).toEqual(OFF)
  await phone.fault('background', false)
  expect(await phone.call('callPusher', 'start')).toBe('ok')
  await phone.pushed(1002, 2)
})

test('a phone call ends the push with 5001 and silences the player until it is over', async () => {
  await phone.push({ url: lab.push('call') })
  await phone.call('showPlayers', [{ id: 'live', src: lab.play('call'), mode: 'live' }])
  await phone.played('live', 2004)
  const silent = () => phone.page.locator(`${selector('live')} video`).evaluate((e) => (e as HTMLVideoElement).muted)
  expect(await silent()).toBe(false)
  await phone.fault('call', true)
  expect(await phone.pushCodes()).toContain(5001)
  expect(await phone.media()).toMatchObject({ cameraOn: false, micOn: false, pushing: false })
  expect(await silent()).toBe(true)
  expect(await phone.call('callPusher', 'start')).toContain('phone call')
  await phone.fault('call', false)
  expect(await silent()).toBe(false)
  expect(await phone.call('callPusher', 'start')).toBe('ok')
  await phone.pushed(1002, 2)
})

test('a streaming server that restarts gets the stream again, and viewers see it move', async () => {
  await phone.push({ url: lab.push('again') })
  await phone.call('showPlayers', [{ id: 'rtc', src: lab.play('again'), mode: 'RTC' }])
  await phone.played('rtc', 2004)
  await lab.stopStreaming()
  await phone.pushed(1102)
  await phone.played('rtc', 2103)
  await lab.startStreaming()
  await phone.pushed(1002, 2)
  await phone.played('rtc', 2003, 2)
  expect(await motion(phone.page, selector('rtc'))).toBeGreaterThan(0.001)
})

test('offline for too long is given up with -1307, and a new start works', async () => {
  await phone.push({ url: lab.push('lost') })
  await phone.fault('offline', true)
  await phone.pushed(-1307)
  await phone.fault('offline', false)
  expect(await phone.call('callPusher', 'start')).toBe('ok')
  await phone.pushed(1002, 2)
})

test('a machine without a camera pushes a test card that moves', async () => {
  await phone.open(lab.phone('&camera=test'))
  await phone.push({ url: lab.push('card') })
  await phone.call('showPlayers', [{ id: 'rtc', src: lab.play('card'), mode: 'RTC' }])
  await phone.played('rtc', 2004)
  expect(await motion(phone.page, selector('rtc'))).toBeGreaterThan(0.001)
  await phone.call('callPusher', 'stop')
  expect(await phone.media()).toMatchObject({ cameraOn: false, micOn: false })
})
