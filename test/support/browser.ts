import { type Browser, chromium, type Page } from 'playwright-core'
import { ensureChromium } from '../../scripts/tools'

/** A browser with a camera and a microphone that are always there, allowed, and moving. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? ensureChromium(), args: FLAGS })

/**
 * Share of pixels that differ between two looks at an element, half a second apart: 0 for a still picture. The element
 * is seen as a person sees it, by a screenshot, so a black or frozen video counts as still.
 */
export async function motion(page: Page, selector: string): Promise<number> {
  const look = async (): Promise<Buffer> => page.locator(selector).first().screenshot()
  const before = await look()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)))
  const after = await look()
  return page.evaluate(comparePixels, [before.toString('base64'), after.toString('base64')])
}

async function comparePixels(images: string[]): Promise<number> {
  const pixels = await Promise.all(
    images.map(async (base64) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.naturalWidth
      canvas.height = image.naturalHeight
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no 2d canvas')
      context.drawImage(image, 0, 0)
      return context.getImageData(0, 0, canvas.width, canvas.height).data
    }),
  )
  const [a, b] = pixels
  if (!a || !b || a.length !== b.length) return 1
  let changed = 0
  for (let i = 0; i < a.length; i += 4) {
    const difference = Math.abs((a[i] ?? 0) - (b[i] ?? 0)) + Math.abs((a[i + 1] ?? 0) - (b[i + 1] ?? 0))
    if (difference > 24) changed++
  }
  return changed / (a.length / 4)
}
