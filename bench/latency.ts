import type { Page } from 'playwright-core'
import { clockAge, clockGrid } from '../preview/media/clock-code'
import { launchBrowser } from '../test/support/browser'
import { LabPhone } from './fixtures/lab-page'
import { type Lab, startLab } from './fixtures/lab-server'

/** Time for a player to catch up with the live edge before it counts, and the time that counts; ms. */
const SETTLE_MS = 10_000
const MEASURE_MS = 12_000

interface Look {
  /** `Date.now()` when the picture was there. */
  at: number
  /** The blocks of the picture, white or not. */
  blocks: boolean[]
}

export interface Delay {
  mode: string
  frames: number
  p50: number
  p95: number
  max: number
}

/**
 * Looks at every picture of a surface for some time. Runs in the browser: reads the middle of each block after each
 * painted frame.
 */
async function watch([selector, grid, forMs]: [string, { x: number; y: number }[], number]): Promise<Look[]> {
  const surface = document.querySelector<HTMLVideoElement | HTMLCanvasElement>(selector)
  const pen = new OffscreenCanvas(360, 640).getContext('2d', { willReadFrequently: true })
  if (!surface || !pen) throw new Error(`nothing to look at: ${selector}`)
  const looks: Look[] = []
  const end = Date.now() + forMs
  while (Date.now() < end) {
    await new Promise(requestAnimationFrame)
    const at = Date.now()
    pen.drawImage(surface, 0, 0, 360, 640)
    const { data } = pen.getImageData(0, 0, 360, 214)
    const blocks = grid.map(({ x, y }) => (data[4 * (Math.round(y) * 360 + Math.round(x)) + 1] ?? 0) > 128)
    looks.push({ at, blocks })
  }
  return looks
}

const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/** The age of each picture when it was first seen; a picture that stays on screen counts once. */
function delaysOf(looks: Look[]): number[] {
  let shown = ''
  const delays: number[] = []
  for (const { at, blocks } of looks) {
    const picture = blocks.join()
    const age = clockAge(blocks, at)
    if (picture !== shown && age !== null) delays.push(age)
    shown = picture
  }
  return delays.sort((a, b) => a - b)
}

async function measure(lab: Lab, page: Page, mode: string): Promise<Delay> {
  const phone = new LabPhone(page)
  await phone.open(lab.phone('&camera=clock'))
  const stream = `latency-${mode}`
  await phone.push({ url: lab.push(stream), mode: 'SD' })
  await phone.call('showPlayers', [{ id: 'player', src: lab.play(stream), mode }])
  await phone.played('player', 2004)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const selector = `[exparser\\:info-attr-id=player] ${mode === 'RTC' ? 'canvas' : 'video'}`
  const args: Parameters<typeof watch>[0] = [selector, clockGrid(360, 640), MEASURE_MS]
  const delays = delaysOf(await page.evaluate(watch, args))
  const [p50, p95] = [percentile(delays, 0.5), percentile(delays, 0.95)]
  return { mode, frames: delays.length, p50, p95, max: percentile(delays, 1) }
}

/** Delay from a captured frame to the same frame on a player's screen, on one machine and one clock; ms. */
export async function measureLatency(): Promise<Delay[]> {
  const lab = await startLab()
  const browser = await launchBrowser()
  try {
    const delays: Delay[] = []
    for (const mode of ['live', 'RTC']) {
      const page = await browser.newPage({ viewport: { width: 375, height: 812 } })
      delays.push(await measure(lab, page, mode))
      await page.close()
    }
    return delays
  } finally {
    await browser.close()
    await lab.close()
  }
}

/** The figures as a table for docs/performance.md. */
export function latencyTable(delays: Delay[]): string {
  const rows = delays.map(({ mode, frames, p50, p95, max }) => `| ${mode} | ${frames} | ${p50} | ${p95} | ${max} |`)
  return ['| mode | frames | p50 ms | p95 ms | max ms |', '|---|---|---|---|---|', ...rows].join('\n')
}

if (require.main === module) {
  measureLatency().then(
    (delays) => process.stdout.write(`${latencyTable(delays)}\n`),
    (error) => {
      console.error(error)
      process.exitCode = 1
    },
  )
}
