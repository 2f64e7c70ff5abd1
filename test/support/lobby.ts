import type { TestPhone } from './phone'

/** From the home page to the page of calls; gives the number of this phone. */
export async function toCalls(phone: TestPhone): Promise<string> {
  await phone.button(/^Calls/).click()
  const number = phone.page.locator('.mine-number')
  await number.waitFor()
  return (await number.textContent()) ?? ''
}

/** Rings a number up. */
export async function ringUp(phone: TestPhone, number: string): Promise<void> {
  await phone.page.locator('.field input').fill(number)
  await phone.button('Call').and(phone.page.locator('.go')).click()
}

/** It rings on this phone: on the page on top, while the one below may still be sliding away. */
export const rings = (phone: TestPhone): Promise<void> => phone.button('Accept').last().waitFor()

/** Nothing rings on this phone any more. */
export const isQuiet = (phone: TestPhone): Promise<void> =>
  phone.button('Accept').first().waitFor({ state: 'detached' })

/** Turns an agent's switch. */
export const toggleAgent = (phone: TestPhone): Promise<void> => phone.page.locator('wx-switch').click()
