/**
 * How often, and with how much, components call setData while nothing happens, guests are on stage, a PK goes on, hearts
 * fly, people talk: on the phone of a viewer and on that of the anchor.
 */
import type { SetDataCall } from '../preview/runtime/engine/set-data'
import { launchBrowser } from '../test/support/browser'
import { comeOnStage, havePictures } from '../test/support/on-stage'
import { openPhone, type TestPhone } from '../test/support/phone'
import type { Stack } from '../test/support/stack'
import { Crowd } from './fixtures/crowd'
import { sleep } from './fixtures/memory'
import { startSetDataLog, summaryOf, takeSetDataLog } from './fixtures/set-data-log'
import { withStack } from './fixtures/with-stack'
import { printTable } from './table'

const FOR_MS = 10_000
/** What led to a scenario has been drawn after this, ms. */
const SETTLE_MS = 4000
const PEOPLE = 20
const TITLE = 'Measured calls'

interface Scenario {
  name: string
  viewer: SetDataCall[]
  anchor: SetDataCall[]
}

const perSecond = (n: number): string => (n / (FOR_MS / 1000)).toFixed(1)
/** The time of the show is told once a second, whatever happens. */
const isClock = ({ keys }: SetDataCall): boolean => keys.every((key) => key === 'clock' || key === 'clockLabel')

function report(scenarios: readonly Scenario[]): void {
  const cells = (log: SetDataCall[]) => {
    const { calls, bytes, largest } = summaryOf(log)
    const { calls: others } = summaryOf(log.filter((call) => !isClock(call)))
    return [perSecond(calls), perSecond(others), perSecond(bytes), largest]
  }
  process.stdout.write(`A second, in ${FOR_MS / 1000} s of each:\n\n`)
  const head = (whose: string) => [`${whose}: calls`, 'but for the clock', 'bytes', 'bytes of the largest']
  printTable([
    ['what goes on', ...head('viewer'), ...head('anchor')],
    ...scenarios.map(({ name, viewer, anchor }) => [name, ...cells(viewer), ...cells(anchor)]),
  ])
  process.stdout.write('\nWhose calls they are, on the phone of the viewer, calls (bytes):\n\n')
  printTable([
    ['what goes on', 'component: what'],
    ...scenarios.map(({ name, viewer }) => [
      name,
      summaryOf(viewer)
        .groups.map(({ component, keys, calls, bytes }) => `${component}: ${keys}, ${calls} (${bytes})`)
        .join('; '),
    ]),
  ])
}

async function measure(stack: Stack): Promise<Scenario[]> {
  const browser = await launchBrowser()
  const scenarios: Scenario[] = []
  const open = (name: string) => openPhone(browser, stack, name)
  try {
    const anchor = await open('anchor')
    await anchor.goLive(TITLE)
    const viewer = await open('viewer')
    await viewer.watch(TITLE)
    await viewer.seesMotion()
    const during = async (name: string, act: (forMs: number) => Promise<unknown>): Promise<void> => {
      await sleep(SETTLE_MS)
      await Promise.all([startSetDataLog(viewer.page), startSetDataLog(anchor.page)])
      await act(FOR_MS)
      const [seen, shown] = await Promise.all([takeSetDataLog(viewer.page), takeSetDataLog(anchor.page)])
      scenarios.push({ name, viewer: seen, anchor: shown })
    }
    await during('nobody does anything', sleep)

    const { result } = await stack.call('room', { action: 'list' }, 'anchor')
    const { rooms } = result as { rooms: { room: { roomId: string } }[] }
    const crowd = new Crowd(stack, rooms[0]?.room.roomId ?? '')
    try {
      await crowd.grow(PEOPLE)
      await during('20 likes a second', (forMs) => crowd.like(20, forMs))
      await during('40 lines a second', (forMs) => crowd.talk(40, forMs))
    } finally {
      crowd.leave()
    }

    const guests: TestPhone[] = []
    for (const name of ['guest1', 'guest2']) {
      const guest = await open(name)
      await guest.watch(TITLE)
      await comeOnStage(anchor, guest)
      guests.push(guest)
    }
    await havePictures(anchor, 3)
    await during('two guests on stage', sleep)
    for (const guest of guests) await guest.close()
    await havePictures(anchor, 1)

    const rival = await open('rival')
    await rival.goLive('The other show')
    await anchor.button('Open the PK panel').click()
    await anchor.button(/^Invite/).click()
    await rival.text(/challenges you/).waitFor()
    await rival.button('Accept').click()
    await havePictures(anchor, 2)
    await during('a PK', sleep)
  } finally {
    await browser.close()
  }
  return scenarios
}

withStack(async (stack) => report(await measure(stack)), {
  SWEEP_MS: '500',
  GRACE_MS: '1000',
  SEAT_HOLD_MS: '120000',
  LINK_WAIT_MS: '120000',
})
