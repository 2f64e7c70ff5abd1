import type { Browser } from 'playwright-core'
import { Studio } from '../../scripts/gallery/studio'
import { inspector, walkGates, walkHome, walkShow } from '../support/access/scenes'
import { launchBrowser } from '../support/browser'
import { type Stack, startStack } from '../support/stack'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  stack = await startStack({ SWEEP_MS: '500', SEAT_HOLD_MS: '120000', LINK_WAIT_MS: '120000', GRACE_MS: '120000' })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await stack?.dispose()
})

const WALKS = { 'the list': walkHome, 'the gates': walkGates, 'a show': walkShow }

describe.each(['zh-CN', 'en'] as const)('M117, M130: in %s, at 375 and 320 px, with little motion', (lang) => {
  test.each(Object.entries(WALKS))('%s can be used by everybody', async (_, walk) => {
    const studio = new Studio(stack, browser, { lang, width: 375, height: 812 }, async () => {})
    const faults: Record<string, string[]> = {}
    const lost = await walk(studio, inspector(studio, faults)).catch((error: unknown) => error)
    await studio.dispose()
    // What was found counts, too, where the way did not lead further.
    expect({ faults, lost }).toEqual({ faults: {} })
  })
})
