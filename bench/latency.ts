import type { Page } from 'playwright-core'
import { clockGrid } from '../preview/media/clock-code'
import { launchBrowser } from '../test/support/browser'
import { delaysOf, percentile, watchClock } from './fixtures/clock-watch'
import { LabPhone } from './fixtures/lab-page'
import { type Lab, startLab } from './fixtures/lab-server'

/** Time for a player to catch up with the live edge before it counts, and the time that counts; ms. */
const SETTLE_MS = 10_000
const MEASURE_MS = 12_000

export interface Delay {
  mode: string
  frames: number
  p50: number
  p95: number
  max: number
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
  const args: Parameters<typeof watchClock>[0] = [selector, clockGrid(360, 640), MEASURE_MS]
  const delays = delaysOf(await page.evaluate(watchClock, args))
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
