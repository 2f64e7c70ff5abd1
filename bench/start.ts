/** How long until `npm start` is ready, and until a phone in the preview is. */
import fs from 'node:fs'
import path from 'node:path'
import { launchBrowser } from '../test/support/browser'
import { type Stack, startStack } from '../test/support/stack'
import { ms, printTable, quantile } from './table'

const STARTS = 4
const FIRST_STARTS = 2
const PHONES = 10
/** Says that the built functions are up to date; without it a start builds them as the first one after an install does. */
const STAMP = path.resolve(__dirname, '../dist/cloudfunctions/.stamp.json')

async function restart(stack: Stack): Promise<number> {
  await stack.stop()
  const from = performance.now()
  await stack.start()
  return performance.now() - from
}

async function main(): Promise<void> {
  const firsts: number[] = []
  const starts: number[] = []
  const stack = await startStack()
  try {
    for (let i = 0; i < FIRST_STARTS; i++) {
      fs.rmSync(STAMP, { force: true })
      firsts.push(await restart(stack))
    }
    for (let i = 0; i < STARTS; i++) starts.push(await restart(stack))
    const browser = await launchBrowser()
    const ready: number[] = []
    try {
      for (let i = 0; i < PHONES; i++) {
        const page = await browser.newPage({ viewport: { width: 375, height: 812 } })
        await page.goto(`${stack.url}/phone.html?user=alice`)
        await page.waitForFunction('window.__phone !== undefined')
        await page.evaluate('window.__phone.ready')
        ready.push(await page.evaluate<number>('window.__phone.stats.readyAt'))
        await page.close()
      }
    } finally {
      await browser.close()
    }
    printTable([
      ['what', 'p50', 'max', 'goal'],
      [
        `\`npm start\` until /healthz says 200, functions not built yet (${FIRST_STARTS} starts)`,
        ms(quantile(firsts, 0.5)),
        ms(Math.max(...firsts)),
        '3 s',
      ],
      [
        `\`npm start\` until /healthz says 200 (${STARTS} starts)`,
        ms(quantile(starts, 0.5)),
        ms(Math.max(...starts)),
        '3 s',
      ],
      [`phone ready after navigation (${PHONES} times)`, ms(quantile(ready, 0.5)), ms(Math.max(...ready)), '500 ms'],
    ])
  } finally {
    await stack.dispose()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
