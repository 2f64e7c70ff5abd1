/**
 * What it costs to come into a room and to be there: tap on a card to the first moving picture, cloud calls and setData on
 * the way, and setData of a room in which nobody says anything. Two phones of the preview, one of them on air.
 */
import type { Page } from 'playwright-core'
import type { SetDataCall } from '../preview/runtime/engine/set-data'
import { launchBrowser } from '../test/support/browser'
import { openPhone, type TestPhone } from '../test/support/phone'
import type { Stack } from '../test/support/stack'
import { startSetDataLog, summaryOf, takeSetDataLog } from './fixtures/set-data-log'
import { withStack } from './fixtures/with-stack'
import { ms, printTable, quantile } from './table'

/** Phones that are opened anew, and how often each comes in. */
const PHONES = 4
const ENTRIES = 3
const QUIET_MS = 10_000
/** Nothing takes longer than this, ms. */
const PATIENCE_MS = 15_000
const TITLE = 'Measured show'

/** What one entry shows: `performance.now()` of the phone. */
interface Watched {
  tap: number
  /** The first picture was painted. */
  painted: number
  /** A picture was painted that differs from the first one. */
  moving: number
  /** The phone's log since the tap. */
  log: { at: number; text: string }[]
  cloudCalls: string[]
}

/**
 * Waits, in the page, for a tap and for the picture that follows. It looks at the player's pixels after every painted
 * frame of the page, so it sees what a person sees: black or a still is not a moving picture.
 */
async function watchEntry(patienceMs: number): Promise<Watched> {
  const phone = window.__phone
  if (!phone) throw new Error('no phone')
  const tap = await new Promise<number>((resolve) =>
    window.addEventListener('pointerdown', (event) => resolve(event.timeStamp), { once: true, capture: true }),
  )
  const calls = phone.stats.cloudCalls.length
  const pen = new OffscreenCanvas(36, 64).getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('no 2d canvas')
  const pixels = (): Uint8ClampedArray | null => {
    const video = document.querySelector<HTMLVideoElement>('wx-live-player video')
    if (!video || video.readyState < 2 || video.videoWidth === 0) return null
    pen.drawImage(video, 0, 0, 36, 64)
    const { data } = pen.getImageData(0, 0, 36, 64)
    return data.some((value, i) => i % 4 !== 3 && value > 24) ? data : null
  }
  const differs = (a: Uint8ClampedArray, b: Uint8ClampedArray): boolean => {
    let changed = 0
    for (let i = 1; i < a.length; i += 4) if (Math.abs((a[i] ?? 0) - (b[i] ?? 0)) > 12) changed++
    return changed > 4
  }
  let first: Uint8ClampedArray | null = null
  let painted = 0
  for (;;) {
    await new Promise(requestAnimationFrame)
    const now = performance.now()
    if (now - tap > patienceMs) throw new Error(painted ? 'the picture does not move' : 'there is no picture')
    const seen = pixels()
    if (!seen) continue
    if (!first) {
      first = seen
      painted = now
    } else if (differs(first, seen)) {
      const began = performance.timeOrigin + tap
      return {
        tap,
        painted,
        moving: now,
        log: phone.log.flatMap(({ at, text }) => (at >= began - 1 ? [{ at: at - performance.timeOrigin, text }] : [])),
        cloudCalls: phone.stats.cloudCalls.slice(calls).map(({ name, action }) => `${name}.${action}`),
      }
    }
  }
}

interface Entry {
  /** ms after the tap, by the name of the step. */
  steps: Record<string, number>
  cloudCalls: string[]
  setData: SetDataCall[]
}

const STEPS: [string, RegExp | null][] = [
  ['`room.enter` answered', /^cloud room\.enter/],
  ['player connected (2001)', /^live-player 2001/],
  ['first bytes (2002)', /^live-player 2002/],
  ['first frame reported (2003)', /^live-player 2003/],
  ['first picture painted', null],
  ['first moving picture', null],
]

