import { journal } from '../journal'
import { network } from '../network'
import { failure, type Options, settle, text } from './api'
import { WxError } from './error'

const TIMEOUT_MS = 60_000

function bodyOf(method: string, data: unknown, type: string): BodyInit | undefined {
  if (data === undefined || method === 'GET') return undefined
  if (typeof data === 'string' || data instanceof ArrayBuffer) return data
  if (type.includes('x-www-form-urlencoded')) return new URLSearchParams(data as Record<string, string>)
  return JSON.stringify(data)
}

function urlOf(options: Options, method: string): string {
  const url = text(options.url)
  if (!/^https?:\/\//.test(url)) throw new WxError(`invalid url "${url}"`)
  if (method !== 'GET' || !options.data || typeof options.data !== 'object') return url
  const target = new URL(url)
  for (const [key, value] of Object.entries(options.data)) target.searchParams.set(key, text(value))
  return target.href
}

async function send(options: Options, signal: AbortSignal) {
  const method = text(options.method, 'GET').toUpperCase()
  const header = new Headers({ 'content-type': 'application/json', ...(options.header as Record<string, string>) })
  const body = bodyOf(method, options.data, header.get('content-type') ?? '')
  const response = await network.fetch(urlOf(options, method), {
    method,
    headers: header,
    signal,
    ...(body && { body }),
  })
  const wantsText = options.responseType !== 'arraybuffer'
  let data: unknown = wantsText ? await response.text() : await response.arrayBuffer()
  if (typeof data === 'string' && text(options.dataType, 'json') === 'json') {
    try {
      data = JSON.parse(data)
    } catch {
      // WeChat hands over the text when it is no JSON.
    }
  }
  return { data, statusCode: response.status, header: Object.fromEntries(response.headers), cookies: [] }
}

/** Why a request failed, in WeChat's words. */
function reasonOf(error: unknown): WxError {
  if (error instanceof WxError) return error
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError') return new WxError('timeout', { errno: 5 })
  if (network.wasInterrupted(error)) return new WxError('interrupted', { errno: 600_003 })
  if (name === 'AbortError') return new WxError('abort', { errno: 600_002 })
  return new WxError('', { errno: 600_001 })
}

/** HTTP over the phone's network. Returns a task with `abort`, never a promise, as in WeChat. */
export function request() {
  return {
    request(options: Options = {}) {
      const abort = new AbortController()
      const timeout = AbortSignal.timeout(Number(options.timeout ?? TIMEOUT_MS))
      send(options, AbortSignal.any([abort.signal, timeout])).then(
        (result) => settle(options, true, { ...result, errMsg: 'request:ok' }),
        (error: unknown) => {
          const result = failure('request', reasonOf(error))
          journal.note(`${result.errMsg.trim()} ${text(options.url)}`)
          settle(options, false, { ...result, errMsg: result.errMsg.trim() })
        },
      )
      return { abort: () => abort.abort(), onHeadersReceived() {}, offHeadersReceived() {} }
    },
  }
}
