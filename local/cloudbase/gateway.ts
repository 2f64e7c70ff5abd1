import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorBody } from '../../miniprogram/protocol/errors'
import { readBody } from '../http'
import { Callers, FunctionTimeout, type HttpEvent, NoFunction } from './callers'
import { devToken, isOpenid, openidOfCode } from './dev-login'
import { Functions } from './functions'
import { CallScope, type Env } from './scope'
import { sendJson } from './send-json'
import { startTimers } from './timers'
import type { Spec } from './wire'

export interface GatewayOptions {
  /** Folder of the built functions. */
  root: string
  /** The environment every function sees, besides its caller's identity. */
  env: Env
  /** Rhythm of all timer triggers, ms. */
  sweepMs: number
}

/** The way to the functions: for the preview, tools and tests over HTTP, for other functions over the SDK. */
export interface Gateway {
  /** Takes `/functions/<name>`, `/http/<name>`, `/weapp/...` and `/dev/login`; false for any other path. */
  handle(req: IncomingMessage, res: ServerResponse): boolean
  /** For `serveCloudbase`: a function calls another. */
  invoke(name: string, event: Spec, token: string): Promise<unknown>
  /** Takes rebuilt functions into use. */
  reload(): void
  /** Loads every function, so that the first caller does not wait; reports those that fail to load. */
  warm(): void
  close(): void
}

/** Vendor's advice for `wx.cloud.callFunction`, and the limit of one synchronous HTTP call. */
const EVENT_MAX = 256 * 1024
const HTTP_MAX = 6 * 1024 * 1024

/** A refusal of the gateway's own, in the one shape that all doors use. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorBody['code'],
    message: string,
  ) {
    super(message)
  }
}

export function createGateway({ root, env, sweepMs }: GatewayOptions): Gateway {
  const scope = new CallScope(env)
  const functions = new Functions(root, scope.process)
  const callers = new Callers(functions, scope, env.TCB_ENV ?? 'local')
  const stopTimers = startTimers(functions, callers, sweepMs)

  const callFunction = async (name: string, req: IncomingMessage, res: ServerResponse) => {
    if (req.method !== 'POST') throw new Refusal(405, 'bad-input', 'functions are called with POST')
    const openid = req.headers['x-dev-openid']
    if (openid && (typeof openid !== 'string' || !isOpenid(openid))) {
      throw new Refusal(400, 'bad-input', 'x-dev-openid: 1 to 64 of A-Z a-z 0-9 _ -, one of them a letter')
    }
    const event = await readJson(req, EVENT_MAX)
    const answer = await callers.fromClient(name, openid || undefined, event)
    sendJson(
      res,
      200,
      isRecord(answer) && ('result' in answer || 'error' in answer) ? answer : { result: answer ?? null },
    )
  }

  const login = async (req: IncomingMessage, res: ServerResponse) => {
    if (req.method !== 'POST') throw new Refusal(405, 'bad-input', 'log in with POST')
    const openid = openidOfCode((await readJson(req, EVENT_MAX)).code)
    if (openid === null) throw new Refusal(400, 'bad-input', 'code must be dev:<openid>')
    sendJson(res, 200, devToken(env.WEB_TOKEN_SECRET ?? '', openid, Date.now()))
  }

  const route = (req: IncomingMessage): ((res: ServerResponse) => Promise<void>) | null => {
    const [pathname = '', search = ''] = (req.url ?? '').split(/\?(.*)/s)
    if (pathname === '/dev/login') return (res) => login(req, res)
    const [, kind, name = '', ...rest] = pathname.split('/')
    if (kind === 'functions') return (res) => callFunction([name, ...rest].join('/'), req, res)
    const overHttp = (called: string, path: string) => async (res: ServerResponse) => {
      const request = await httpEvent(req, path, new URLSearchParams(search))
      sendHttp(res, await callers.fromHttp(called, request))
    }
    // Terminals of the old protocol know no other path; a deployer leads it to the same function.
    if (kind === 'weapp') return overHttp('room-service', pathname)
    return kind === 'http' ? overHttp(name, `/${rest.join('/')}`) : null
  }

  return {
    handle(req, res) {
      const answer = route(req)
      answer?.(res).catch((error: unknown) => fail(req, res, error))
      return answer !== null
    },
    invoke: (name, event, token) => callers.fromFunction(name, event, token),
    reload: () => functions.reload(),
    warm() {
      for (const name of functions.names()) {
        try {
          functions.main(name)
        } catch (error) {
          console.error(`function ${name} does not load:`, error)
        }
      }
    },
    close: stopTimers,
  }
}

/** Not `isPlain`: what a function returns may come from another realm, with an Object of its own. */
const isRecord = (value: unknown): value is Spec => typeof value === 'object' && value !== null && !Array.isArray(value)

async function readJson(req: IncomingMessage, max: number): Promise<Spec> {
  const body = await readBody(req, max)
  if (body === null) throw new Refusal(413, 'bad-input', `the body is larger than ${max / 1024} kB`)
  let value: unknown
  try {
    value = body.length === 0 ? {} : JSON.parse(body.toString())
  } catch {
    throw new Refusal(400, 'bad-input', 'the body is not JSON')
  }
  if (!isRecord(value)) throw new Refusal(400, 'bad-input', 'the body must be a JSON object')
  return value
}

async function httpEvent(req: IncomingMessage, path: string, query: URLSearchParams): Promise<HttpEvent> {
  const body = await readBody(req, HTTP_MAX)
  if (body === null) throw new Refusal(413, 'bad-input', 'the body is larger than 6 MB')
  const text = body.toString()
  const isText = Buffer.from(text).equals(body)
  return {
    path,
    httpMethod: req.method ?? 'GET',
    headers: req.headers,
    queryStringParameters: Object.fromEntries(query),
    body: isText ? text : body.toString('base64'),
    isBase64Encoded: !isText,
  }
}

/** `{ statusCode, headers, body, isBase64Encoded }`, or a plain value: text as text, anything else as JSON. */
function sendHttp(res: ServerResponse, answer: unknown): void {
  if (!isRecord(answer) || typeof answer.statusCode !== 'number') {
    if (typeof answer === 'string') {
      res.setHeader('content-type', 'text/plain; charset=utf-8')
      res.end(answer)
    } else sendJson(res, 200, answer ?? null)
    return
  }
  const { statusCode, headers, body = '', isBase64Encoded } = answer
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  res.writeHead(statusCode, isRecord(headers) ? (headers as Record<string, string>) : {})
  res.end(Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8'))
}

function fail(req: IncomingMessage, res: ServerResponse, error: unknown): void {
  const refusal = refusalOf(error)
  if (refusal.code === 'internal') console.error(`${req.method} ${req.url?.split('?')[0]}:`, error)
  if (res.headersSent || res.destroyed) {
    res.destroy()
    return
  }
  sendJson(res, refusal.status, { error: { code: refusal.code, message: refusal.message }, serverNow: Date.now() })
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof NoFunction) return new Refusal(404, 'not-found', `no function ${error.message}`)
  if (error instanceof FunctionTimeout) return new Refusal(504, 'unavailable', error.message)
  return new Refusal(500, 'internal', 'the function failed; the log of npm start says why')
}
