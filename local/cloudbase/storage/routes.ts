import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { readBody } from '../../http'
import { isOpenid } from '../dev-login'
import { sendJson } from '../send-json'
import { badParam, isPlain, type Spec, WireError } from '../wire'
import { checkPath } from './cloud-path'
import { headersOf } from './content-type'
import type { Actor } from './files'
import { FILE_MAX, noFile, type Storage } from './storage'

const LIST_MAX = 64 * 1024
const tooLarge = () =>
  new WireError('STORAGE_REQUEST_FAIL', `the file is larger than ${FILE_MAX / 1024 / 1024} MB; choose a smaller one`)
const noRight = () => new WireError('STORAGE_EXCEED_AUTHORITY', 'the signature is missing, wrong or has expired')

type Route = (storage: Storage, req: IncomingMessage, res: ServerResponse, query: URLSearchParams) => Promise<void>

/** What `wx.cloud` does from a phone; the caller is known by `x-dev-openid`. */
const CLIENT: Readonly<Record<string, Route>> = {
  /** `?cloudPath=`, body = the bytes. Answers `{ fileID }`. */
  'POST /storage/upload': async (storage, req, res, query) => {
    const path = checkPath(query.get('cloudPath'))
    const actor = callerOf(req)
    await storage.files.write(path, await bytesOf(req), actor)
    sendJson(res, 200, { fileID: storage.paths.fileId(path) })
  },
  /** `{ fileList: [id] }`. Answers `{ fileList: [{ fileID, code, tempFileURL, maxAge }] }`. */
  'POST /storage/temp-urls': async (storage, req, res) => {
    callerOf(req)
    sendJson(res, 200, { fileList: await storage.urls((await listOf(req)).fileList) })
  },
  /** `{ fileList: [id] }`. Answers `{ fileList: [{ fileID, code }] }`. */
  'POST /storage/delete': async (storage, req, res) => {
    const actor = callerOf(req)
    sendJson(res, 200, { fileList: await storage.remove((await listOf(req)).fileList, actor) })
  },
  /** `?id=cloud://...`: leads an `<image>` to the file, as WeChat does by itself. Everybody may read. */
  'GET /storage/open': async (storage, _req, res, query) => {
    const path = storage.paths.pathOf(query.get('id'))
    if (path === null || !(await storage.files.exists(path))) throw noFile()
    res.writeHead(302, { location: encodeURI(storage.signedPath(path)), 'cache-control': 'no-store' }).end()
  },
}

/** The bytes of one file, `/storage/<env>.<bucket>/<path>`, by a signature. */
const OBJECT: Readonly<Record<string, (path: string, ...rest: Parameters<Route>) => Promise<void>>> = {
  GET: show,
  HEAD: show,
  async PUT(path, storage, req, res) {
    const signature = new URLSearchParams(req.headers.authorization)
    if (!storage.signer.holds('put', path, signature, storage.now())) throw noRight()
    await storage.files.write(path, await bytesOf(req), 'server')
    res.end()
  },
}

/** Answers requests below `/storage/`; false for any other. */
export function handleStorage(storage: Storage, req: IncomingMessage, res: ServerResponse): boolean {
  const [pathname = '', search = ''] = (req.url ?? '').split(/\?(.*)/s)
  if (!pathname.startsWith('/storage/')) return false
  answer(storage, req, res, pathname, new URLSearchParams(search)).catch((error: unknown) => fail(req, res, error))
  return true
}

async function answer(
  storage: Storage,
  req: IncomingMessage,
  res: ServerResponse,
  pathname: string,
  query: URLSearchParams,
): Promise<void> {
  const route = `${req.method} ${pathname}`
  if (Object.hasOwn(CLIENT, route)) return (CLIENT[route] as Route)(storage, req, res, query)
  const prefix = `/storage/${storage.paths.host}/`
  const act = Object.hasOwn(OBJECT, req.method ?? '') ? OBJECT[req.method ?? ''] : undefined
  if (!act || !pathname.startsWith(prefix)) throw noFile()
  return act(checkPath(decoded(pathname.slice(prefix.length))), storage, req, res, query)
}

async function show(
  path: string,
  storage: Storage,
  req: IncomingMessage,
  res: ServerResponse,
  query: URLSearchParams,
): Promise<void> {
  if (!storage.signer.holds('get', path, query, storage.now())) throw noRight()
  const found = await storage.files.open(path)
  if (!found) throw noFile()
  try {
    res.writeHead(200, { ...headersOf(path), 'content-length': found.size, 'cache-control': 'private, max-age=3600' })
    if (req.method === 'HEAD') res.end()
    else await pipeline(found.handle.createReadStream({ autoClose: false }), res)
  } finally {
    await found.handle.close()
  }
}

function callerOf(req: IncomingMessage): Actor {
  const openid = req.headers['x-dev-openid']
  if (typeof openid === 'string' && isOpenid(openid)) return { openid }
  throw new WireError('STORAGE_EXCEED_AUTHORITY', 'x-dev-openid must name the caller')
}

async function bytesOf(req: IncomingMessage): Promise<Buffer> {
  const bytes = await readBody(req, FILE_MAX)
  if (bytes === null) throw tooLarge()
  return bytes
}

async function listOf(req: IncomingMessage): Promise<Spec> {
  const body = await readBody(req, LIST_MAX)
  try {
    const value: unknown = JSON.parse(String(body))
    if (isPlain(value)) return value
  } catch {
    // Said below.
  }
  throw badParam('the body must be a JSON object of at most 64 kB')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw badParam('the path is not percent-encoded')
  }
}

const STATUS: Readonly<Record<string, number>> = {
  INVALID_PARAM: 400,
  STORAGE_EXCEED_AUTHORITY: 403,
  STORAGE_FILE_NONEXIST: 404,
  STORAGE_REQUEST_FAIL: 413,
}

/** To phones as JSON `{ code, message }`; to the SDK, which PUTs, as the XML of Tencent's object storage. */
function fail(req: IncomingMessage, res: ServerResponse, error: unknown): void {
  if (!(error instanceof WireError)) console.error(`${req.method} ${req.url?.split('?')[0]}:`, error)
  if (res.headersSent || res.destroyed) {
    res.destroy()
    return
  }
  const refusal = error instanceof WireError ? error : new WireError('SYS_ERR', 'the storage failed; the log says why')
  const status = STATUS[refusal.code] ?? 500
  if (req.method !== 'PUT') {
    sendJson(res, status, { code: refusal.code, message: refusal.message })
    return
  }
  const tags = { Code: refusal.code, Message: refusal.message, RequestId: 'local', TraceId: 'local' }
  const inside = Object.entries(tags).map(([tag, text]) => `<${tag}>${text}</${tag}>`)
  res.writeHead(status, { 'content-type': 'application/xml' })
  res.end(`<?xml version="1.0" encoding="utf-8"?><Error>${inside.join('')}</Error>`)
}
