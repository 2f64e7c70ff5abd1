import type { Page } from 'playwright-core'
import { en } from '../../miniprogram/locales/en'
import { eventually } from '../support/eventually'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

const { open } = phoneSuite({ SWEEP_MS: '300' })

/** What the list says when it could not be asked: alone when it is empty, above it when something was seen before. */
const NOT_FRESH = new RegExp(`^(${en['home.offlineTitle']}|${en['home.staleHint']})`)

/** Width of the picture that the viewer receives. */
const widthSeen = (viewer: TestPhone): Promise<number> =>
  viewer.page.evaluate(() => document.querySelector<HTMLVideoElement>('wx-live-player video')?.videoWidth ?? 0)

/** Mean brightness (0 to 255) of what a phone shows on its stage. */
const brightness = (phone: TestPhone): Promise<number> =>
  phone.page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('wx-live-player video')
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 32
    const context = canvas.getContext('2d')
    if (!video || !context) return 0
    context.drawImage(video, 0, 0, 32, 32)
    const { data } = context.getImageData(0, 0, 32, 32)
    return data.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0) / (32 * 32 * 3)
  })

test('the anchor flips, mutes, turns the camera off and on, and viewers keep the show', async () => {
  const anchor = await open('carl')
  await anchor.goLive('All the switches')
  const viewer = await open('dora')
  await viewer.watch(/All the switches/)
  await viewer.seesMotion()

  await anchor.button('Switch to the back camera').click()
  await anchor.button('Switch to the front camera').waitFor()
  await viewer.seesMotion()

  await anchor.button('Turn the microphone off').click()
  await anchor.button('Turn the microphone on').waitFor()

  await anchor.button('Turn the camera off').click()
  await anchor.text('Camera off. Viewers still hear you.').waitFor()
  await eventually(() => anchor.ask(({ media }) => !media.cameraOn && media.micOn && media.pushing))
  await eventually(async () => (await brightness(viewer)) < 8)
  await viewer.onAir()

  await anchor.button('Turn the camera on').click()
  await viewer.seesMotion()
  await anchor.endShow()
})

test('SD, HD and FHD change the picture that viewers receive', async () => {
  const anchor = await open('cleo')
  await anchor.goLive('Three qualities')
  const viewer = await open('dean')
  await viewer.watch(/Three qualities/)
  await eventually(async () => (await widthSeen(viewer)) > 0)
  const choose = async (name: string): Promise<void> => {
    await anchor.button('Picture and sound').click()
    await anchor.button(/^Quality, now/).click()
    await anchor.page.getByRole('radio', { name: new RegExp(`^${name}`) }).click()
  }
  // The camera of the browser is smaller than FHD; a picture is never scaled up.
  const high = await widthSeen(viewer)
  await choose('SD')
  await eventually(async () => (await widthSeen(viewer)) === 360, 60_000)
  expect(high).toBeGreaterThan(360)
  await choose('FHD')
  await eventually(async () => (await widthSeen(viewer)) > high, 60_000)
  await anchor.endShow()
})

test('whiteness makes the picture of viewers brighter', async () => {
  const anchor = await open('cora')
  await anchor.goLive('Beautiful')
  const viewer = await open('dion')
  await viewer.watch(/Beautiful/)
  const level = async (name: string, to: number): Promise<void> => {
    const slider = anchor.page.getByRole('slider', { name: new RegExp(`^${name}`) })
    await slider.focus()
    for (let i = 0; i < 9; i++) await slider.press(to === 0 ? 'ArrowLeft' : 'ArrowRight')
  }
  await anchor.button('Open the beauty settings').click()
  await level('Brighten', 0)
  await viewer.seesMotion()
  const plain: number[] = []
  const bright: number[] = []
  const sample = async (into: number[]): Promise<void> => {
    for (let i = 0; i < 20; i++) {
      into.push(await brightness(viewer))
      await viewer.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)))
    }
  }
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length
  await sample(plain)
  await level('Brighten', 9)
  await eventually(async () => {
    bright.length = 0
    await sample(bright)
    return mean(bright) > mean(plain) * 1.05
  }, 60_000)
  await anchor.page.mouse.click(187, 200)
  await anchor.endShow()
})

test('a title of 40 characters goes live, 41 are refused in place, and markup is only text', async () => {
  const anchor = await open('emil')
  await anchor.button('Start a live show').click()
  const field = anchor.page.locator('wx-input input')
  await field.fill('🎈'.repeat(41))
  await anchor.text('A title has at most 40 characters').waitFor()
  expect(await anchor.button('Go live').getAttribute('aria-disabled')).toBe('true')
  const title = '<script>alert(1)</script>🎈 '.padEnd(40, 'x')
  await field.fill(title)
  await anchor.button('Go live').click()
  await anchor.onAir()
  await anchor.text('<script>alert(1)</script>').waitFor()
  await anchor.endShow()
})

test('the list: pulled down it is asked again, offline it says so, and it returns with the network', async () => {
  const viewer = await open('fred')
  await viewer.text('Live now').waitFor()
  const lists = () => viewer.ask(({ stats }) => stats.cloudCalls.filter(({ action }) => action === 'list').length)
  const before = await lists()
  await viewer.page.mouse.move(187, 420)
  await viewer.page.mouse.down()
  await viewer.page.mouse.move(187, 700, { steps: 8 })
  await viewer.page.mouse.up()
  await eventually(async () => (await lists()) > before)

  await viewer.ask((phone) => phone.faults.offline(true))
  await viewer.ask((phone) => phone.navigate.reLaunch('/pages/home/home'))
  await viewer.text(NOT_FRESH).waitFor()
  await viewer.ask((phone) => phone.faults.offline(false))
  await viewer.text(NOT_FRESH).waitFor({ state: 'hidden' })
})

test('2,000 characters of barrage are not sent, and a flood of lines is told to wait', async () => {
  const anchor = await open('gina')
  await anchor.goLive('Too much')
  await anchor.page.locator('wx-input input').fill('x'.repeat(2000))
  await anchor.text('1,800 characters too many').or(anchor.text('1800 characters too many')).first().waitFor()
  expect(await anchor.button('Send the message').getAttribute('aria-disabled')).toBe('true')
  await anchor.page.locator('wx-input input').press('Enter')
  expect(await anchor.text(/x{200}/).count()).toBe(0)
  // It is said for no longer than it lasts: whoever looks afterwards may be too late.
  await Promise.all([anchor.text(/^That was quick\./).waitFor(), typeAtOnce(anchor.page, 30)])
  await anchor.endShow()
})

/** Lines as fast as the page takes them; by single clicks a slow machine never floods anybody. */
const typeAtOnce = (page: Page, lines: number) =>
  page.locator('wx-input input').evaluate(async (field: HTMLInputElement, count) => {
    for (let i = 0; i < count; i++) {
      field.value = `line ${i}`
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
      await new Promise((resolve) => setTimeout(resolve))
    }
  }, lines)
