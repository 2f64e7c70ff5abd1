import type { Reply } from '../../miniprogram/protocol/errors'
import { dispatch, reply } from '../doors/dispatch'
import { openidOfCaller } from '../doors/identity'
import { services } from '../doors/services'

/** The mini program's door: `wx.cloud.callFunction`. The platform says who calls; the event never does. */
export function main(event: unknown): Promise<Reply<unknown>> {
  const openid = openidOfCaller()
  return reply(() => dispatch(services, openid, event))
}
