import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '../support/eventually'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

const { open } = phoneSuite({ SWEEP_MS: '300' })

const RATE = 16_000

/** A minute of a tone of 880 Hz, at half of full scale, as a WAV. */
function tone(): Buffer {
  const samples = RATE * 60
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < samples; i++) wav.writeInt16LE(16_000 * Math.sin((i * 2 * Math.PI * 880) / RATE), 44 + i * 2)
  return wav
}

let music: http.Server
let url = ''
beforeAll(async () => {
  const wav = tone()
  music = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'audio/wav', 'access-control-allow-origin': '*' }).end(wav)
  })
  await new Promise<void>((resolve) => music.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(music.address() as AddressInfo).port}/tone.wav`
})
afterAll(() => new Promise((resolve) => music.close(resolve)))

/** How strong 880 Hz is in what this phone plays: the mean of about two seconds, 0 to 255. */
const heard = (phone: TestPhone): Promise<number> =>
  phone.page.evaluate(async () => {
    const video = document.querySelector<HTMLVideoElement & { captureStream(): MediaStream }>('wx-live-player video')
    const stream = video?.captureStream()
    if (!stream?.getAudioTracks().length) return 0
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 2048 })
    context.createMediaStreamSource(stream).connect(analyser)
    const levels = new Uint8Array(analyser.frequencyBinCount)
    const bin = Math.round(880 / (context.sampleRate / 2048))
    let sum = 0
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      analyser.getByteFrequencyData(levels)
      sum += levels[bin] ?? 0
    }
    await context.close()
    return sum / 20
  })

/** Colours of the left and of the right quarter of what a phone plays. */
const sides = (phone: TestPhone): Promise<{ left: number[]; right: number[] }> =>
  phone.page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('wx-live-player video')
    const canvas = Object.assign(document.createElement('canvas'), { width: 4, height: 4 })
    const context = canvas.getContext('2d')
    if (!video || !context) return { left: [], right: [] }
    context.drawImage(video, 0, 0, 4, 4)
    const at = (x: number) => [...context.getImageData(x, 0, 1, 1).data.slice(0, 3)]
    return { left: at(0), right: at(3) }
  })
const apart = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0)

const more = async (phone: TestPhone, name: string | RegExp): Promise<void> => {
  await phone.button('Picture and sound').click()
  await phone.button(name).click()
}
const closeSheet = (phone: TestPhone) => phone.page.mouse.click(187, 80)

test('music is heard by the other phone, goes on while it is paused for nobody, and ends (P45)', async () => {
  const anchor = await open('mona', `&camera=test&music=${encodeURIComponent(url)}`)
  await anchor.goLive('With music')
  const viewer = await open('nick')
  await viewer.watch(/With music/)
  await viewer.seesMotion()
  const before = await heard(viewer)
  await more(anchor, 'Music and voice')
  await anchor.button(/^Play tone/).click()
  await eventually(async () => (await heard(viewer)) > before + 40, 60_000)
  await anchor.text(/^00:0\d \/ 01:00$/).waitFor()
  await anchor.button('Stop').click()
  await eventually(async () => (await heard(viewer)) < before + 20, 60_000)
  await closeSheet(anchor)
  await anchor.endShow()
})

test('a photo has the picture in it, goes to the album, and is told to the page', async () => {
  const anchor = await open('olga', '&camera=test')
  await anchor.goLive('Smile')
  await more(anchor, 'Photo')
  const picture = anchor.page.locator('wx-still-sheet img, .picture img, wx-image img').last()
  await picture.waitFor()
  const colours = await picture.evaluate(async (img: HTMLImageElement) => {
    await img.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 })
    const context = canvas.getContext('2d')
    context?.drawImage(img, 0, 0, 8, 8)
    const { data = [] } = context?.getImageData(0, 0, 8, 8) ?? {}
    return new Set(Array.from({ length: 64 }, (_, i) => [...data.slice(i * 4, i * 4 + 3)].join())).size
  })
  expect(colours).toBeGreaterThan(5)
  await anchor.button('Save to album').click()
  await anchor.text('Saved to album').waitFor()
  await closeSheet(anchor)
  await anchor.endShow()
})

test('what viewers see is turned when the anchor mirrors it for all', async () => {
  const anchor = await open('pia', '&camera=test')
  await anchor.goLive('Mirrored')
  const viewer = await open('quin')
  await viewer.watch(/Mirrored/)
  await viewer.seesMotion()
  const plain = await sides(viewer)
  expect(apart(plain.left, plain.right)).toBeGreaterThan(60)
  await more(anchor, 'Mirror all, off')
  await anchor.button('Mirror all, on').waitFor()
  await eventually(async () => {
    const turned = await sides(viewer)
    return apart(turned.left, plain.right) < 60 && apart(turned.right, plain.left) < 60
  }, 60_000)
  await closeSheet(anchor)
  await anchor.endShow()
})

test.each([
  ['account', 'API settings'],
  ['silent', 'API settings'],
  ['undeclared', 'Privacy notice'],
  ['library', 'Update WeChat'],
])('an anchor whom the platform bars (%s) is told which switch, and nothing is on (P1, P80)', async (kind, words) => {
  const anchor = await open(`bar${kind}`, `&capability=${kind}`)
  await anchor.button('Start a live show').click()
  await anchor.text(new RegExp(words)).waitFor()
  expect(await anchor.ask(({ media }) => [media.cameraOn, media.micOn, media.pushing])).toEqual([false, false, false])
})

test('a viewer whom the platform bars from the player is told, and can still talk (P1)', async () => {
  const anchor = await open('rosa')
  await anchor.goLive('Barred viewers')
  const viewer = await open('sven', '&capability=account')
  await viewer.watch(/Barred viewers/)
  await viewer.text(/API settings/).waitFor()
  await viewer.say('I only hear you write')
  await anchor.text('I only hear you write').waitFor()
  await anchor.endShow()
})

test('denied, then allowed while the app was away: the camera opens without another tap (P86)', async () => {
  const anchor = await open('tara')
  await anchor.ask((phone) => phone.faults.camera(false))
  await anchor.button('Start a live show').click()
  await anchor.text('Allow camera and microphone').waitFor()
  await anchor.ask((phone) => phone.faults.background(true))
  await anchor.ask((phone) => phone.faults.camera(true))
  await anchor.ask((phone) => phone.faults.background(false))
  await eventually(() => anchor.ask(({ media }) => media.cameraOn && media.micOn))
  await anchor.button('Go live').waitFor()
})
