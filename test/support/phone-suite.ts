import type { Browser } from 'playwright-core'
import { launchBrowser } from './browser'
import { openDesk, type TestDesk } from './desk'
import { openPhone, type TestPhone } from './phone'
import { type Stack, startStack } from './stack'

/** Several phones and their video want their time on a slow machine; what has to be quick is measured in bench/. */
jest.setTimeout(240_000)

/** A show that a failed test left running would stand in the list that the next test reads. */
async function endShowOf(stack: Stack, user: string): Promise<void> {
  const { result } = await stack.call('room', { action: 'login' }, user)
  const { openRoom } = (result ?? {}) as { openRoom?: { room: { roomId: string } } | null }
  if (openRoom) await stack.call('room', { action: 'close', roomId: openRoom.room.roomId }, user)
}

/**
 * One stack and one browser for all tests of a file; the phones of a test are closed after it, and must not have had a
 * problem of their own (a runtime error, a template warning, a missing `wx` name).
 */
export function phoneSuite(env: Record<string, string>): {
  stack(): Stack
  open(user: string, query?: string): Promise<TestPhone>
  /** A computer beside the phones. */
  openDesk(user: string, query?: string): Promise<TestDesk>
} {
  let stack: Stack
  let browser: Browser
  const phones: TestPhone[] = []
  const desks: TestDesk[] = []
  const users = new Set<string>()
  beforeAll(async () => {
    stack = await startStack(env)
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.dispose()
  })
  afterEach(async () => {
    const used = phones.splice(0)
    const problems = await Promise.all(used.map((phone) => phone.ask((state) => state.problems)))
    const computers = desks.splice(0)
    await Promise.all([...used, ...computers].map((each) => each.close()))
    for (const user of users) await endShowOf(stack, user)
    users.clear()
    expect([...problems, ...computers.map((desk) => desk.problems)].flat()).toEqual([])
  })
  return {
    stack: () => stack,
    async open(user, query = '') {
      const phone = await openPhone(browser, stack, user, query)
      phones.push(phone)
      users.add(user)
      return phone
    },
    async openDesk(user, query = '') {
      const desk = await openDesk(browser, stack, user, query)
      desks.push(desk)
      users.add(user)
      return desk
    },
  }
}
