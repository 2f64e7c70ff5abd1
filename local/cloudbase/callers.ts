import { randomUUID } from 'node:crypto'
import type { Functions } from './functions'
import type { CallScope, Env } from './scope'
import { newId, type Spec } from './wire'

/** Raised by the gateway itself, before or instead of a function's answer. */
export class NoFunction extends Error {}
export class FunctionTimeout extends Error {}

/** An HTTP request as the HTTP access service hands it to a function. */
export interface HttpEvent {
  path: string
  httpMethod: string
  headers: Spec
  queryStringParameters: Spec
  body: string
  isBase64Encoded: boolean
}

/** The longest a call may take; the console's form allows up to 60 s, and nobody waits that long for a room. */
const TIMEOUT_MS = 20_000
const APP_ID = 'wxlocal'

const TIMER: Env = {
  WX_CONTEXT_KEYS: 'WX_APPID',
  WX_APPID: APP_ID,
  TCB_SOURCE: 'wx_trigger',
  TRIGGER_SRC: 'timer',
}

/** Runs functions as each trigger would: with its event, and with the identity that CloudBase vouches for. */
export class Callers {
  /** Who is behind the token that a running call passes on when it calls another function. */
  private readonly tokens = new Map<string, string | undefined>()

  constructor(
    private readonly functions: Functions,
    private readonly scope: CallScope,
    private readonly envId: string,
  ) {}

  /** `wx.cloud.callFunction`. Without `openid` it is a call that nobody vouches for; the client's data never names one. */
  fromClient(name: string, openid: string | undefined, data: Spec, source = 'wx_client'): Promise<unknown> {
    const identity: Env = openid
      ? { WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID,WX_API_TOKEN', WX_OPENID: openid, WX_APPID: APP_ID }
      : { WX_CONTEXT_KEYS: 'WX_APPID', WX_APPID: APP_ID }
    const userInfo = openid ? { userInfo: { openId: openid, appId: APP_ID } } : {}
    return this.call(name, { ...identity, TCB_SOURCE: source }, { ...data, ...userInfo }, openid)
  }

  /** `cloud.callFunction` from within a function: the caller's own identity travels on. */
  fromFunction(name: string, data: Spec, token: string): Promise<unknown> {
    return this.fromClient(name, this.tokens.get(token), data, 'wx_client,scf')
  }

  fromTimer(name: string, trigger: string): Promise<unknown> {
    const event = { Type: 'Timer', TriggerName: trigger, Time: new Date().toISOString(), Message: '' }
    return this.call(name, TIMER, event)
  }

  fromHttp(name: string, request: HttpEvent): Promise<unknown> {
    const requestContext = { requestId: randomUUID(), envId: this.envId, appId: APP_ID, uin: '' }
    return this.call(name, { WX_CONTEXT_KEYS: '', TCB_SOURCE: '' }, { ...request, requestContext })
  }

  private async call(name: string, identity: Env, event: Spec, openid?: string): Promise<unknown> {
    const main = this.functions.main(name)
    if (!main) throw new NoFunction(name)
    const token = newId()
    const context = { request_id: randomUUID(), function_name: name, namespace: this.envId }
    this.tokens.set(token, openid)
    try {
      return await this.scope.run({ ...identity, WX_API_TOKEN: token, TCB_SEQID: context.request_id }, () =>
        withTimeout(Promise.resolve(main(event, context))),
      )
    } finally {
      this.tokens.delete(token)
    }
  }
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new FunctionTimeout(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
