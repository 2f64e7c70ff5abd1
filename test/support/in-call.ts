import { eventually } from './eventually'
import { havePictures } from './on-stage'
import type { TestPhone } from './phone'
import type { Stack } from './stack'

/** Opens a page of the mini program, as a link to it does. */
export const goTo = (phone: TestPhone, url: string): Promise<unknown> =>
  phone.page.evaluate(`wx.navigateTo({ url: ${JSON.stringify(url)} })`)

/** Starts a call of this name and gives its id. */
export async function startCall(
  stack: Stack,
  phone: TestPhone,
  user: string,
  title: string,
  query = '',
): Promise<string> {
  await goTo(phone, `/pages/call/call${query}`)
  await phone.page.locator('wx-input input').filter({ visible: true }).fill(title)
  await phone.button('Start the call').click()
  await inCall(phone)
  const { result } = (await stack.call('room', { action: 'login' }, user)) as {
    result?: { openRoom: { room: { roomId: string } } | null }
  }
  if (!result?.openRoom) throw new Error(`${user} has opened no call`)
  return result.openRoom.room.roomId
}

/** Comes into a call by its link. */
export async function joinCall(phone: TestPhone, roomId: string, query = ''): Promise<void> {
  await goTo(phone, `/pages/call/call?roomId=${roomId}${query}`)
  await inCall(phone)
}

/** Waits until the controls of a call are there. */
export const inCall = (phone: TestPhone): Promise<void> => phone.button('Hang up').last().waitFor()

/** Everybody's picture moves on every one of these screens: each shows all of them, its own included. */
export async function allMove(phones: readonly TestPhone[], people = phones.length): Promise<void> {
  for (const phone of phones) await havePictures(phone, people)
  for (const phone of phones) await everyPictureMoves(phone)
}

/** Each media tag of this phone shows something that moves: its own pixels, compared with those of a moment later. */
export async function everyPictureMoves(phone: TestPhone): Promise<void> {
  await eventually(() => phone.page.evaluate(allTagsMove))
}

async function allTagsMove(): Promise<boolean> {
  const SIZE = 32
  const pen = new OffscreenCanvas(SIZE, SIZE).getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('no 2d canvas')
  const look = (): string[] =>
    [...document.querySelectorAll('wx-live-pusher, wx-live-player')].map((tag) => {
      // A player has a surface for either mode, and draws on one.
      const surface = [...tag.querySelectorAll<HTMLVideoElement | HTMLCanvasElement>('video, canvas')].find(
        (each) => (each instanceof HTMLVideoElement ? each.videoWidth : each.width) > 0,
      )
      if (!surface) return ''
      pen.drawImage(surface, 0, 0, SIZE, SIZE)
      return pen.getImageData(0, 0, SIZE, SIZE).data.join()
    })
  const before = look()
  await new Promise((resolve) => setTimeout(resolve, 500))
  const after = look()
  return before.length > 0 && before.every((pixels, i) => pixels !== '' && pixels !== after[i])
}

/** Keys of the native tags on this phone: who stays must keep his. */
export const tagIds = (phone: TestPhone): Promise<string[]> =>
  phone.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement & { __seen?: string }>('wx-live-pusher, wx-live-player')].map((tag) => {
      tag.__seen ??= Math.random().toString(36)
      return tag.__seen
    }),
  )
