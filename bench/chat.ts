/**
 * What a talkative room costs: nobody says anything, 40 barrage lines a second, 1,000 a second. A phone of the preview
 * watches the show; the people who talk are sockets, each with an account of its own, because one may say three lines a second.
 */
import type { CDPSession, Page } from 'playwright-core'
import { launchBrowser } from '../test/support/browser'
import { openPhone } from '../test/support/phone'
import type { Stack } from '../test/support/stack'
import { Crowd, type Heard } from './fixtures/crowd'
import { busyOf, devtoolsOf, type Memory, mb, memoryOf, sleep } from './fixtures/memory'
import { type SetDataSummary, startSetDataLog, summaryOf, takeSetDataLog } from './fixtures/set-data-log'
import { withStack } from './fixtures/with-stack'
import { ms, printTable, quantile } from './table'

const FLOOD_MS = 15_000
const SETTLE_MS = 1500
const SAMPLE_MS = 500
/** Lines a second, and how many people say them. */
const FLOODS = [
  { perSecond: 0, people: 20, forMs: 5000 },
  { perSecond: 40, people: 20, forMs: FLOOD_MS },
  { perSecond: 1000, people: 125, forMs: FLOOD_MS },
]

/** Part of `/healthz`. */
interface Load {
  rss: number
  heapUsed: number
  chat: { queuedBytes: number; longestQueue: number; dropped: number; slow: number }
}

const loadOf = async (stack: Stack): Promise<Load> =>
  ((await (await fetch(`${stack.url}/healthz`)).json()) as { load: Load }).load

interface Flood {
  seconds: number
  people: number
  heard: Heard
  setData: SetDataSummary
  before: Memory
  after: Memory
  busy: number
  loads: Load[]
}

async function flood(stack: Stack, page: Page, devtools: CDPSession, crowd: Crowd, plan: (typeof FLOODS)[number]) {
  await crowd.grow(plan.people)
  await sleep(SETTLE_MS)
  const before = await memoryOf(devtools)
  const loads = [await loadOf(stack)]
  const sampling = setInterval(() => {
    loadOf(stack).then(
      (load) => loads.push(load),
      () => {},
    )
  }, SAMPLE_MS)
  await startSetDataLog(page)
  const began = performance.now()
  const heard = await crowd.talk(plan.perSecond, plan.forMs)
  const seconds = (performance.now() - began) / 1000
  clearInterval(sampling)
  const setData = summaryOf(await takeSetDataLog(page))
  const busy = (await busyOf(devtools)) - before.busy
  await sleep(SETTLE_MS)
  return { seconds, people: crowd.size, heard, setData, before, after: await memoryOf(devtools), busy, loads }
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const max = (values: number[]): number => Math.max(0, ...values)

/** The middle of a run and its end: what grows shows, what warms up does not. */
function thirds(loads: Load[], key: 'rss' | 'heapUsed'): string {
  const values = loads.map((load) => load[key])
  const size = Math.ceil(values.length / 3)
  const parts = [values.slice(0, size), values.slice(size, -size), values.slice(-size)]
  return parts.map((part) => (part.length > 0 ? mb(mean(part)) : '')).join(' → ')
}

function report(floods: Flood[]): void {
  const row = (what: string, tell: (flood: Flood) => string | number, goal = '') => [what, ...floods.map(tell), goal]
  printTable([
    ['barrage lines a second', ...FLOODS.map(({ perSecond }) => perSecond.toLocaleString('en')), 'goal'],
    row('people in the room, besides two phones', ({ people }) => people),
    row('lines a second said / at a listener / refused', ({ heard, seconds }) =>
      [heard.said / seconds, heard.heard / seconds, heard.refused / seconds].map((n) => n.toFixed(0)).join(' / '),
    ),
    row('delay to a listener, p50 / p95', ({ heard }) =>
      heard.delays.length > 0 ? `${ms(quantile(heard.delays, 0.5))} / ${ms(quantile(heard.delays, 0.95))}` : '',
    ),
    row('phone: setData in its busiest second, all components', ({ setData }) => setData.busiest, '10'),
    row('phone: setData a second, mean', ({ setData, seconds }) => (setData.calls / seconds).toFixed(1)),
    row('phone: bytes of the largest setData', ({ setData }) => setData.largest, '8000'),
    row('phone: main thread busy', ({ busy, seconds }) => `${((100 * busy) / seconds).toFixed(0)} %`),
    row(
      'phone: JS heap before → after, MB',
      ({ before, after }) => `${mb(before.heap)} → ${mb(after.heap)}`,
      'no growth',
    ),
    row('phone: DOM nodes before → after', ({ before, after }) => `${before.nodes} → ${after.nodes}`, 'bounded'),
    row('server: RSS in thirds of the run, MB', ({ loads }) => thirds(loads, 'rss'), 'no growth'),
    row('server: JS heap in thirds, MB', ({ loads }) => thirds(loads, 'heapUsed'), 'no growth'),
    row('server: fullest queue of one socket, kB', ({ loads }) =>
      (max(loads.map(({ chat }) => chat.longestQueue)) / 1000).toFixed(0),
    ),
    row(
      'server: all queues at the end, kB',
      ({ loads }) => ((loads[loads.length - 1]?.chat.queuedBytes ?? 0) / 1000).toFixed(0),
      'no growth',
    ),
    row(
      'server: lines shed above the ceiling of a group',
      ({ loads }) => (loads.at(-1)?.chat.dropped ?? 0) - (loads[0]?.chat.dropped ?? 0),
    ),
    row('server: slow readers let go', ({ loads }) => (loads.at(-1)?.chat.slow ?? 0) - (loads[0]?.chat.slow ?? 0)),
  ])
  process.stdout.write('\nsetData on the phone, calls (bytes) by component:\n\n')
  const names = new Map<string, string[]>()
  floods.forEach(({ setData }, i) => {
    for (const { component, keys, calls, bytes } of setData.groups) {
      const name = `${component}: ${keys}`
      const cells = names.get(name) ?? floods.map(() => '')
      cells[i] = `${calls} (${bytes})`
      names.set(name, cells)
    }
  })
  printTable([
    [
      'setData',
      ...FLOODS.map(({ perSecond, forMs }) => `${perSecond.toLocaleString('en')} a second, ${forMs / 1000} s`),
    ],
    ...[...names].map(([name, cells]) => [name, ...cells]),
  ])
}

async function measure(stack: Stack): Promise<Flood[]> {
  const browser = await launchBrowser()
  try {
    const anchor = await openPhone(browser, stack, 'anchor')
    await anchor.goLive('Talkative show')
    const { result } = await stack.call('room', { action: 'list' }, 'anchor')
    const roomId = (result as { rooms: { room: { roomId: string } }[] }).rooms[0]?.room.roomId ?? ''
    const viewer = await openPhone(browser, stack, 'viewer')
    await viewer.watch('Talkative show')
    await viewer.seesMotion()
    const devtools = await devtoolsOf(viewer.page)
    const crowd = new Crowd(stack, roomId)
    const floods: Flood[] = []
    try {
      for (const plan of FLOODS) floods.push(await flood(stack, viewer.page, devtools, crowd, plan))
    } finally {
      crowd.leave()
    }
    return floods
  } finally {
    await browser.close()
  }
}

withStack(async (stack) => report(await measure(stack)))
