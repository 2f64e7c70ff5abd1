import { badParam, type Spec, type Value, WireError } from '../wire'
import { CloudPaths, checkPath } from './cloud-path'
import type { Actor, Files } from './files'
import type { Signer } from './signer'

/** The largest file, bytes. */
export const FILE_MAX = 20 * 1024 * 1024
/** The vendor's limit of one batch. */
const BATCH_MAX = 50
const UPLOAD_S = 900
const URL_DEFAULT_S = 86_400
const URL_MAX_S = 30 * 86_400

export const noFile = () => new WireError('STORAGE_FILE_NONEXIST', 'storage file not exists')

/** One entry of an answer about several files; `code` is the wire's, SUCCESS when it went well. */
interface Entry {
  fileID: Value
  code: string
  message?: string
  tempFileURL?: string
  maxAge?: number
}

export interface StorageParts {
  files: Files
  signer: Signer
  env: string
  /** Where the files are reached, without a slash at the end: `http://127.0.0.1:8080`. */
  base: () => string
  /** ms */
  now: () => number
}

/** What can be done with files, under the names that CloudBase's wire and `wx.cloud` have for it. */
export class Storage {
  readonly files: Files
  readonly signer: Signer
  readonly paths: CloudPaths
  readonly now: () => number
  private readonly base: () => string

  constructor({ files, signer, env, base, now }: StorageParts) {
    this.files = files
    this.signer = signer
    this.paths = new CloudPaths(env)
    this.base = base
    this.now = now
  }

  /** One `storage.*` action of the server SDKs, with the fields of its request. Null when there is no such action. */
  async run(action: string, fields: Spec): Promise<Spec | null> {
    if (action === 'storage.getUploadMetadata') return { data: this.uploadMetadata(checkPath(fields.path)) }
    if (action === 'storage.batchGetDownloadUrl') return { data: { download_list: await this.urls(fields.file_list) } }
    if (action === 'storage.batchDeleteFile') {
      return { data: { delete_list: await this.remove(fields.fileid_list, 'server') } }
    }
    return null
  }

  /** Temporary URLs of files. An entry is an id, or `{ fileid, max_age }` with seconds. */
  urls(list: Value): Promise<Entry[]> {
    return this.each(list, async (path, entry) => {
      if (!(await this.files.exists(path))) throw noFile()
      const maxAge = seconds(entry)
      return { tempFileURL: `${this.base()}${this.signedPath(path, maxAge)}`, maxAge }
    })
  }

  /** Deletes files, those that `actor` may. */
  remove(list: Value, actor: Actor): Promise<Entry[]> {
    return this.each(list, async (path) => {
      if (!(await this.files.remove(path, actor))) throw noFile()
      return {}
    })
  }

  /**
   * Path and query that show a file for a while. The path is not percent-encoded, because the SDK's `downloadFile`
   * encodes the whole URL, as every browser does.
   */
  signedPath(path: string, maxAge = URL_DEFAULT_S): string {
    const until = Math.floor(this.now() / 1000) + maxAge
    return `/storage/${this.paths.host}/${path}?${this.signer.query('get', path, until)}`
  }

  /** Where and with which headers the SDK may PUT the bytes; the names are those of Tencent's object storage. */
  private uploadMetadata(path: string): Spec {
    const until = Math.floor(this.now() / 1000) + UPLOAD_S
    const fileId = this.paths.fileId(path)
    // The SDK sends `cosFileId` back as a header, which must be ASCII.
    return {
      url: encodeURI(`${this.base()}/storage/${this.paths.host}/${path}`),
      token: 'local',
      authorization: this.signer.query('put', path, until),
      fileId,
      cosFileId: encodeURI(fileId),
    }
  }

  private async each(
    list: Value,
    act: (path: string, entry: Value) => Promise<Omit<Entry, 'fileID' | 'code'>>,
  ): Promise<Entry[]> {
    if (!Array.isArray(list) || list.length === 0) throw badParam('fileList must be a list that is not empty')
    if (list.length > BATCH_MAX) throw badParam(`fileList holds more than ${BATCH_MAX} files`)
    return Promise.all(
      list.map(async (entry: Value) => {
        const fileID = typeof entry === 'string' ? entry : (entry as Spec | null)?.fileid
        try {
          const path = this.paths.pathOf(fileID)
          if (path === null) throw badParam('not a file id of this environment')
          return { fileID, code: 'SUCCESS', ...(await act(path, entry)) }
        } catch (error) {
          if (!(error instanceof WireError)) throw error
          return { fileID, code: error.code, message: error.message }
        }
      }),
    )
  }
}

function seconds(entry: Value): number {
  const asked = (entry as Spec).max_age
  if (asked === undefined || asked === null) return URL_DEFAULT_S
  if (!Number.isSafeInteger(asked) || (asked as number) <= 0) throw badParam('maxAge must be a whole number of seconds')
  return Math.min(asked as number, URL_MAX_S)
}
