import { album as pictures } from '../album'
import { api, text } from './api'
import type { PhoneCore } from './core'
import { WxError } from './error'
import { allow } from './permission'
import { keepTempFile, readTempFile } from './temp-file'

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg' }

/** A canvas as a file, and a file in the phone's album. */
export function album(core: PhoneCore) {
  return {
    /** Of a `2d` canvas, given as its node; the old canvas ids are not in the preview. */
    canvasToTempFilePath: api('canvasToTempFilePath', async (o) => {
      const { canvas } = o
      if (!(canvas instanceof HTMLCanvasElement)) throw new WxError('fail canvas is empty')
      const width = Math.round(Number(o.destWidth ?? canvas.width))
      const height = Math.round(Number(o.destHeight ?? canvas.height))
      const copy = new OffscreenCanvas(width, height)
      copy.getContext('2d')?.drawImage(canvas, 0, 0, width, height)
      const fileType = text(o.fileType, 'png')
      const type = TYPES[fileType] ?? 'image/png'
      const blob = await copy.convertToBlob({ type, quality: Number(o.quality ?? 0.92) })
      return { tempFilePath: keepTempFile(blob, `canvas.${fileType}`) }
    }),
    saveImageToPhotosAlbum: api('saveImageToPhotosAlbum', async ({ filePath }) => {
      await allow(core, 'scope.writePhotosAlbum')
      pictures.keep(await readTempFile(text(filePath)))
    }),
  }
}
