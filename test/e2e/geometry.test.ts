import { type Faults, faultsOf } from '../support/geometry'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

const suite = phoneSuite({ SEAT_HOLD_MS: '600000', LINK_WAIT_MS: '600000', GRACE_MS: '600000' })

const SIZES = [
  [320, 568],
  [375, 812],
  [812, 375],
  [768, 1024],
] as const
const TEMPLATES = ['float', 'grid', 'vertical1v3', '1v3'] as const

const call = async <T>(user: string, action: string, input: object): Promise<T> => {
  const { result, error } = await suite.stack().call('room', { action, ...input }, user)
  if (error) throw new Error(`${action} was refused: ${JSON.stringify(error)}`)
  return result as T
}

/** A seat is held for this user, who has no phone. */
async function seat(roomId: string, owner: string, user: string): Promise<void> {
  await call(user, 'profile', { name: `Guest ${user}` })
  await call(user, 'enter', { roomId })
  const { link } = await call<{ link: { linkId: string } }>(user, 'link.request', { roomId })
  await call(owner, 'link.accept', { roomId, linkId: link.linkId })
}

const draw = (phone: TestPhone, template: string) =>
  phone.page.evaluate((name) => {
    const [page] = getCurrentPages() as unknown as { selectComponent(selector: string): { setData(d: object): void } }[]
    page?.selectComponent('.room').setData({ template: name })
  }, template)

const isClean = (faults: Faults) => Object.values(faults).every((list) => list.length === 0)

/** Looks in a row that find nothing: the first may still see what was drawn before. */
const LOOKS = 3

/** What was asked for so far is on the screen. */
const drawn = (phone: TestPhone) =>
  phone.page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )

/** What is wrong, once what moves has come to rest: a stage is measured after it has been drawn. */
async function faultsAt(
  phone: TestPhone,
  template: string,
  [width, height]: readonly [number, number],
): Promise<Faults> {
  await phone.page.setViewportSize({ width, height })
  await draw(phone, template)
  const deadline = Date.now() + 20_000
  for (let clean = 0; ; ) {
    await drawn(phone)
    const faults = await faultsOf(phone, template === 'float')
    clean = isClean(faults) ? clean + 1 : 0
    if (clean === LOOKS || Date.now() > deadline) return faults
  }
}

test.each([3, 8])(
  'with %d guests nobody lies over anybody, and nothing is lost or written over a name',
  async (guests) => {
    const owner = `geo-ann-${guests}`
    const { room } = await call<{ room: { roomId: string } }>(owner, 'create', {
      title: 'Everybody on stage',
      cover: 'ocean',
      requestId: owner,
      seats: 8,
    })
    const { roomId } = room
    const ann = await suite.open(owner, `&page=/pages/anchor/anchor?roomId=${roomId}`)
    await ann.onAir()
    const bob = await suite.open(`geo-bob-${guests}`, `&platform=devtools&page=/pages/room/room?roomId=${roomId}`)
    await bob.onAir()
    for (let i = 1; i <= guests; i++) await seat(roomId, owner, `geo-${guests}-${i}`)
    for (const words of ['Good evening everybody, this is a line that needs more than one row', 'Hi!', 'Bravo']) {
      await bob.say(words)
      await ann.text(words).waitFor()
    }
    const found: object[] = []
    for (const [who, phone] of Object.entries({ ann, bob })) {
      for (const size of SIZES) {
        for (const template of TEMPLATES) {
          const faults = await faultsAt(phone, template, size)
          if (!isClean(faults)) found.push({ who, size, template, ...faults })
        }
      }
    }
    expect(found).toEqual([])
  },
)
