import type { Browser } from 'playwright-core'
import { launchBrowser } from '../support/browser'
import { type HostApp, hostWithPackage } from '../support/host-app'
import { openPhone } from '../support/phone'
import { type Stack, startStack } from '../support/stack'

describe.each([
  ['with the package', ''],
  ['with the package in a subpackage', 'live'],
])('somebody else’s mini program %s', (_, apart) => {
  let app: HostApp
  let stack: Stack
  let browser: Browser
  beforeAll(async () => {
    app = await hostWithPackage(apart)
    stack = await startStack({ MINIPROGRAM: app.root })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.dispose()
    app?.remove()
  })

  const show = (query: string): string =>
    `&page=${encodeURIComponent(`/${apart ? `${apart}/` : ''}pages/show/show?${query}`)}`

  test('a show goes from one phone to another', async () => {
    const ann = await openPhone(browser, stack, 'ann', show('role=anchor'))
    await ann.button('Go live').click()
    await ann.onAir()
    const list = await stack.call('room', { action: 'list' }, 'bob')
    const { rooms } = list.result as { rooms: { room: { roomId: string } }[] }
    const bob = await openPhone(browser, stack, 'bob', show(`role=audience&roomId=${rooms[0]?.room.roomId}`))
    await bob.onAir()
    await bob.seesMotion()
    for (const phone of [ann, bob]) {
      expect(await phone.ask((state) => state.problems)).toEqual([])
      await phone.close()
    }
  })
})
