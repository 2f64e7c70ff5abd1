import type { SeatGrant } from '../../../miniprogram/protocol/link'
import type { RoomDoc } from '../documents'
import type { Access } from './access'
import { roleOf } from './objects'
import { callerOf, type Parts, type Terminal } from './parts'
import { OldRefusal } from './refusals'

/** Who may push where. */
export function createStage({ actions }: Parts, access: Access) {
  /** The caller's own seat, freshly signed; null when he has none. */
  const ownSeat = async (terminal: Terminal, room: RoomDoc): Promise<SeatGrant | null> => {
    const role = roleOf(room, terminal.userId)
    if (role.at !== 'seat') return null
    return actions['seat.push'](callerOf(terminal), { roomId: room._id, seat: role.seat, epoch: role.epoch })
  }

  /** Asks for a seat, and accepts in the name of the anchor who left the seats of his room to first come. */
  const firstCome = async (terminal: Terminal, room: RoomDoc): Promise<SeatGrant> => {
    const roomId = room._id
    const caller = callerOf(terminal)
    const { link } = await actions['link.request'](caller, { roomId })
    try {
      await actions['link.accept']({ userId: room.anchorId }, { roomId, linkId: link.linkId })
    } catch (error) {
      await actions['link.cancel'](caller, { roomId, linkId: link.linkId })
      throw error
    }
    return actions['seat.take'](caller, { roomId })
  }

  /** Asks the anchor, or takes the seat that he has offered. */
  const byInvitation = async (terminal: Terminal, { _id: roomId }: RoomDoc): Promise<SeatGrant> => {
    const caller = callerOf(terminal)
    const { link } = await actions['link.request'](caller, { roomId })
    if (link.kind === 'request') throw new OldRefusal('wait-for-anchor')
    await actions['link.accept'](caller, { roomId, linkId: link.linkId })
    return actions['seat.take'](caller, { roomId })
  }

  /**
   * A seat of somebody else's live room. The anchor's word goes from terminal to terminal, and the server never hears it;
   * so whoever makes a room through this door leaves its seats to first come, as the old server did. In a room of the mini
   * program the request waits for its anchor.
   */
  const joinLive = async (terminal: Terminal, room: RoomDoc): Promise<SeatGrant> => {
    if (!room.legacy) return byInvitation(terminal, room)
    if ((await access.extrasOf(room._id))?.kicked.includes(terminal.userId)) throw new OldRefusal('off-stage')
    try {
      return await firstCome(terminal, room)
    } catch (error) {
      // Asked twice at once: the other request was faster, and the seat is there.
      const seat = await ownSeat(terminal, await access.open(room._id))
      if (!seat) throw error
      return seat
    }
  }

  return {
    /** A push URL for this person in this room, and nobody and nowhere else (M6). */
    async pushUrl(terminal: Terminal, room: RoomDoc): Promise<string> {
      const caller = callerOf(terminal)
      const roomId = room._id
      if (roleOf(room, terminal.userId).at === 'anchor') {
        return (await actions.push(caller, { roomId, epoch: room.epoch })).push.url
      }
      const held = await ownSeat(terminal, room)
      if (held) return held.push.url
      if (room.kind !== 'call') return (await joinLive(terminal, room)).push.url
      if ((await access.extrasOf(roomId))?.kicked.includes(terminal.userId)) throw new OldRefusal('off-stage')
      const { seat } = await actions.enter(caller, { roomId })
      if (!seat) throw new OldRefusal('not-allowed')
      return seat.push.url
    },
  }
}

export type OldStage = ReturnType<typeof createStage>
