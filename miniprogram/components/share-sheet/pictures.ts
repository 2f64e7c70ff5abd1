import type { Ink, Picture } from './paint'

/** A canvas of the `2d` type, as a selector query gives it. */
export interface CanvasNode {
  width: number
  height: number
  getContext(kind: '2d'): Ink
  createImage(): Picture & { src: string; onload: (() => void) | null; onerror: (() => void) | null }
}

/** The canvas with this id in a component, with its size in px set, or null while it is not drawn. */
export const canvasOf = (
  component: WechatMiniprogram.Component.TrivialInstance,
  id: string,
  size: { width: number; height: number },
) =>
  new Promise<CanvasNode | null>((resolve) => {
    component
      .createSelectorQuery()
      .select(id)
      .fields({ node: true }, (found: { node?: CanvasNode } | null) => {
        if (found?.node) Object.assign(found.node, size)
        resolve(found?.node ?? null)
      })
      .exec()
  })

/** A canvas loads no cloud file by its id. */
function localPathOf(file: string): Promise<string> {
  if (!file.startsWith('cloud://')) return Promise.resolve(file)
  return new Promise((resolve) => {
    wx.cloud.downloadFile({
      fileID: file,
      success: ({ tempFilePath }) => resolve(tempFilePath),
      fail: () => resolve(''),
    })
  })
}

/** Null when there is none, or when it cannot be had: what is drawn does without it. */
export async function load(canvas: CanvasNode, file: string): Promise<Picture | null> {
  const src = file === '' ? '' : await localPathOf(file)
  if (src === '') return null
  return new Promise((resolve) => {
    const image = canvas.createImage()
    image.onload = () => resolve(image)
    image.onerror = () => resolve(null)
    image.src = src
  })
}

/** The drawing as a file. Rejects when the platform cannot. */
export const fileOf = (canvas: CanvasNode, size: { width: number; height: number }, fileType: 'png' | 'jpg') =>
  new Promise<string>((resolve, reject) => {
    wx.canvasToTempFilePath({
      canvas,
      destWidth: size.width,
      destHeight: size.height,
      fileType,
      success: ({ tempFilePath }) => resolve(tempFilePath),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })

/** `denied`: only the settings can change it. */
export type Saved = 'saved' | 'denied' | 'cancelled' | 'failed'

/** Into the album of the phone, which the user has to allow. Never rejects. */
export const save = (filePath: string) =>
  new Promise<Saved>((resolve) => {
    wx.saveImageToPhotosAlbum({
      filePath,
      success: () => resolve('saved'),
      fail: ({ errMsg }) => {
        if (/auth|authorize/i.test(errMsg)) resolve('denied')
        else resolve(/cancel/i.test(errMsg) ? 'cancelled' : 'failed')
      },
    })
  })
