import { randomBytes } from 'node:crypto'
import type { HttpEvent } from '../contract/http-event'
import { type Route, routeOf } from '../contract/room-service/routes'
import { publicUserId } from '../core/ids'
import { createRoomServiceAdapter, type RoomServiceAdapter } from '../core/room-service'
import { createBucket } from '../core/room-service/bucket'
import type { Known } from '../core/room-service/logins'
import { type FailedVerb, type Manner, OldRefusal, refusalOf, wordsFor } from '../core/room-service/refusals'
import { answer, corsHeaders, type HttpAnswer, header, requestOf } from '../doors/http'
import { log, services } from '../doors/services'
import { bodyOf, callerIn, loginIn, namesPlatform, openidOf, queryOf } from './read'
import { type RoomVerb, runVerb } from './room-verbs'
import { runUtil } from './utils'

/** The hosted service of old allowed 100 a second of everything; one terminal needs two. */
const ofOne = createBucket({ burst: 60, perSecond: 20 }, Date.now)
const ofAllNewcomers = createBucket({ burst: 200, perSecond: 50 }, Date.now)

/** Rebuilt with the services: one instance serves one configuration. */
let adapter: RoomServiceAdapter | undefined
function openAdapter(): RoomServiceAdapter {
  const { config, room, store, chat } = services()
  adapter ??= createRoomServiceAdapter({
    actions: room.actions,
    store,
    chat,
    config: config.service,
    admin: config.im.admin,
    now: Date.now,
    randomBytes,
    log,
  })
  return adapter
}

/**
 * The door of terminals that speak Tencent's old RoomService protocol: `/weapp/<room type>/<verb>` and
 * `/weapp/utils/<verb>`. Always HTTP 200 with `code` and `message` where the path is one of the protocol. The query holds
 * the token, so nothing in here writes a query into the log (M12).
 */
export async function main(event: unknown): Promise<HttpAnswer> {
  const request = requestOf(event)
  if (!request) return answer(400, { code: 1, message: 'this door speaks HTTP' })
  const manner: Manner = { second: false, english: /^en\b/i.test(header(request, 'accept-language')) }
  const about: { verb: FailedVerb } = { verb: 'utils' }
  let cors: Record<string, string> = {}
  try {
    cors = corsHeaders(request, services().config.webOrigins, 'GET, POST, OPTIONS')
    if (request.httpMethod.toUpperCase() === 'OPTIONS') return answer(204, undefined, cors)
    const route = routeOf(request.path ?? '')
    if (!route) return answer(404, { code: 1, message: 'no such path' }, cors)
    const fields = await run(route, request, manner, about)
    const message = manner.english ? 'ok' : '请求成功'
    return answer(200, { code: 0, message, timestamp: Date.now(), ...fields }, cors)
  } catch (error) {
    return answer(200, refused(error, about.verb, manner), cors)
  }
}

async function run(route: Route, request: HttpEvent, manner: Manner, about: { verb: FailedVerb }): Promise<object> {
  const query = queryOf(request)
  manner.second = namesPlatform(query) || (route.kind === 'room' && route.second)
  if (route.kind === 'unknown') throw new OldRefusal(route.what === 'type' ? 'wrong-type' : 'wrong-verb')
  const { logins } = openAdapter()
  const signedIn = async () => {
    const { userID, token } = callerIn(query)
    if (!ofOne(token)) throw new OldRefusal('too-often')
    const terminal = await logins.terminal(userID, token)
    manner.second ||= terminal.second
    return { ...terminal, second: manner.second }
  }
  if (route.kind === 'utils') {
    if (!ofAllNewcomers('utils')) throw new OldRefusal('too-often')
    return runUtil(route.util, request, { adapter: openAdapter(), known: () => knownBy(request), signedIn })
  }
  about.verb = route.verb
  if (request.httpMethod.toUpperCase() !== 'POST') throw new OldRefusal('wrong-method')
  if (route.verb === 'login') {
    if (!ofAllNewcomers('login')) throw new OldRefusal('too-often')
    bodyOf('login', request)
    const { sdkAppID, userID, userSig } = loginIn(query)
    const { second } = manner
    return logins.login({ sdkAppID, account: userID, sig: userSig, second, known: knownBy(request) })
  }
  if (route.verb === 'logout') {
    await logins.logout(callerIn(query).token)
    return {}
  }
  const verb: RoomVerb = route.verb
  return runVerb(openAdapter(), await signedIn(), { type: route.type, verb }, request)
}

/** Who a token of the web door names, if there is one. */
function knownBy(request: HttpEvent): Known {
  const { config } = services()
  const openid = openidOf(request, config.webTokenSecret, Date.now())
  return openid === null ? null : { userId: publicUserId(config.service.userIdSecret, openid) }
}

/** Code and text, never more: what went wrong inside is in the log, under `requestId` (M19). */
function refused(error: unknown, verb: FailedVerb, manner: Manner): object {
  const timestamp = Date.now()
  const refusal = refusalOf(error)
  if (!refusal) {
    const requestId = randomBytes(8).toString('hex')
    log(`request ${requestId} (${verb}) failed`, error)
    return { ...wordsFor('internal', verb, manner), timestamp, requestId }
  }
  const words = wordsFor(refusal.kind, verb, manner)
  // What terminals of the first generation look at when a login fails (M34).
  const result = verb === 'login' ? { result: words.code } : {}
  return { ...words, timestamp, ...result, ...refusal.fields }
}
