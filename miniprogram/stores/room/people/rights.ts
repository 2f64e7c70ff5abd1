import type { RoomView } from '../../../protocol/room'

/** What one person may do with another; the server decides by the same rules (`core/order/authority.ts`). */
export interface Rights {
  /** Mute, remove, ban. */
  readonly order: boolean
  /** Name him an admin, or take that back. */
  readonly office: boolean
  /** Ask him to come on stage. */
  readonly invite: boolean
}

type Order = Pick<RoomView, 'anchor' | 'admins'>

/** Keeps order: the anchor, or somebody whom he has named. */
export const isInCharge = ({ anchor, admins }: Order, userId: string): boolean =>
  userId === anchor.userId || admins.includes(userId)

/** The anchor acts against everybody, an admin against whoever is neither; nobody against himself. */
export function rightsOver(room: Order & Pick<RoomView, 'seats'>, me: string, userId: string): Rights {
  const anchor = me === room.anchor.userId
  const other = userId !== me && userId !== room.anchor.userId
  const seated = room.seats.some(({ user }) => user?.userId === userId)
  return {
    order: other && (anchor || (isInCharge(room, me) && !room.admins.includes(userId))),
    office: other && anchor,
    invite: other && isInCharge(room, me) && room.seats.length > 0 && !seated,
  }
}
