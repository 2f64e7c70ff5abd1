import type { Browser, Locator, Page } from 'playwright-core'
import type { Key } from '../../miniprogram/locales/dictionary'
import type { Phone } from '../../preview/runtime/phone'
import type { Stack } from '../../test/support/stack'
import { paintCamera } from './camera'
import type { Language } from './words'
import { pattern } from './words'

/** How a phone is looked at. */
export interface Look {
  lang: Language
  width: number
  height: number
}

type RoomOfPage = { setData(fields: object): void } & Record<string, ((...args: string[]) => void) | undefined>

const PATIENCE_MS = 90_000

/** One phone of the preview, used by the words of its language. */
export class Actor {
  private constructor(
    readonly user: string,
    readonly page: Page,
    private readonly lang: Language,
  ) {}

  static async open(
    browser: Browser,
    stack: Stack,
    look: Look,
    user: string,
    query: Record<string, string> = {},
  ): Promise<Actor> {
    const { lang, width, height } = look
    const context = await browser.newContext({
      viewport: { width, height },
      locale: lang,
      isMobile: true,
      hasTouch: true,
    })
    // The compiler wraps named functions in a helper that the page does not have.
    await context.addInitScript({ content: `globalThis.__name = (f) => f; (${paintCamera})(${JSON.stringify(user)})` })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    const params = new URLSearchParams({ user, permissions: 'granted', lang, ...query })
    await page.goto(`${stack.url}/phone.html?${params}`)
    await page.waitForFunction('window.__phone?.stats.readyAt > 0')
    return new Actor(user, page, lang)
  }

  go(path: string): Promise<void> {
    return this.page.evaluate((url) => window.__phone?.navigate.reLaunch(url), path)
  }

  ask<T>(read: (phone: Phone) => T): Promise<T> {
    return this.page.evaluate(`(${read.toString()})(window.__phone)`) as Promise<T>
  }

  /** What a page does with its room: sets properties, calls methods. */
  async room(fields: Record<string, unknown>, call?: string, ...args: string[]): Promise<void> {
    await this.page.evaluate(
      ([fields, call, args]) => {
        const page = getCurrentPages().at(-1) as unknown as { selectComponent(selector: string): RoomOfPage }
        const room = page.selectComponent('.room')
        room.setData(fields)
        if (call) room[call]?.(...args)
      },
      [fields, call, args] as const,
    )
  }

  /** Keeps every call of this action from leaving the phone, until what is returned is called. */
  async hold(action: string): Promise<() => void> {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await this.page.route('**/functions/room', async (route) => {
      if (route.request().postData()?.includes(`"action":"${action}"`)) await released
      // Another gate may stand behind this one.
      await route.fallback()
    })
    return release
  }

  /** The button with these words; the topmost where a sheet or a question lies over another. */
  button(key: Key): Locator {
    return this.page
      .getByRole('button', { name: pattern(this.lang, key) })
      .filter({ visible: true })
      .first()
  }

  async tap(key: Key): Promise<void> {
    await this.button(key).click()
  }

  async sees(key: Key): Promise<void> {
    await this.reads(pattern(this.lang, key))
  }

  async reads(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor()
  }

  /** Waits until every video of the stage has a picture. */
  async watches(): Promise<void> {
    await this.page.waitForFunction(() => {
      const tags = [...document.querySelectorAll('wx-live-player, wx-live-pusher')]
      const shown = (tag: Element) => {
        const [video, canvas] = [tag.querySelector('video'), tag.querySelector('canvas')]
        // A canvas takes the size of its first frame, from 300 x 150.
        return video && !video.hidden ? video.videoWidth > 0 && video.currentTime > 0 : canvas?.height !== 150
      }
      return tags.length > 0 && tags.every(shown)
    })
  }

  async fill(words: string): Promise<void> {
    await this.page.locator('wx-input input').filter({ visible: true }).first().fill(words)
  }

  async say(words: string): Promise<void> {
    await this.fill(words)
    await this.tap('chat.send')
  }

  close(): Promise<void> {
    return this.page.context().close()
  }
}