async function enter(page: Page): Promise<Entry> {
  const card = page.getByRole('link', { name: TITLE })
  await card.waitFor()
  await startSetDataLog(page)
  // The tool that runs TypeScript wraps named functions in a helper of its own, which the page lacks.
  await page.evaluate('globalThis.__name ??= (f) => f')
  const watching = page.evaluate(watchEntry, PATIENCE_MS)
  watching.catch(() => {})
  await card.click()
  const { tap, painted, moving, log, cloudCalls } = await watching
  const setData = (await takeSetDataLog(page)).filter(({ at }) => at >= tap && at <= moving)
  const steps: Record<string, number> = {}
  for (const [name, words] of STEPS) {
    const at = words ? log.find(({ text }) => words.test(text))?.at : name.includes('moving') ? moving : painted
    steps[name] = at === undefined ? Number.NaN : at - tap
  }
  return { steps, cloudCalls, setData }
}

async function leave(viewer: TestPhone): Promise<void> {
  await viewer.button('Leave the room').click()
  await viewer.text('Live now').waitFor()
}

async function measure(stack: Stack): Promise<void> {
  const browser = await launchBrowser()
  try {
    const anchor = await openPhone(browser, stack, 'anchor')
    await anchor.goLive(TITLE)
    await anchor.seesMotion()
    const entries: Entry[] = []
    const firsts: Entry[] = []
    let quiet: SetDataCall[] = []
    for (let i = 0; i < PHONES; i++) {
      const viewer = await openPhone(browser, stack, `viewer${i}`)
      for (let j = 0; j < ENTRIES; j++) {
        const entry = await enter(viewer.page)
        entries.push(entry)
        if (j === 0) firsts.push(entry)
        if (i === PHONES - 1 && j === ENTRIES - 1) quiet = await setDataFor(viewer.page, QUIET_MS)
        await leave(viewer)
      }
      await viewer.close()
    }
    report(entries, firsts, quiet)
  } finally {
    await browser.close()
  }
}

async function setDataFor(page: Page, forMs: number): Promise<SetDataCall[]> {
  await new Promise((resolve) => setTimeout(resolve, 2000))
  await startSetDataLog(page)
  await new Promise((resolve) => setTimeout(resolve, forMs))
  return takeSetDataLog(page)
}

function report(entries: Entry[], firsts: Entry[], quiet: SetDataCall[]): void {
  const say = (text: string) => process.stdout.write(`${text}\n`)
  const last = STEPS[STEPS.length - 1]?.[0] ?? ''
  const times = (of: Entry[], step: string) => of.map(({ steps }) => steps[step] ?? Number.NaN)
  say(`Tap on a room's card to the picture, ${entries.length} entries by ${firsts.length} phones, ms after the tap:\n`)
  printTable([
    ['step', 'p50', 'p95', 'first entry of a phone, p50', 'goal'],
    ...STEPS.map(([step]) => [
      step,
      ms(quantile(times(entries, step), 0.5)),
      ms(quantile(times(entries, step), 0.95)),
      ms(quantile(times(firsts, step), 0.5)),
      step === last ? 'p50 < 1 s' : '',
    ]),
  ])
  const calls = entries.map(({ cloudCalls }) => cloudCalls.length)
  const names = [...new Set(entries.flatMap(({ cloudCalls }) => cloudCalls))].join(', ')
  const costs = entries.map(({ setData }) => summaryOf(setData))
  const rest = summaryOf(quiet)
  say('\nWhat it takes:\n')
  printTable([
    ['what', 'p50', 'max', 'goal'],
    [`cloud calls from tap to moving picture (${names})`, quantile(calls, 0.5), Math.max(...calls), '1'],
    ...(
      [
        ['setData calls from tap to moving picture', 'calls'],
        ['their bytes', 'bytes'],
        ['bytes of the largest', 'largest'],
      ] as const
    ).map(([what, key]) => {
      const values = costs.map((cost) => cost[key])
      return [what, quantile(values, 0.5), Math.max(...values), key === 'largest' ? '8000' : '']
    }),
  ])
  say(`\nsetData of a viewer in a quiet room, ${QUIET_MS / 1000} s:\n`)
  printTable([
    ['component', 'what', 'calls', 'bytes'],
    ...rest.groups.map(({ component, keys, calls, bytes }) => [component, keys, calls, bytes]),
    ['all', '', rest.calls, rest.bytes],
  ])
}

withStack(measure)
