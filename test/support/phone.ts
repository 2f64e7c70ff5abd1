import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import type { Phone } from '../../preview/runtime/phone'
import { motion } from './browser'
import type { Stack } from './stack'

/** What `window.__phone` is in the page, with the part that the media tags add. */
type PhoneWithMedia = Phone & { media: { cameraOn: boolean; micOn: boolean; pushing: boolean; playing: number } }

/** One phone of the preview, used as a person uses it: by the words and labels on its screen (English). */
export interface TestPhone {
  readonly page: Page
  button(name: string | RegExp): Locator
  text(words: string | RegExp): Locator
  /** Reads from `window.__phone`. */
  ask<T>(read: (phone: PhoneWithMedia) => T): Promise<T>
  /** From the home page to a show on air. */
  goLive(title: string, cover?: string): Promise<void>
  /** From the home page into the room with this title. */
  watch(title: string | RegExp): Promise<void>
  /** Waits for the badge of a show on air. */
  onAir(): Promise<void>
  say(words: string): Promise<void>
  /** Ends the show that this phone is on, and says yes when asked. */
  endShow(): Promise<void>
  /** Share of pixels of the stage that move; see `motion`. */
  moving(): Promise<number>
  /** Waits until the stage moves. */
  seesMotion(withinMs?: number): Promise<void>
  close(): Promise<void>
}

export async function openPhone(browser: Browser, stack: Stack, user: string, query = ''): Promise<TestPhone> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'en-US' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${stack.url}/phone.html?user=${user}&permissions=granted${query}`)
  await page.waitForFunction('window.__phone?.stats.readyAt > 0')
  const phone: TestPhone = {
    page,
    button: (name) => page.getByRole('button', { name }),
    // Pages below the top of the stack stay in the document, hidden.
    text: (words) => page.getByText(words).filter({ visible: true }).first(),
    ask: (read) => page.evaluate(`(${read.toString()})(window.__phone)`),
    async goLive(title, cover = 'Ocean') {
      await phone.button('Start a live show').click()
      await page.getByRole('radio', { name: new RegExp(`^${cover}`) }).click()
      await page.locator('wx-input input').fill(title)
      await phone.button('Go live').click()
      await phone.onAir()
    },
    async watch(title) {
      await page.getByRole('link', { name: title }).click()
      await phone.onAir()
    },
    onAir: () => page.getByText('LIVE', { exact: true }).filter({ visible: true }).first().waitFor(),
    async say(words) {
      await page.locator('wx-input input').fill(words)
      await phone.button('Send the message').click()
    },
    async endShow() {
      await phone.button('End the show').click()
      await phone.text('End this show?').waitFor()
      await phone.button('End now').click()
      await phone.text('That was your show').waitFor()
    },
    moving: () => motion(page, 'wx-live-pusher, wx-live-player'),
    async seesMotion(withinMs = 60_000) {
      const deadline = Date.now() + withinMs
      for (;;) {
        // What turns over a frozen picture moves, too. A tag that is replaced while it is looked at is looked at again.
        const waits = await page.getByLabel('Buffering').filter({ visible: true }).count()
        const share = waits > 0 ? 0 : await phone.moving().catch(() => 0)
        if (share > 0.002) return
        if (Date.now() > deadline) throw new Error(`nothing moves on the screen of ${user}`)
      }
    },
    close: () => context.close(),
  }
  return phone
}
