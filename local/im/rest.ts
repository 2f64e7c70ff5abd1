import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Hub } from './hub'
import { COMMANDS } from './rest-commands'
import { REST_ERROR, RestError } from './rest-errors'
import type { UserSigResult } from './user-sig'

/** Of larger requests nothing more is kept; they are read to the end, because leaving early would cut the answer off. */
const BODY_MAX = 64 * 1024
export const REST_PREFIX = '/im/v4/'

export interface RestContext {
  hub: Hub
  sdkAppId: number
  admin: string
  verify: (userId: string, userSig: string) => UserSigResult
}

/** Answers `POST /im/v4/<service>/<command>?sdkappid&identifier&usersig&random&contenttype=json` as Tencent does. */
export async function answerRest(request: IncomingMessage, response: ServerResponse, context: RestContext) {
  let answer: Record<string, unknown>
  try {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (request.method !== 'POST') throw new RestError(REST_ERROR.badRequest, 'POST only')
    authorise(url.searchParams, context)
    const command = COMMANDS.get(url.pathname.slice(REST_PREFIX.length))
    if (!command) throw new RestError(REST_ERROR.unknownCommand, `unknown command ${url.pathname}`)
    answer = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, ...command(await readBody(request), context) }
  } catch (error) {
    if (request.socket.destroyed) return
    answer = refusal(error)
  }
  // What was not read of a refused request must not be taken for the next one.
  if (!request.complete) response.setHeader('connection', 'close')
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

function refusal(error: unknown): Record<string, unknown> {
  if (error instanceof RestError) {
    return { ActionStatus: 'FAIL', ErrorInfo: error.message, ErrorCode: error.code }
  }
  console.error('im: a REST command failed', error)
  return { ActionStatus: 'FAIL', ErrorInfo: 'internal error', ErrorCode: 60008 }
}

function authorise(query: URLSearchParams, context: RestContext): void {
  const sdkAppId = query.get('sdkappid')
  const identifier = query.get('identifier')
  const userSig = query.get('usersig')
  if (!sdkAppId) throw new RestError(REST_ERROR.noSdkAppId, 'sdkappid is missing')
  if (Number(sdkAppId) !== context.sdkAppId) throw new RestError(REST_ERROR.unknownSdkAppId, 'unknown sdkappid')
  if (!identifier || !userSig) throw new RestError(REST_ERROR.noAccount, 'identifier or usersig is missing')
  const verdict = context.verify(identifier, userSig)
  if (!verdict.ok) throw new RestError(verdict.code, 'the usersig was refused')
  if (identifier !== context.admin) throw new RestError(REST_ERROR.notAdministrator, 'not the administrator')
  const random = query.get('random')
  if (!random || !/^\d{1,10}$/.test(random) || Number(random) > 0xffffffff) {
    throw new RestError(REST_ERROR.badRequest, 'random must be an unsigned 32-bit integer')
  }
  if (query.get('contenttype') !== 'json') throw new RestError(REST_ERROR.badRequest, 'contenttype must be json')
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= BODY_MAX) chunks.push(chunk)
  }
  if (size > BODY_MAX) throw new RestError(REST_ERROR.tooLong, 'the request is too large')
  let body: unknown
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new RestError(REST_ERROR.badJson, 'the body is not JSON')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new RestError(REST_ERROR.badJson, 'the body must be a JSON object')
  }
  return body as Record<string, unknown>
}
