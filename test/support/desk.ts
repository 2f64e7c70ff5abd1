import type { Browser, Locator, Page } from 'playwright-core'
import { motion } from './browser'
import type { Stack } from './stack'

/** The desk in a window of a computer, used by the words and labels on it (English). */
export interface TestDesk {
  readonly page: Page
  /** What the page has complained about. */
  readonly problems: readonly string[]
  button(name: string | RegExp): Locator
  /** From the start to a show on air. */
  goLive(title: string): Promise<void>
  say(words: string): Promise<void>
  /** Waits until so many pictures play or are pushed here. */
  hasPictures(count: number): Promise<void>
  /** Waits until the picture at this place moves. */
  seesMotion(selector: string): Promise<void>
  close(): Promise<void>
}

/** A complaint of the network is no fault of the page: tests cut it on purpose. */
const EXPECTED = /Failed to load resource|WebSocket connection/

export async function openDesk(browser: Browser, stack: Stack, user: string, query = ''): Promise<TestDesk> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    permissions: ['camera', 'microphone'],
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) problems.push(message.text())
  })
  await page.goto(`${stack.url}/desk/?user=${user}${query}`)
  const desk: TestDesk = {
    page,
    problems,
    button: (name) => page.getByRole('button', { name }),
    async goLive(title) {
      await desk.button(/^Start a live show/).click()
      await page.getByLabel('Show title').fill(title)
      await desk.button('Go live').click()
      await page.getByText('LIVE', { exact: true }).waitFor()
    },
    async say(words) {
      await page.getByLabel('Write a comment').fill(words)
      await desk.button('Send the message').click()
    },
    async hasPictures(count) {
      await page.waitForFunction(
        (wanted) =>
          document.querySelectorAll('.media[data-state="playing"], .media[data-state="publishing"]').length === wanted,
        count,
      )
    },
    async seesMotion(selector) {
      const deadline = Date.now() + 60_000
      while ((await motion(page, selector).catch(() => 0)) <= 0.002) {
        if (Date.now() > deadline) throw new Error(`nothing moves at ${selector} on the desk of ${user}`)
      }
    },
    close: () => context.close(),
  }
  return desk
}
