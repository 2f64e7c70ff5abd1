import type { Browser, FrameLocator, Page } from 'playwright-core'
import { launchBrowser } from '../support/browser'
import { type Stack, startStack } from '../support/stack'

jest.setTimeout(60_000)

let stack: Stack
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startStack(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await stack?.dispose()
})
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  page.setDefaultTimeout(60_000)
})
afterEach(() => page.close())

const card = (name: string) => page.getByRole('article', { name: `Phone of ${name}` })
const screen = (name: string): FrameLocator => card(name).frameLocator('iframe')
const users = () =>
  page.evaluate(() => [...document.querySelectorAll('iframe')].map((frame) => frame.contentWindow?.__phone?.user))

test('two phones appear, signed in as two users whom the server knows by name', async () => {
  await page.goto(stack.url)
  await screen('Alice').getByText('Alice').waitFor()
  await screen('Bob').getByText('Bob').waitFor()
  expect(await users()).toEqual(['alice', 'bob'])
  const login = await stack.call('room', { action: 'login' }, 'bob')
  expect(login.result).toMatchObject({ me: { name: 'Bob' } })
})

test('a name that a user has chosen is not overwritten by the page', async () => {
  await stack.call('room', { action: 'profile', name: 'Zoë' }, 'erin')
  await page.goto(`${stack.url}/?phones=1&user=erin`)
  await screen('Erin').getByText('Zoë').waitFor()
  expect(await users()).toEqual(['erin'])
})

test('phones are added and removed, and the address keeps them', async () => {
  await page.goto(stack.url)
  await page.getByRole('button', { name: 'Add a phone' }).click()
  await card('Carol').waitFor()
  await card('Alice').getByRole('button', { name: 'Remove this phone' }).click()
  expect(new URL(page.url()).searchParams.get('user')).toBe('bob,carol')
  await page.reload()
  await screen('Carol').getByText('Carol').waitFor()
  expect(await users()).toEqual(['bob', 'carol'])
})

test('fault switches reach their phone only, and killing is undone by opening again', async () => {
  await page.goto(stack.url)
  await screen('Alice').getByText('Alice').waitFor()
  await card('Alice').getByRole('button', { name: 'Faults and log' }).click()
  await card('Alice').getByRole('switch', { name: 'No network' }).check()
  const offline = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('iframe')].map((frame) => frame.contentWindow?.__phone?.faults.state.offline),
    )
  expect(await offline()).toEqual([true, false])
  await card('Alice').getByRole('log').getByText('fault: offline').waitFor()
  await card('Alice').getByRole('button', { name: 'Kill the app' }).click()
  await card('Alice').getByRole('button', { name: 'Open the app again' }).click()
  await screen('Alice').getByText('Alice').waitFor()
  expect(await offline()).toEqual([false, false])
})

test('a phone is silent until its own speaker is switched on', async () => {
  await page.goto(stack.url)
  await screen('Bob').getByText('Bob').waitFor()
  const sound = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('iframe')].map((frame) => frame.contentWindow?.__phone?.media?.speakerOn),
    )
  expect(await sound()).toEqual([false, false])
  await card('Bob').getByRole('button', { name: 'Turn sound on' }).click()
  expect(await sound()).toEqual([false, true])
})

test('a room for OBS or ffmpeg is made at the press of a button, again and again', async () => {
  await page.goto(stack.url)
  await page.getByText('Push with OBS or ffmpeg').click()
  const create = page.getByRole('button', { name: 'Create a room to push to' })
  await create.click()
  const line = page.locator('.push-line code').last()
  await line.waitFor()
  const first = await line.textContent()
  expect(first).toContain(`"rtmp://127.0.0.1:${stack.rtmpPort}/live/`)
  await create.click()
  await page.waitForFunction((old) => document.querySelector('.push-line:last-child code')?.textContent !== old, first)
})
