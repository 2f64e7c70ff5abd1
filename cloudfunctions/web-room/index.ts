import type { ErrorCode, Reply } from '../../miniprogram/protocol/errors'
import { HTTP_STATUS } from '../contract/refusals'
import { Refusal } from '../core/refusal'
import { readWebToken } from '../core/web-token'
import { dispatch, reply } from '../doors/dispatch'
import { answer, corsHeaders, type HttpAnswer, header, jsonBody, requestOf } from '../doors/http'
import { services } from '../doors/services'

/** The same actions over HTTP: `POST` with `authorization: Bearer <token>`, see core/web-token.ts. */
export async function main(event: unknown): Promise<HttpAnswer> {
  try {
    return await handle(event)
  } catch (error) {
    return answer(500, await reply(() => Promise.reject(error)))
  }
}

async function handle(event: unknown): Promise<HttpAnswer> {
  const request = requestOf(event)
  if (!request) return answer(400, await refused('bad-input', 'this door speaks HTTP'))
  const method = request.httpMethod.toUpperCase()
  const cors = corsHeaders(request, services().config.webOrigins, 'POST, OPTIONS')
  if (method === 'OPTIONS') return answer(204, undefined, cors)
  if (method !== 'POST') return answer(405, await refused('bad-input', 'use POST'), cors)
  const outcome = await reply(() => {
    const [scheme = '', token = ''] = header(request, 'authorization').split(' ')
    const openid = /^bearer$/i.test(scheme) ? readWebToken(services().config.webTokenSecret, token, Date.now()) : null
    if (openid === null) throw new Refusal('unauthenticated', 'the token is missing, expired or not valid')
    return dispatch(services, openid, jsonBody(request))
  })
  return answer('error' in outcome ? HTTP_STATUS[outcome.error.code] : 200, outcome, cors)
}

const refused = (code: ErrorCode, message: string): Promise<Reply<never>> =>
  reply(() => Promise.reject(new Refusal(code, message)))
