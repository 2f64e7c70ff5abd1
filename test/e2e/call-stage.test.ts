import { faultsOf } from '../support/geometry'
import { havePictures } from '../support/on-stage'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

const suite = phoneSuite({ SEAT_HOLD_MS: '600000', GRACE_MS: '600000' })

const ask = async <T>(user: string, action: string, input: object = {}): Promise<T> => {
  const { result, error } = await suite.stack().call('room', { action, ...input }, user)
  if (error) throw new Error(`${action} was refused: ${JSON.stringify(error)}`)
  return result as T
}

/** A call that this user has opened, and sits in without a phone. */
async function callOf(owner: string, seats = 6): Promise<string> {
  const { room } = await ask<{ room: { roomId: string } }>(owner, 'create', {
    requestId: `call-${owner}`,
    kind: 'call',
    title: 'Call',
    cover: 'graphite',
    seats,
  })
  return room.roomId
}

/** Somebody in the call with a phone that has a tone instead of a microphone, so that he talks until he is muted. */
const sit = (user: string, roomId: string, template: string) =>
  suite.open(user, `&camera=test&page=${encodeURIComponent(`/pages/call/call?roomId=${roomId}&template=${template}`)}`)

const media = 'wx-live-pusher, wx-live-player'

/** Marks the tags that are there, so that one that is made anew is noticed. */
const mark = ({ page }: TestPhone) =>
  page.evaluate((tags) => {
    for (const tag of document.querySelectorAll<HTMLElement>(tags)) tag.dataset.seen = 'yes'
  }, media)
const unmarked = ({ page }: TestPhone) =>
  page.evaluate(
    (tags) => [...document.querySelectorAll<HTMLElement>(tags)].filter((tag) => !tag.dataset.seen).length,
    media,
  )

const person = ({ page }: TestPhone, name: RegExp) =>
  page.locator('[class*=box][aria-label]').and(page.getByLabel(name)).first()
const boxOf = async (phone: TestPhone, name: RegExp) => {
  const box = await person(phone, name).boundingBox()
  if (!box) throw new Error(`nobody called ${name} is drawn`)
  return box
}
/** Waits until what is drawn of this person is as it should be. */
async function seen(phone: TestPhone, name: RegExp, is: (box: Awaited<ReturnType<typeof boxOf>>) => boolean) {
  const deadline = Date.now() + 60_000
  for (;;) {
    const box = await boxOf(phone, name).catch(() => null)
    if (box && is(box)) return
    if (Date.now() > deadline) throw new Error(`${name} is drawn at ${JSON.stringify(box)}`)
    await phone.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
}
const isWhole = ({ width, height }: { width: number; height: number }) => width === 375 && height === 812

test('one to one: the other one is large, a finger moves the small picture, a tap swaps, and no tag is made anew', async () => {
  await ask('cs-bob', 'profile', { name: 'Bob' })
  const roomId = await callOf('cs-ann')
  const ann = await sit('cs-ann', roomId, '1v1')
  const bob = await sit('cs-bob', roomId, '1v1')
  await Promise.all([havePictures(ann, 2), havePictures(bob, 2)])
  await Promise.all([ann.seesMotion(), bob.seesMotion()])
  await seen(ann, /^Bob/, isWhole)
  await mark(ann)

  const start = await boxOf(ann, /^You/)
  expect(start.x + start.width).toBe(367)
  const { mouse } = ann.page
  await mouse.move(start.x + 40, start.y + 40)
  await mouse.down()
  await mouse.move(start.x - 100, start.y + 200, { steps: 8 })
  await mouse.move(60, start.y + 240, { steps: 8 })
  await mouse.up()
  await seen(ann, /^You/, ({ x, y }) => x === 8 && Math.abs(y - (start.y + 200)) < 12)
  expect(isWhole(await boxOf(ann, /^Bob/))).toBe(true)
  // what lies under the finger is what is drawn there: the tag went with its frame
  const camera = await ann.page.locator('wx-live-pusher').boundingBox()
  expect(camera?.x).toBe(8)

  await person(ann, /^You/).click()
  await seen(ann, /^You/, isWhole)
  await seen(ann, /^Bob/, ({ x, width }) => x === 8 && width < 200)
  await ann.seesMotion()
  expect(await unmarked(ann)).toBe(0)
})

test('who talks has a ring on every screen, and in speaker the most room; who is muted loses both', async () => {
  const names = { 'cs-carl': 'Carl', 'cs-dora': 'Dora' }
  for (const [user, name] of Object.entries(names)) await ask(user, 'profile', { name })
  const roomId = await callOf('cs-eve')
  const eve = await sit('cs-eve', roomId, 'speaker')
  const carl = await sit('cs-carl', roomId, 'grid')
  const dora = await sit('cs-dora', roomId, 'grid')
  await Promise.all([eve, carl, dora].map((phone) => havePictures(phone, 3)))
  await mark(eve)
  // nobody but Dora talks
  for (const phone of [eve, carl]) await phone.button('Turn the microphone off').click()
  await Promise.all(
    [eve, carl].map((phone) =>
      phone.page
        .getByLabel(/^Dora.*talking$/)
        .first()
        .waitFor(),
    ),
  )
  const large = ({ width, height }: { width: number; height: number }) => width > 300 && height > 300
  await seen(eve, /^Dora/, large)
  await dora.button('Turn the microphone off').click()
  await carl.button('Turn the microphone on').click()
  await seen(eve, /^Carl/, large)
  await seen(eve, /^Dora/, (box) => !large(box))
  expect(await unmarked(eve)).toBe(0)
})

test.each(['1v1', '1v3', 'grid', 'float', 'speaker'])(
  'as %s two to six people lie over nobody, and every control is to be had',
  async (template) => {
    const people = ['fay', 'guy', 'hal', 'ida', 'joe'].map((name) => `cs-${name}-${template}`)
    const [owner = ''] = people
    const roomId = await callOf(owner)
    const phone = await sit(`cs-kim-${template}`, roomId, template)
    await havePictures(phone, 1)
    for (const count of [2, 4, 6]) {
      for (const user of people.slice(0, count - 1)) {
        await ask(user, 'profile', { name: `Guest ${user}` })
        if (user !== owner) await ask(user, 'enter', { roomId })
      }
      for (const [width, height] of [
        [320, 568],
        [375, 812],
        [812, 375],
      ] as const) {
        await phone.page.setViewportSize({ width, height })
        await phone.page.waitForFunction(
          (wanted) =>
            [...document.querySelectorAll('[class*=box][aria-label]')].filter(
              (node) => node.getClientRects().length > 0,
            ).length === wanted,
          count,
        )
        const over = template === 'float' || (count === 2 && template !== 'grid' && template !== '1v3')
        const deadline = Date.now() + 20_000
        let faults = await faultsOf(phone, over)
        while (Object.values(faults).some((list) => list.length) && Date.now() < deadline)
          faults = await faultsOf(phone, over)
        expect({ template, count, width, ...faults }).toMatchObject({ overlaps: [], lost: [], covered: [] })
      }
    }
  },
)
