import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBody } from '../http'
import { isLocalHost } from '../local-only'
import type { CloudStorage } from './storage'
import type { Store } from './store'
import { badParam, isPlain, type Spec, type Value, WireError } from './wire'

export interface ServeOptions {
  /** 0 = any free port. */
  port?: number
  /** Runs a function for `cloud.callFunction` from within a function. `token` names the call it comes from. */
  invoke?: (name: string, event: Spec, token: string) => Promise<Value>
  /** Answers `storage.*` actions. */
  storage?: Pick<CloudStorage, 'run'>
  /**
   * Sees every request before it is carried out: its action, and its collection ('' when it names none). The request
   * waits for it; what it throws is the answer. For tests that count or hold requests.
   */
  onRequest?: (action: string, collection: string) => void | Promise<void>
}
export interface Served {
  /** What `TCB_CONTEXT_CNFG.URL` must be. */
  url: string
  close(): Promise<void>
}

/** A request of the live service is at most 16 MB. */
const BODY_MAX = 16 * 1024 * 1024

/**
 * The HTTP endpoint that the real CloudBase SDKs talk to, on 127.0.0.1: `POST /admin`, JSON in and out.
 * As on the live service every answer, refusals included, is HTTP 200.
 */
export async function serveCloudbase(store: Store, { port = 0, ...options }: ServeOptions = {}): Promise<Served> {
  let requests = 0
  const server = createServer((req, res) => {
    const requestId = `local-${++requests}`
    answer(store, options, req)
      .catch((error: unknown) => {
        if (error instanceof WireError) return { code: error.code, message: error.message }
        console.error(`database: ${requestId}:`, error)
        return { code: 'SYS_ERR', message: error instanceof Error ? error.message : 'internal error' }
      })
      .then((fields) => reply(res, { requestId, ...fields }))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function reply(res: ServerResponse, body: Spec): void {
  if (res.destroyed) return
  res.setHeader('content-type', 'application/json; charset=utf-8')
  res.end(JSON.stringify(body))
}

async function answer(store: Store, options: ServeOptions, req: IncomingMessage): Promise<Spec> {
  // A web page can neither send this content type without asking nor name this host.
  if (!isLocalHost(req.headers.host) || !req.headers['content-type']?.startsWith('application/json')) {
    throw badParam('not a request of the SDK')
  }
  const body = await readBody(req, BODY_MAX)
  if (body === null) throw badParam('body over 16 MB')
  let fields: Value
  try {
    fields = JSON.parse(body.toString())
  } catch {
    throw badParam('body is not JSON')
  }
  if (!isRequest(fields)) throw badParam('action')
  const { action, collectionName } = fields
  await options.onRequest?.(action, typeof collectionName === 'string' ? collectionName : '')
  if (action === 'functions.invokeFunction' && options.invoke) return callFunction(options.invoke, fields)
  return (await options.storage?.run(action, fields)) ?? store.run(action, fields)
}

const isRequest = (fields: Value): fields is Spec & { action: string } =>
  isPlain(fields) && typeof fields.action === 'string'

async function callFunction(invoke: NonNullable<ServeOptions['invoke']>, fields: Spec): Promise<Spec> {
  if (typeof fields.function_name !== 'string') throw badParam('function_name')
  let event: Value = {}
  try {
    if (fields.request_data) event = JSON.parse(String(fields.request_data))
  } catch {
    throw badParam('request_data is not JSON')
  }
  const token = typeof fields.wxCloudApiToken === 'string' ? fields.wxCloudApiToken : ''
  const result = await invoke(fields.function_name, isPlain(event) ? event : {}, token)
  return { data: { response_data: JSON.stringify(result ?? null) } }
}
