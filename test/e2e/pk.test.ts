import { motion } from '../support/browser'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

/** Nothing is mixed: viewers see both pictures side by side. */
const { open } = phoneSuite({ SWEEP_MS: '500' })

const PATIENCE_MS = 60_000

/** Waits until every one of `count` tags of this kind shows a picture that moves. */
async function eachMoves(phone: TestPhone, tag: string, count: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const tags = await phone.page.locator(tag).filter({ visible: true }).count()
    const moving = tags === count ? await motion(phone.page, tag) : 0
    if (moving > 0.002) return
    if (Date.now() > deadline) throw new Error(`${tags} of ${count} ${tag}, moving ${moving}`)
  }
}

test('two anchors in a PK: asked, accepted, both pictures on every screen, likes as scores, a result', async () => {
  const ann = await open('ann', '&camera=clock')
  const bea = await open('bea')
  await ann.goLive('Tea')
  await bea.goLive('Cake')
  const cid = await open('cid')
  await cid.watch(/Tea/)

  await ann.button('Open the PK panel').click()
  await ann.button(/^Invite/).click()
  await bea.text(/challenges you/).waitFor()
  await bea.button('Accept').click()

  for (const anchor of [ann, bea]) {
    await anchor.page.locator('[aria-label^="PK: this show"]').first().waitFor()
    await eachMoves(anchor, 'wx-live-player', 1)
  }
  await cid.page.locator('[aria-label^="PK: this show"]').first().waitFor()

  await cid.button(/^Like/).click()
  await ann.page.locator('[aria-label^="PK: this show 1,"]').first().waitFor()
  await bea.page.locator('[aria-label*=" 1, "]').first().waitFor()

  await ann.button('End the PK').click()
  await ann.page.locator('[aria-label*="Victory"]').first().waitFor()
  await bea.page.locator('[aria-label*="So close"]').first().waitFor()
  await cid.seesMotion()
})

test('a question that is refused leaves a word, and both shows go on', async () => {
  const ann = await open('dan')
  const bea = await open('eve')
  await ann.goLive('Soup')
  await bea.goLive('Salad')
  await ann.button('Open the PK panel').click()
  await ann
    .button(/^Invite/)
    .first()
    .click()
  await bea.text(/challenges you/).waitFor()
  await bea.button('Decline').click()
  await ann.text(/would rather not/).waitFor()
  await ann.seesMotion()
  await bea.seesMotion()
})
