/**
 * What a phone holds after half an hour in a room where 40 lines a second are said: SOAK_MINUTES and SOAK_LINES choose
 * others. A phone of the preview watches; its memory is looked at, after garbage collection, once in a tenth of the time.
 */
import { launchBrowser } from '../test/support/browser'
import { openPhone } from '../test/support/phone'
import { type Stack, startStack } from '../test/support/stack'
import { Crowd } from './fixtures/crowd'
import { devtoolsOf, type Memory, mb, memoryOf } from './fixtures/memory'
import { startSetDataLog, summaryOf, takeSetDataLog } from './fixtures/set-data-log'
import { printTable } from './table'

const MINUTES = Number(process.env.SOAK_MINUTES ?? 30)
const LINES = Number(process.env.SOAK_LINES ?? 40)
const PEOPLE = 20
const LOOKS = 10

interface Look extends Memory {
  minute: number
  heard: number
  largest: number
  perSecond: number
}

async function soak(stack: Stack): Promise<Look[]> {
  const browser = await launchBrowser()
  try {
    const anchor = await openPhone(browser, stack, 'anchor')
    await anchor.goLive('Long show')
    const { result } = await stack.call('room', { action: 'list' }, 'anchor')
    const { rooms } = result as { rooms: { room: { roomId: string } }[] }
    const viewer = await openPhone(browser, stack, 'viewer')
    await viewer.watch('Long show')
    await viewer.seesMotion()
    const devtools = await devtoolsOf(viewer.page)
    const crowd = new Crowd(stack, rooms[0]?.room.roomId ?? '')
    const looks: Look[] = []
    try {
      await crowd.grow(PEOPLE)
      // What is kept for the newest lines is filled before the first look.
      await crowd.talk(LINES, 15_000)
      looks.push({ minute: 0, heard: 0, largest: 0, perSecond: 0, ...(await memoryOf(devtools)) })
      for (let look = 1; look <= LOOKS; look++) {
        await startSetDataLog(viewer.page)
        const { heard } = await crowd.talk(LINES, (MINUTES * 60_000) / LOOKS)
        const { largest, calls } = summaryOf(await takeSetDataLog(viewer.page))
        const minute = (MINUTES * look) / LOOKS
        looks.push({
          minute,
          heard,
          largest,
          perSecond: calls / ((MINUTES * 60) / LOOKS),
          ...(await memoryOf(devtools)),
        })
      }
      await viewer.seesMotion()
    } finally {
      crowd.leave()
    }
    return looks
  } finally {
    await browser.close()
  }
}

function report(looks: readonly Look[]): void {
  const lines = looks.reduce((sum, { heard }) => sum + heard, 0)
  process.stdout.write(`${MINUTES} minutes, ${LINES} lines a second, ${lines} lines heard:\n\n`)
  printTable([
    ['after, min', 'JS heap, MB', 'DOM nodes', 'setData a second', 'bytes of the largest'],
    ...looks.map(({ minute, heap, nodes, perSecond, largest }) => [
      minute.toFixed(0),
      mb(heap),
      nodes,
      perSecond.toFixed(1),
      largest,
    ]),
  ])
}

async function main(): Promise<void> {
  const stack = await startStack()
  try {
    report(await soak(stack))
  } finally {
    await stack.dispose()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
