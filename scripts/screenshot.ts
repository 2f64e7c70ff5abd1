/** Renews docs/images/preview.png, the picture in the READMEs: two phones of the preview in a show, by a real browser. */
import path from 'node:path'
import type { FrameLocator } from 'playwright-core'
import type {} from '../preview/runtime/phone'
import { launchBrowser } from '../test/support/browser'
import { startStack } from '../test/support/stack'

const FILE = path.resolve(__dirname, '../docs/images/preview.png')

/** Runs in the page: a calm, moving picture instead of the browser's green test pattern. */
function paintCamera(): void {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (!wanted?.video) return real(wanted)
    const canvas = Object.assign(document.createElement('canvas'), { width: 720, height: 1280 })
    const context = canvas.getContext('2d')
    const lights: [string, number, number][] = [
      ['#ffb88c', 0.3, 0.4],
      ['#de6262', 0.7, 0.3],
      ['#4568dc', 0.5, 0.8],
    ]
    const draw = (at: number): void => {
      if (!context) return
      context.fillStyle = '#241445'
      context.fillRect(0, 0, 720, 1280)
      lights.forEach(([colour, x, y], i) => {
        const [cx, cy] = [720 * (x + 0.15 * Math.sin(at / 1500 + i)), 1280 * (y + 0.08 * Math.cos(at / 1100 + i))]
        const glow = context.createRadialGradient(cx, cy, 0, cx, cy, 560)
        glow.addColorStop(0, colour)
        glow.addColorStop(1, 'transparent')
        context.fillStyle = glow
        context.fillRect(0, 0, 720, 1280)
      })
      requestAnimationFrame(draw)
    }
    draw(0)
    return canvas.captureStream(15)
  }
}

async function main(): Promise<void> {
  const stack = await startStack()
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ viewport: { width: 1120, height: 980 }, locale: 'zh-CN' })
    // The compiler wraps named functions in a helper that the page does not have.
    await context.addInitScript({ content: `globalThis.__name = (f) => f; (${paintCamera})()` })
    const page = await context.newPage()
    await page.goto(`${stack.url}/?permissions=granted`)
    const phones = page.locator('iframe')
    await phones.nth(1).waitFor()
    const [alice, bob] = [phones.nth(0).contentFrame(), phones.nth(1).contentFrame()]
    const say = async (phone: FrameLocator, words: string): Promise<void> => {
      await phone.locator('wx-input input').fill(words)
      await phone.getByRole('button', { name: '发送' }).click()
    }
    await alice.getByRole('button', { name: '开始直播' }).click()
    await alice.locator('wx-input input').fill('周末夜谈：聊聊小程序直播')
    await alice.getByRole('radio').nth(3).click()
    await alice
      .getByRole('button', { name: /^(开始直播|开播)/ })
      .last()
      .click()
    await alice.getByText('直播', { exact: true }).filter({ visible: true }).first().waitFor()
    await bob.locator('body').evaluate(() => window.__phone?.navigate.reLaunch('/pages/home/home'))
    await bob.getByRole('link').first().click()
    await bob.getByRole('button', { name: /^点赞/ }).waitFor()
    await say(bob, '晚上好，画面很清楚！')
    await say(alice, '欢迎 Bob 👋 今晚聊聊连麦')
    await say(bob, '期待 🎉')
    for (let i = 0; i < 6; i++) await bob.getByRole('button', { name: /^点赞/ }).click()
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 900)))
    await page.screenshot({ path: FILE })
  } finally {
    await browser.close()
    await stack.dispose()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
