import type { AdminActionName } from '../../miniprogram/protocol/admin'
import type { Reply } from '../../miniprogram/protocol/errors'
import { settingStates } from '../adapters/config'
import { adminActionOf, parseAdminInput } from '../contract/admin'
import { HTTP_STATUS } from '../contract/refusals'
import type { Admin, Operator } from '../core/admin'
import { readAdminToken } from '../core/admin/token'
import { publicUserId } from '../core/ids'
import { Refusal } from '../core/refusal'
import { badInput, reply } from '../doors/dispatch'
import { answer, type HttpAnswer, header, jsonBody, requestOf } from '../doors/http'
import { openidOfCaller } from '../doors/identity'
import { services } from '../doors/services'

/**
 * The operators' door: a function call by one of ADMIN_OPENIDS, or HTTP with `authorization: Bearer <token>`, see
 * core/admin/token.ts. Everybody else gets one and the same refusal, whatever he asks for.
 */
export async function main(event: unknown): Promise<Reply<unknown> | HttpAnswer> {
  const openid = openidOfCaller()
  const request = openid === '' ? requestOf(event) : null
  if (!request) return reply(async () => act(byOpenid(openid), event))
  const outcome = await reply(async () => {
    const by = byToken(header(request, 'authorization'))
    if (by !== null && request.httpMethod.toUpperCase() !== 'POST') throw new Refusal('bad-input', 'use POST')
    return act(by, by === null ? null : jsonBody(request))
  })
  return answer('error' in outcome ? HTTP_STATUS[outcome.error.code] : 200, outcome)
}

/** The operator's name in the audit log, or null when he is none. */
function byOpenid(openid: string): string | null {
  const { config } = services()
  return config.adminOpenids.includes(openid) ? publicUserId(config.service.userIdSecret, openid) : null
}

function byToken(authorization: string): string | null {
  const [scheme = '', token = ''] = authorization.split(' ')
  return /^bearer$/i.test(scheme) ? readAdminToken(services().config.adminTokenSecret, token, Date.now()) : null
}

async function act(by: string | null, event: unknown): Promise<unknown> {
  if (by === null) throw new Refusal('unauthenticated', 'this door is for operators')
  const { admin } = services().room
  const operator = { by, settings: settingStates(process.env) }
  const action = adminActionOf(event)
  return action.ok ? run(admin, operator, action.value, event) : admin.refused(operator, '', badInput(action.issues))
}

function run<A extends AdminActionName>(admin: Admin, operator: Operator, action: A, event: unknown): Promise<unknown> {
  const input = parseAdminInput(action, event)
  return input.ok ? admin.run(operator, action, input.value) : admin.refused(operator, action, badInput(input.issues))
}
