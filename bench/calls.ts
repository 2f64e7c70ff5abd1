/**
 * A call: from capture to screen with four people, from the tap to the first picture of somebody else, and what is drawn
 * while nobody moves. All phones push and play on this one machine, 240x320 at 15 frames a second.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { clockGrid } from '../preview/media/clock-code'
import { partsOf } from '../scripts/pack/parts'
import { launchBrowser } from '../test/support/browser'
import { allMove, goTo, joinCall, startCall } from '../test/support/in-call'
import { havePictures } from '../test/support/on-stage'
import { openPhone, type TestPhone } from '../test/support/phone'
import type { Stack } from '../test/support/stack'
import { delaysOf, percentile, watchClock } from './fixtures/clock-watch'
import { sleep } from './fixtures/memory'
import { startSetDataLog, takeSetDataLog } from './fixtures/set-data-log'
import { watchedSince, watchStage } from './fixtures/stage-watch'
import { withStack } from './fixtures/with-stack'
import { ms, printTable, quantile } from './table'

/** ms */
const SETTLE_MS = 8000
const MEASURE_MS = 12_000
const STILL_MS = 30_000
const ROUNDS = 8
const SMALL = 'template=grid&quality=SD'

async function people(browser: Browser, stack: Stack, names: readonly string[], camera = 'clock') {
  const phones: TestPhone[] = []
  for (const name of names) phones.push(await openPhone(browser, stack, name, `&camera=${camera}`))
  // The tool that runs TypeScript wraps named functions in a helper of its own, which the pages lack.
  for (const { page } of phones) await page.evaluate('globalThis.__name ??= (f) => f')
  const [first] = phones as [TestPhone]
  const roomId = await startCall(stack, first, names[0] ?? '', 'Measured call', `?${SMALL}`)
  for (const phone of phones.slice(1)) await joinCall(phone, roomId, `&${SMALL}`)
  for (const phone of phones) await havePictures(phone, names.length)
  return { phones, roomId, close: () => Promise.all(phones.map((phone) => phone.close())) }
}

/** From capture to screen, of every one of the others on one screen. */
async function latency(browser: Browser, stack: Stack): Promise<void> {
  const { phones, close } = await people(browser, stack, ['a', 'b', 'c', 'd'])
  const [watcher] = phones as [TestPhone]
  await sleep(SETTLE_MS)
  const all: number[] = []
  for (let i = 0; i < phones.length - 1; i++) {
    await watcher.page.evaluate((at) => {
      for (const marked of document.querySelectorAll('#measured')) marked.removeAttribute('id')
      document.querySelectorAll('wx-live-player')[at]?.querySelector('canvas')?.setAttribute('id', 'measured')
    }, i)
    const args: Parameters<typeof watchClock>[0] = ['#measured', clockGrid(360, 640), MEASURE_MS]
    all.push(...delaysOf(await watcher.page.evaluate(watchClock, args)))
  }
  await close()
  all.sort((a, b) => a - b)
  process.stdout.write('Capture to screen in a call of four, the three others on one screen:\n\n')
  printTable([
    ['frames', 'p50', 'p95', 'goal'],
    [all.length, ms(percentile(all, 0.5)), ms(percentile(all, 0.95)), '< 100 ms, < 200 ms'],
  ])
}

/** From the tap on a link to the first picture of somebody else, and the calls of the cloud until then. */
async function entering(browser: Browser, stack: Stack): Promise<void> {
  const { phones, roomId, close } = await people(browser, stack, ['host', 'guest'], 'test')
  const [, guest] = phones as [TestPhone, TestPhone]
  const times: number[] = []
  const calls: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    await guest.button('Hang up').last().click()
    await guest.button(/^Calls/).waitFor()
    // Coming again is held to once a second.
    await sleep(1500)
    if (i === 0) await watchStage(guest.page)
    const from = await guest.page.evaluate('Date.now()')
    await goTo(guest, `/pages/call/call?roomId=${roomId}&${SMALL}`)
    await allMove([guest], 2)
    const { log } = await watchedSince(guest.page, Number(from))
    const seen = log.find(({ text }) => /^live-player 2003/.test(text))?.at ?? Number.NaN
    times.push(seen - Number(from))
    calls.push(
      log.filter(({ at, text }) => at <= seen && /^cloud room\./.test(text) && !/history|beat/.test(text)).length,
    )
  }
  await close()
  process.stdout.write('\nFrom the tap to the first picture of somebody else (2003):\n\n')
  printTable([
    ['rounds', 'p50', 'p95', 'goal', 'calls of the cloud that it waits for', 'goal'],
    [times.length, ms(quantile(times, 0.5)), ms(quantile(times, 0.95)), '< 1000 ms', Math.max(...calls), 1],
  ])
}

/** What is drawn while nobody moves. */
async function still(browser: Browser, stack: Stack): Promise<void> {
  const { phones, close } = await people(browser, stack, ['x', 'y'], 'clock')
  const [watcher] = phones as [TestPhone]
  await sleep(SETTLE_MS)
  await startSetDataLog(watcher.page)
  await sleep(STILL_MS)
  const log = await takeSetDataLog(watcher.page)
  await close()
  const clock = log.filter(({ keys }) => keys.every((key) => key === 'clock' || key === 'clockLabel'))
  const rest = log.filter((call) => !clock.includes(call))
  process.stdout.write(`\nIn ${STILL_MS / 1000} s of a call of two in which nobody moves:\n\n`)
  printTable([
    ['setData', 'goal', 'and of the clock'],
    [rest.length, 0, clock.length],
  ])
  for (const { component, keys } of rest) process.stdout.write(`- ${component}: ${keys.join(', ')}\n`)
}

/** Lines of `<rtc-room>` that it shares with `<live-room>`, and lines of its own. */
function lines(): void {
  const root = path.resolve(__dirname, '../miniprogram')
  const linesIn = (folder: string): number =>
    fs.readdirSync(path.join(root, folder), { withFileTypes: true }).reduce((sum, entry) => {
      const inside = `${folder}/${entry.name}`
      if (entry.isDirectory()) return sum + linesIn(inside)
      if (!/\.(ts|wxml|wxss)$/.test(entry.name)) return sum
      return sum + fs.readFileSync(path.join(root, inside), 'utf8').split('\n').length
    }, 0)
  const total = (folders: readonly string[]): number => folders.reduce((sum, folder) => sum + linesIn(folder), 0)
  const show = new Set(partsOf(root, 'live-room'))
  const call = partsOf(root, 'rtc-room')
  const parts = (names: readonly string[]) => names.map((name) => `components/${name}`)
  const own = total([...parts(call.filter((name) => !show.has(name))), 'stores/rtc-room'])
  const both = ['components/room', 'components/shared', 'stores/room', 'stores/media']
  const shared = total([...parts(call.filter((name) => show.has(name))), ...both])
  process.stdout.write('\nLines of `<rtc-room>` (the original had copied 65 % of its lines):\n\n')
  printTable([
    ['shared with `<live-room>`', 'of its own', 'copied'],
    [`${shared} (${Math.round((100 * shared) / (shared + own))} %)`, own, 0],
  ])
}

async function measure(stack: Stack): Promise<void> {
  const browser = await launchBrowser()
  try {
    await latency(browser, stack)
    await entering(browser, stack)
    await still(browser, stack)
    lines()
  } finally {
    await browser.close()
  }
}

withStack(measure, { SEAT_HOLD_MS: '120000' })
