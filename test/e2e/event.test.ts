import { spawnSync } from 'node:child_process'
import path from 'node:path'
import jsQR from 'jsqr'
import type { AdminOutput } from '../../miniprogram/protocol/admin'
import { push, stopAll } from '../contract/css/ffmpeg'
import { motion } from '../support/browser'
import { eventually } from '../support/eventually'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

const { stack, open } = phoneSuite({ SWEEP_MS: '500' })
afterAll(stopAll)

const root = path.resolve(__dirname, '../..')

/** What an operator does with `npm run admin`. */
function admin<A extends 'event.open' | 'close'>(action: A, target: string[], fields: object): AdminOutput<A> {
  const { url, dataDir } = stack()
  const args = ['--import', 'tsx', 'scripts/admin.ts', action, ...target]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...args, '--url', `${url}/http/admin`, '--json', JSON.stringify(fields)],
    { cwd: root, env: { ...process.env, DATA_DIR: dataDir } },
  )
  if (status !== 0) throw new Error(String(stderr))
  return JSON.parse(String(stdout)) as AdminOutput<A>
}

const openEvent = (requestId: string, more: object) =>
  admin('event.open', [], { title: `The keynote ${requestId}`, cover: 'ocean', host: 'The house', requestId, ...more })

const visit = (phone: TestPhone, roomId: string) =>
  phone.page.evaluate((id) => window.__phone?.navigate.to(`/pages/room/room?roomId=${id}`), roomId)

/** Waits until something on the screen moves. */
const moves = (phone: TestPhone, selector: string) =>
  eventually(async () => (await motion(phone.page, selector)) > 0.002)

test('an official show: awaited with a reminder, seen by itself when it begins, and seen again after its end', async () => {
  const opensAt = Date.now() + 3_600_000
  const { room, push: to } = openEvent('e1', { opensAt, record: true })
  const phone = await open('ann')
  await phone.page.getByRole('link', { name: /The keynote e1, The house, UPCOMING/ }).click()
  await phone.text('1 person waiting').waitFor()
  await phone.button('Remind me').click()
  await phone.text('Reminder set').waitFor()
  const noted = await phone.ask((state) => state.log.map(({ text }) => text).filter((text) => /^calendar/.test(text)))
  expect(noted).toEqual([`calendar ${new Date(Math.round(opensAt / 1000) * 1000).toISOString()} The keynote e1`])

  push(to.rtmp)
  await phone.onAir()
  await phone.seesMotion()

  admin('close', [room.roomId], { reason: 'over' })
  await phone.text('The show has ended').waitFor()
  await phone.button(/^Watch the replay/).click()
  await moves(phone, 'wx-video')
  await phone.button('Close').last().click()
  await phone.button('Back to home').click()
  await phone.page.getByRole('link', { name: 'All replays' }).click()
  await phone.page.getByRole('button', { name: /The keynote e1, by The house/ }).click()
  await moves(phone, 'wx-video')
})

test('an event that begins while the app is away is on the screen when it is back', async () => {
  const { room, push: to } = openEvent('e2', {})
  const phone = await open('bea')
  await visit(phone, room.roomId)
  await phone.text('Date to be announced').waitFor()
  await phone.page.evaluate(() => window.__phone?.faults.background(true))
  push(to.rtmp)
  await eventually(async () => {
    const answer = await stack().call('room', { action: 'list', kind: 'event', state: 'live' }, 'eve')
    return JSON.stringify(answer).includes(room.roomId)
  })
  await phone.page.evaluate(() => window.__phone?.faults.background(false))
  await phone.onAir()
  await phone.seesMotion()
})

test('the poster in the album leads to the room: a reader finds the link in its code', async () => {
  const { room } = openEvent('e3', {})
  const phone = await open('cyd')
  await visit(phone, room.roomId)
  await phone.button('Share this room').click()
  await eventually(async () => (await phone.button('Save poster').getAttribute('aria-disabled')) === 'false')
  await phone.button('Save poster').click()
  await phone.text('The poster is in your album').waitFor()
  const { width, height, pixels } = await phone.page.evaluate(async () => {
    const image = new Image()
    image.src = window.__phone?.album[0] ?? ''
    await image.decode()
    // The code stands in the lower right of the poster.
    const [width, height] = [300, 340]
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no 2d canvas')
    context.drawImage(image, width - image.width, height - image.height)
    const { data } = context.getImageData(0, 0, width, height)
    return { width, height, pixels: Array.from(data) }
  })
  const link = new URL(jsQR(new Uint8ClampedArray(pixels), width, height)?.data ?? '')
  expect(link.origin).toBe(stack().url)
  expect(link.searchParams.get('page')).toBe(`/pages/room/room?roomId=${room.roomId}`)
})

test('the small window goes on moving when the page is left, and leads back to it (P16)', async () => {
  const { room, push: to } = openEvent('e4', {})
  push(to.rtmp)
  const phone = await open('dan')
  await visit(phone, room.roomId)
  await phone.onAir()
  await phone.seesMotion()
  // The page of the demo does not ask for it; any host page may.
  await phone.page.evaluate(() => {
    const page = getCurrentPages().at(-1) as unknown as { selectComponent(s: string): { setData(d: object): void } }
    page.selectComponent('.room').setData({ floating: true })
  })
  await phone.button('Leave the room').click()
  await phone.text('Live now').waitFor()
  await moves(phone, '.float-window')
  await phone.page.getByRole('button', { name: '返回直播' }).click()
  await phone.seesMotion()
  expect(await phone.page.locator('.float-window').count()).toBe(0)
  await phone.button('Leave the room').click()
  await phone.page.getByRole('button', { name: '关闭小窗' }).click()
  await eventually(async () => (await phone.ask((state) => state.media.playing)) === 0)
})
