import { cloudFileUrl } from '../cloud-file-url'
import { journal } from '../journal'
import { network } from '../network'
import { api, type Options, text } from './api'
import type { PhoneCore } from './core'
import { WxError } from './error'
import { keepTempFile, readTempFile } from './temp-file'

/** What the storage answers about one file; `code` is SUCCESS when it went well. */
interface Entry {
  fileID: string
  code: string
  message?: string
  tempFileURL?: string
  maxAge?: number
}

/** `errCode` of a refusal by the code of CloudBase's wire. */
const ERR_CODES: Readonly<Record<string, number>> = {
  INVALID_PARAM: -501007,
  STORAGE_REQUEST_FAIL: -503001,
  STORAGE_EXCEED_AUTHORITY: -503002,
  STORAGE_FILE_NONEXIST: -503003,
}
const errCodeOf = (code: string) => ERR_CODES[code] ?? -501001

/** A request to the storage of the local cloud. @throws WxError with CloudBase's `errCode` */
async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await network.fetch(path, init)
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    const reason = name === 'AbortError' ? 'abort' : network.wasInterrupted(error) ? 'interrupted' : ''
    throw new WxError(`errCode: -1 | errMsg: request:fail ${reason}`.trimEnd(), { errCode: -1 })
  }
  if (response.ok) return response
  const { code = '', message = `HTTP ${response.status}` } = (await response.json().catch(() => ({}))) as Partial<Entry>
  throw new WxError(message, { errCode: errCodeOf(code) })
}

/** `wx.cloud`'s files, in the storage of the local cloud, which learns the uploader from the phone's user. */
export function cloudFiles({ user }: PhoneCore) {
  const batch = async (path: string, fileList: unknown): Promise<Entry[]> => {
    const response = await ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-dev-openid': user },
      body: JSON.stringify({ fileList }),
    })
    return ((await response.json()) as { fileList: Entry[] }).fileList
  }
  const statusOf = ({ fileID, code, message }: Entry) => ({
    fileID,
    status: code === 'SUCCESS' ? 0 : errCodeOf(code),
    errMsg: code === 'SUCCESS' ? 'ok' : text(message),
  })

  async function upload(options: Options, task: UploadTask) {
    const file = await readTempFile(text(options.filePath))
    const response = await ask(`/storage/upload?cloudPath=${encodeURIComponent(text(options.cloudPath))}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-dev-openid': user },
      body: file,
      signal: task.signal,
    })
    const { fileID } = (await response.json()) as { fileID: string }
    task.sent(file.size)
    journal.note(`uploaded ${fileID}, ${file.size} bytes`)
    return { fileID, statusCode: response.status }
  }

  return {
    /** With callbacks it gives an UploadTask, without them a promise, as WeChat does. */
    uploadFile(options: Options = {}) {
      const task = new UploadTask()
      return api('cloud.uploadFile', () => upload(options, task))(options) ?? task
    },
    downloadFile: api('cloud.downloadFile', async ({ fileID }) => {
      const id = text(fileID)
      const url = cloudFileUrl(id)
      if (url === null) throw new WxError(`invalid fileID "${id}"`, { errCode: errCodeOf('INVALID_PARAM') })
      const response = await ask(url, {})
      return { tempFilePath: keepTempFile(await response.blob(), id), statusCode: response.status }
    }),
    getTempFileURL: api('cloud.getTempFileURL', async ({ fileList }) => ({
      fileList: (await batch('/storage/temp-urls', fileList)).map((entry) => ({
        ...statusOf(entry),
        tempFileURL: entry.tempFileURL ?? '',
        maxAge: entry.maxAge ?? 0,
      })),
    })),
    deleteFile: api('cloud.deleteFile', async ({ fileList }) => ({
      fileList: (await batch('/storage/delete', fileList)).map(statusOf),
    })),
  }
}

type Progress = (update: { progress: number; totalBytesSent: number; totalBytesExpectedToSend: number }) => void

/** WeChat's UploadTask. A browser tells of no progress within a request: there is one update, at the end. */
class UploadTask {
  private readonly controller = new AbortController()
  private readonly listeners = new Set<Progress>()

  get signal(): AbortSignal {
    return this.controller.signal
  }

  sent(bytes: number): void {
    for (const tell of this.listeners) {
      tell({ progress: 100, totalBytesSent: bytes, totalBytesExpectedToSend: bytes })
    }
  }

  abort = () => this.controller.abort()
  onProgressUpdate = (listener: Progress) => void this.listeners.add(listener)
  offProgressUpdate = (listener: Progress) => void this.listeners.delete(listener)
  onHeadersReceived() {}
  offHeadersReceived() {}
}
