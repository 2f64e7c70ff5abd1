import { allMove, joinCall, startCall } from '../support/in-call'
import { haveDevices, havePictures } from '../support/on-stage'
import type { TestPhone } from '../support/phone'
import { phoneSuite } from '../support/phone-suite'

const { stack, open } = phoneSuite({ SWEEP_MS: '500', GRACE_MS: '120000', SEAT_HOLD_MS: '120000' })

/** So many people in one call, with small pictures (240x320): several encoders share this machine. */
async function crowd(names: readonly string[], template: string): Promise<TestPhone[]> {
  const query = `template=${template}&quality=SD`
  const [first = '', ...others] = names
  const phones = [await open(first)]
  const [owner] = phones as [TestPhone]
  const roomId = await startCall(stack(), owner, first, 'A meeting', `?${query}`)
  for (const name of others) {
    const phone = await open(name)
    phones.push(phone)
    await joinCall(phone, roomId, `&${query}`)
  }
  return phones
}

test('four people: everybody moves on every screen; one goes, and one is there with his voice alone', async () => {
  const phones = await crowd(['ann', 'ben', 'cat', 'dan'], 'grid')
  await allMove(phones)
  const [ann, ben, cat, dan] = phones as [TestPhone, TestPhone, TestPhone, TestPhone]
  await dan.button('Hang up').last().click()
  await haveDevices(dan, false)
  for (const phone of [ann, ben, cat]) await havePictures(phone, 3)
  await cat.button('Turn the camera off').click()
  await ann.page
    .getByLabel(/^Unnamed, camera off/)
    .first()
    .waitFor()
  await cat.button('Turn the camera on').click()
  await allMove([ann, ben, cat])
})
