import type { Locator } from 'playwright-core'
import { eventually } from '../support/eventually'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

const { open } = phoneSuite({ SWEEP_MS: '500' })

/** One red pixel, which is stretched over the cover. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
)

/** Share of red pixels of an element, as a person sees it. */
async function redness(element: Locator): Promise<number> {
  const picture = (await element.screenshot()).toString('base64')
  return element.page().evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no 2d canvas')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    let red = 0
    for (let i = 0; i < data.length; i += 4) {
      if ((data[i] ?? 0) > 230 && (data[i + 1] ?? 255) < 40 && (data[i + 2] ?? 255) < 40) red++
    }
    return red / (data.length / 4)
  }, picture)
}

async function choose(phone: TestPhone, buffer: Buffer): Promise<void> {
  const chooser = phone.page.waitForEvent('filechooser')
  await phone.button(/^Choose (a|another) cover picture/).click()
  await (await chooser).setFiles({ name: 'Red.PNG', mimeType: 'image/png', buffer })
}

test('a picture from the album is the cover of the show on the list of another phone', async () => {
  const [alice, bob] = [await open('alice'), await open('bob')]
  await alice.button('Start a live show').click()
  await choose(alice, Buffer.alloc(5 * 1024 * 1024 + 1))
  await alice.text('Over 5 MB. Please pick a smaller picture.').waitFor()
  await choose(alice, PNG)
  await alice.text('Cover is ready').waitFor()
  await alice.page.locator('wx-input input').fill('Red evening')
  await alice.button('Go live').click()
  await alice.onAir()

  await bob.page.reload()
  const card = bob.page.getByRole('link', { name: /Red evening/ })
  await card.waitFor()
  await eventually(async () => (await redness(card.locator('wx-image'))) > 0.6)
  await alice.endShow()
})

test('without a network the picture is lost, and the show begins with its colour', async () => {
  const alice = await open('carol')
  await alice.button('Start a live show').click()
  await alice.text('Flip').waitFor()
  await alice.page.evaluate(() => window.__phone?.faults.offline(true))
  await choose(alice, PNG)
  await alice.text('Not uploaded. Pick it again, or start with just the colour.').waitFor()
  await alice.page.evaluate(() => window.__phone?.faults.offline(false))
  await alice.page.getByRole('radio', { name: /^Ocean/ }).click()
  await alice.page.locator('wx-input input').fill('Blue evening')
  await alice.button('Go live').click()
  await alice.onAir()
  await alice.endShow()
})
