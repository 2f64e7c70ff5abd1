import { WebSocket } from 'ws'
import { SDK_APP_ID, SECRET_KEY } from '../contract/messenger/chat-server'
import { until } from '../contract/messenger/until'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'
import { TimServer } from '../support/tim/tim-server'

const IM = { CHAT_KIND: 'tim', IM_SDK_APP_ID: String(SDK_APP_ID), IM_SECRET_KEY: SECRET_KEY }
const { open } = phoneSuite({ SWEEP_MS: '500', ...IM })

/** Tencent's hosts of the chat SDK's sockets. */
const HOSTS = /my-imcloud\.com|im\.qcloud\.com|tim\.qq\.com|tencent\.cn/

let tim: TimServer
beforeAll(async () => {
  // The rooms are made by the chat of the local cloud, so here every room that somebody joins exists.
  tim = await TimServer.start({ sdkAppId: SDK_APP_ID, secretKey: SECRET_KEY, admin: 'administrator', anyGroup: true })
})
afterAll(() => tim.stop())

/** The SDK dials Tencent; its sockets are led to the stand-in, everything else that it asks for fails. */
async function leadToStandIn({ page }: TestPhone): Promise<string[]> {
  const dialled: string[] = []
  await page.route(HOSTS, (route) => route.abort())
  await page.routeWebSocket(HOSTS, (phone) => {
    dialled.push(phone.url())
    const server = new WebSocket(tim.url, { perMessageDeflate: false })
    const early: (string | Buffer)[] = []
    phone.onMessage((data) => (server.readyState === server.OPEN ? server.send(data) : early.push(data)))
    phone.onClose(() => server.close())
    server.on('open', () => {
      for (const data of early.splice(0)) server.send(data)
    })
    server.on('message', (data: Buffer) => phone.send(data))
    server.on('close', () => phone.close())
    server.on('error', () => phone.close())
  })
  await page.reload()
  await page.waitForFunction('window.__phone?.stats.readyAt > 0')
  return dialled
}

test('a barrage goes from phone to phone through the real SDK, which is loaded when a room asks for it', async () => {
  const [alice, bob] = [await open('alice'), await open('bob')]
  const dialled = [await leadToStandIn(alice), await leadToStandIn(bob)]
  const loaded = () =>
    bob.page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/chat-sdk')))
  await alice.goLive('Through the real SDK')
  await bob.page.reload()
  expect(await loaded()).toBe(false)
  await bob.watch(/Through the real SDK/)
  await until(() => [...tim.groups.values()].some(({ members }) => members.size === 2), 'both in the room')
  await bob.say('Hello from Bob 🎉')
  await alice.text('Hello from Bob 🎉').waitFor()
  await alice.say('Welcome, Bob')
  await bob.text('Welcome, Bob').waitFor()
  expect(await loaded()).toBe(true)
  for (const urls of dialled) expect(urls[0]).toContain(`${SDK_APP_ID}w4c.my-imcloud.com`)
})
