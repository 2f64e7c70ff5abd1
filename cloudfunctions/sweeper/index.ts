import type { Reply } from '../../miniprogram/protocol/errors'
import { Refusal } from '../core/refusal'
import type { SweepReport } from '../core/sweep'
import { reply } from '../doors/dispatch'
import { openidOfCaller } from '../doors/identity'
import { services } from '../doors/services'

/** The timer's door. A call that carries an OPENID comes from a client, whatever its event says. */
export function main(): Promise<Reply<SweepReport>> {
  const openid = openidOfCaller()
  return reply(() => {
    if (openid !== '') throw new Refusal('forbidden', 'this door is for the timer')
    return services().room.sweep()
  })
}
