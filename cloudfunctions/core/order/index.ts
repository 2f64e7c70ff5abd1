import type { Context } from '../context'
import type { Reactions, SweepPart } from '../reactions'
import { createAdmins } from './admins'
import { createChatOrder } from './chat'
import { createReaders } from './readers'
import { createSanctions } from './sanctions'

/** Order in a room: its actions, and what the chat service asks. Nothing of it waits for a sweep. */
export function createOrder(context: Context) {
  const sanctions = createSanctions(context)
  const admins = createAdmins(context)
  const reactions: Partial<Reactions> = {}
  const sweep: SweepPart[] = []
  return {
    actions: {
      'order.mute': sanctions.mute,
      'order.ban': sanctions.ban,
      'order.remove': sanctions.remove,
      'order.list': sanctions.list,
      'order.admin': admins.admin,
      'order.muteAll': admins.muteAll,
      ...createReaders(context),
    },
    chat: createChatOrder(context),
    reactions,
    sweep,
  }
}
