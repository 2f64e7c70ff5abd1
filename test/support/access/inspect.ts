import path from 'node:path'
import { buildSync } from 'esbuild'
import type { Page } from 'playwright-core'
import { zhCN } from '../../../miniprogram/locales/zh-CN'
import type { Access } from './page'
import type { Speech } from './words'

const ROOM_SIZES = [
  { width: 375, height: 812 },
  { width: 320, height: 568 },
] as const

const script = buildSync({
  entryPoints: [path.join(__dirname, 'page.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
}).outputFiles[0]?.text

/** Latin words of our own Chinese texts, and units. */
const BORROWED = [
  ...Object.values(zhCN)
    .join(' ')
    .matchAll(/[A-Za-z]{2,}/g),
].map(([word]) => word.toLowerCase())

const MEDIA = 'wx-live-player, wx-live-pusher, wx-video'

/** Whatever anybody films: the brightest and the darkest. */
const PICTURES = ['white', 'black'] as const

const BLANK = `
  .home-indicator, .capsule, .status-bar, .wx-recording { visibility: hidden !important; }
  * { color: transparent !important; -webkit-text-fill-color: transparent !important; transition: none !important; }
  .wx-placeholder, live-icon { visibility: hidden !important; }
  video, canvas { visibility: hidden !important; }
`
const filmed = (colour: string): string => `${BLANK} ${MEDIA} { background: ${colour} !important; }`

type Inspected = Window & { __access: Access }

/** The screen without its words, over pictures of one colour each. */
async function backgrounds(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const style = await page.addStyleTag({ content: BLANK })
  const filming = (await page.locator(MEDIA).filter({ visible: true }).count()) > 0
  for (const colour of filming ? PICTURES : PICTURES.slice(0, 1)) {
    await style.evaluate((tag, css) => {
      tag.textContent = css
    }, filmed(colour))
    found[`a ${colour} picture`] = (await page.screenshot({ type: 'png', scale: 'css' })).toString('base64')
  }
  await style.evaluate((tag) => (tag as Element).remove())
  return found
}

/** Everything that is wrong with what this phone shows, at every size of screen, each with the rule that it breaks. */
export async function inspect(page: Page, lang: Speech['lang']): Promise<string[]> {
  await page.evaluate(script ?? '')
  const speech: Speech = { lang, borrowed: BORROWED }
  const faults: string[] = []
  for (const size of ROOM_SIZES) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const words = await page.evaluate(() => (window as unknown as Inspected).__access.inks())
    const pictures = await backgrounds(page)
    const found = [
      ...(await page.evaluate(([inks, pngs]) => (window as unknown as Inspected).__access.contrastFaults(inks, pngs), [
        words,
        pictures,
      ] as const)),
      ...(await page.evaluate((said) => (window as unknown as Inspected).__access.faults(said), speech)),
    ]
    faults.push(...found.map((fault) => `${size.width} px, ${fault}`))
  }
  return faults
}
