import type { TestPhone } from './phone'

/** Tags that show a moving or still picture on this phone. */
export const pictures = (phone: TestPhone) => phone.page.locator('wx-live-pusher, wx-live-player')

/** Waits until this phone has so many of them. */
export async function havePictures(phone: TestPhone, count: number): Promise<void> {
  await phone.page.waitForFunction(
    (wanted) => document.querySelectorAll('wx-live-pusher, wx-live-player').length === wanted,
    count,
  )
}

/** Waits until camera and microphone of this phone are both on, or both off. */
export async function haveDevices(phone: TestPhone, on: boolean): Promise<void> {
  await phone.page.waitForFunction((wanted) => {
    const { media } = (window as unknown as { __phone: { media: { cameraOn: boolean; micOn: boolean } } }).__phone
    return media.cameraOn === wanted && media.micOn === wanted
  }, on)
}

/** A viewer asks for a seat: from the button in the dock to the queue. */
export async function ask(viewer: TestPhone): Promise<void> {
  await viewer.button('Join on stage').click()
  await viewer.button('Ask to join').click()
  await viewer.text('Waiting for the host').waitFor()
  await viewer.button('Close').click()
}

/** The anchor's yes, then the viewer's. */
export async function comeOnStage(anchor: TestPhone, viewer: TestPhone): Promise<void> {
  await ask(viewer)
  await anchor.text(/asks to join/).waitFor()
  await anchor.button('View').click()
  await anchor.button(/^Let .* join/).click()
  await anchor.text('About to join').waitFor()
  await anchor.button('Close').click()
  await viewer.text('Your turn').waitFor()
  await viewer.button('Go on stage').click()
  await viewer.button('Stage: you are on').waitFor()
}
