import { pickFiles } from '../chrome/file-picker'
import { api, type Options } from './api'
import { WxError } from './error'
import { keepTempFile } from './temp-file'

const COUNT_MAX = 20

function countOf({ count }: Options): number {
  const wanted = Number(count ?? 9)
  if (!Number.isInteger(wanted) || wanted < 1) throw new WxError('parameter error: count should be at least 1')
  return Math.min(wanted, COUNT_MAX)
}

async function pick(accept: string, count: number): Promise<File[]> {
  const files = await pickFiles(accept, count > 1)
  if (files.length === 0) throw new WxError('cancel')
  return files.slice(0, count)
}

const isVideo = (file: File) => file.type.startsWith('video/')

/** Width and height of a picture, or of a video with its duration in seconds. */
async function measure(file: File, path: string) {
  if (isVideo(file)) {
    const video = Object.assign(document.createElement('video'), { preload: 'metadata', src: path })
    await new Promise((resolve) => {
      video.onloadedmetadata = resolve
      video.onerror = resolve
    })
    return { width: video.videoWidth, height: video.videoHeight, duration: video.duration || 0 }
  }
  const bitmap = await createImageBitmap(file).catch(() => null)
  return { width: bitmap?.width ?? 0, height: bitmap?.height ?? 0, duration: 0 }
}

/** Pictures and videos that the user chooses from the computer. */
export function media() {
  return {
    chooseMedia: api('chooseMedia', async (options) => {
      const types = Array.isArray(options.mediaType) ? options.mediaType : ['image', 'video']
      const mixed = types.includes('mix')
      const accept = ['image', 'video'].filter((type) => mixed || types.includes(type)).map((type) => `${type}/*`)
      const files = await pick(accept.join(), countOf(options))
      const tempFiles = await Promise.all(
        files.map(async (file) => {
          const tempFilePath = keepTempFile(file, file.name)
          const fileType = isVideo(file) ? 'video' : 'image'
          return {
            tempFilePath,
            size: file.size,
            fileType,
            thumbTempFilePath: '',
            ...(await measure(file, tempFilePath)),
          }
        }),
      )
      const [first] = tempFiles
      return { tempFiles, type: mixed ? 'mix' : first?.fileType }
    }),
    chooseImage: api('chooseImage', async (options) => {
      const files = await pick('image/*', countOf(options))
      const tempFiles = files.map((file) => ({ path: keepTempFile(file, file.name), size: file.size }))
      return { tempFilePaths: tempFiles.map(({ path }) => path), tempFiles }
    }),
  }
}
