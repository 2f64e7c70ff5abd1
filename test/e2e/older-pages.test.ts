import { motion } from '../support/browser'
import { eventually } from '../support/eventually'
import { hostWithOlderPages } from '../support/host-app'
import { havePictures } from '../support/on-stage'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

/** What the pages of a year call things: their buttons, and the tags that they know. */
const YEARS = {
  2018: { join: 'Link', quit: 'Unlink', back: 'Close', asked: 'joinPusher', on: 'LinkOn', out: 'LinkOut' },
  2020: { join: 'Join', quit: 'Quit', back: 'Back', asked: 'requestJoinAnchor', on: 'linkOn', out: 'linkOut' },
} as const
type Year = keyof typeof YEARS

const app = hostWithOlderPages()
afterAll(() => app.remove())
const { open } = phoneSuite({ MINIPROGRAM: app.root })

const tap = (phone: TestPhone, name: string): Promise<void> =>
  phone.page.getByRole('button', { name, exact: true }).filter({ visible: true }).click()

/** The page writes down every event: its tag and its code. */
const hears = (phone: TestPhone, tag: string, code: number, times = 1): Promise<void> =>
  phone.text(new RegExp(`(\\[${tag} ${code}\\].*){${times}}`)).waitFor()

async function say(phone: TestPhone, words: string): Promise<void> {
  const field = phone.page.getByPlaceholder('Say something').filter({ visible: true })
  await field.fill(words)
  await field.press('Enter')
}

/** So many pictures are on this phone, and every one moves. */
async function seesMoving(phone: TestPhone, count: number): Promise<void> {
  await havePictures(phone, count)
  for (let at = 0; at < count; at++) {
    const tag = `wx-live-pusher, wx-live-player >> nth=${at}`
    await eventually(async () => (await motion(phone.page, tag).catch(() => 0)) > 0.002)
  }
}

async function link(anchor: TestPhone, made: Year, viewer: TestPhone, seen: Year, times: number): Promise<void> {
  await tap(viewer, YEARS[seen].join)
  await hears(anchor, YEARS[made].asked, 0, times)
  await tap(anchor, 'Yes')
  await hears(viewer, YEARS[seen].on, 0, times)
  await havePictures(anchor, 2)
  await havePictures(viewer, 2)
}

test.each([
  [2018, 2020],
  [2020, 2018],
] as const)(
  'M99, M100: a show of a page of %i, watched by one of %i, as they were written',
  async (made, seen) => {
    const [anchor, viewer] = [await open(`anchor${made}`), await open(`viewer${seen}`)]
    await tap(anchor, `Create ${made}`)
    await hears(anchor, 'created', 0)
    await seesMoving(anchor, 1)

    await viewer.page.getByPlaceholder('Year of the page').fill(String(seen))
    await tap(viewer, 'Refresh')
    await viewer.text(`Class of ${made}`).click()
    await seesMoving(viewer, 1)

    await say(viewer, 'Good morning')
    await hears(anchor, 'recvTextMsg', 0)
    await anchor.text(/Good morning/).waitFor()
    await say(anchor, 'Sit down')
    await viewer.text(/Sit down/).waitFor()

    await link(anchor, made, viewer, seen, 1)
    for (const phone of [anchor, viewer]) await seesMoving(phone, 2)
    await tap(viewer, YEARS[seen].quit)
    await hears(viewer, YEARS[seen].out, 0)
    await seesMoving(viewer, 1)

    await link(anchor, made, viewer, seen, 2)
    await anchor.button(/^Kick /).click()
    await hears(viewer, YEARS[seen].out, 0, 2)
    await seesMoving(viewer, 1)

    await tap(anchor, YEARS[made].back)
    await hears(viewer, 'roomClosed', -9006)
    await anchor.text('No rooms').waitFor()
    expect(await anchor.ask(({ media }) => media.cameraOn || media.micOn)).toBe(false)
  },
  300_000,
)
