import type { Output } from '../../miniprogram/protocol/actions'
import type { SeatGrant } from '../../miniprogram/protocol/link'
import type { Context } from './context'
import type { RoomDoc } from './documents'
import type { Calls } from './link/calls'
import { pushGrant } from './live-urls'
import { chatCredentials } from './people'
import type { Caller } from './ports'
import { rowOf } from './view'

/**
 * What the person who opened a room is told when he comes to it: at its creation, and when he resumes. To his call he
 * comes as everybody does, on a seat.
 */
export function createOwnerEnters({ deps }: Pick<Context, 'deps'>, calls: Calls) {
  const { config, now } = deps
  const seatIn = async (caller: Caller, room: RoomDoc): Promise<{ room: RoomDoc; seat: SeatGrant }> => {
    const seat = calls.grantOf(room, caller.userId)
    return seat ? { room, seat } : calls.enter(caller, room, room.anchorName)
  }
  return async (caller: Caller, found: RoomDoc, given?: SeatGrant): Promise<Output<'resume'>> => {
    const call = found.kind === 'call' && !given
    const { room, seat } = call ? await seatIn(caller, found) : { room: found, seat: given ?? null }
    return {
      ...rowOf(room, now()),
      chat: chatCredentials(deps, caller.userId),
      me: { userId: caller.userId, name: room.anchorName },
      settings: config.settings,
      push: seat?.push ?? pushGrant(config.live, room.stream, now()),
      seat,
    }
  }
}
