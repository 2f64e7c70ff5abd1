import type { Input } from '../../../miniprogram/protocol/actions'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { Sanction } from '../../../miniprogram/protocol/order'
import type { Context } from '../context'
import type { RoomDoc, SanctionDoc } from '../documents'
import { limited, roomInCharge } from '../guards'
import { createStage } from '../link/stage'
import type { Caller } from '../ports'
import { createPresence } from '../presence'
import { roomToActIn } from './authority'

/** Each act reaches for the chat service and a person's phone, so nobody acts faster than this. */
export const ACT_EVERY_MS = 200
const LISTED = 500
/** Whoever is sent out may be given a seat while he is on his way; he is looked for as often as this. */
const TRIES = 3

/** Mutes, bans and removals. The im-callback door holds a mute; the chat service's own is there to spare it the asking. */
export function createSanctions(context: Context) {
  const { deps, notices } = context
  const { store, chat, now, log } = deps
  const stage = createStage(context)
  const presence = createPresence(context)

  /** The room and the other person's name, for a caller who may act against him. */
  const actOn = async (caller: Caller, { roomId, userId }: { roomId: string; userId: string }) => {
    const [room, user] = await Promise.all([roomToActIn(deps, caller, roomId, userId), store.user(userId)])
    await limited(deps, `order:${caller.userId}`, ACT_EVERY_MS)
    return { room, who: { roomId, userId, name: user?.name ?? '' } }
  }

  const view = ({ userId, name, banned, mutedUntil }: SanctionDoc): Sanction => ({
    user: { userId, name },
    banned,
    mutedForMs: Math.max(0, mutedUntil - now()),
  })

  const muteInChat = async (roomId: string, userId: string, seconds: number): Promise<void> => {
    try {
      await chat.mute(roomId, [userId], seconds)
    } catch (error) {
      log(`the chat service did not mute somebody in ${roomId}`, error)
    }
  }

  const offStage = async (roomId: string, userId: string): Promise<void> => {
    for (let i = 0; i < TRIES; i++) {
      const room = await store.room(roomId)
      if (!room || !hasPlace(room, userId)) return
      await stage.gone(room, userId)
    }
  }

  /** True when he was there, to watch or on stage. */
  const sendOut = async (room: RoomDoc, userId: string, what: 'removed' | 'banned'): Promise<boolean> => {
    const [left] = await Promise.all([
      presence.leave(room._id, userId),
      offStage(room._id, userId),
      stage.tell(userId, { type: 'order', roomId: room._id, what }),
    ])
    return left || hasPlace(room, userId)
  }

  return {
    async mute(caller: Caller, input: Input<'order.mute'>) {
      const { roomId, userId, seconds } = input
      const { who } = await actOn(caller, input)
      const sanction = await store.setMute(who, now() + seconds * 1000)
      await Promise.all([
        muteInChat(roomId, userId, sanction.banned ? LIMITS.muteMaxS : seconds),
        stage.tell(userId, { type: 'order', roomId, what: 'muted', seconds }),
      ])
      return { sanction: view(sanction) }
    },

    async ban(caller: Caller, input: Input<'order.ban'>) {
      const { roomId, userId, on } = input
      const { room, who } = await actOn(caller, input)
      // First of all, so that he cannot come back while he is sent out.
      const sanction = await store.setBan(who, on)
      const seconds = on ? LIMITS.muteMaxS : view(sanction).mutedForMs / 1000
      const office = on ? await store.dropAdmin(roomId, room.anchorId, userId) : null
      await Promise.all([
        muteInChat(roomId, userId, seconds),
        on ? sendOut(room, userId, 'banned') : null,
        office ? notices.room(office) : null,
      ])
      return { sanction: view(sanction) }
    },

    async remove(caller: Caller, input: Input<'order.remove'>) {
      const { room } = await actOn(caller, input)
      return { removed: await sendOut(room, input.userId, 'removed') }
    },

    async list(caller: Caller, { roomId }: { roomId: string }) {
      await roomInCharge(deps, caller, roomId)
      return { sanctions: (await store.sanctions(roomId, now(), LISTED)).map(view) }
    },
  }
}

/** On a seat, in the queue for one, or among the low-latency viewers. */
const hasPlace = ({ onStage, links, fast }: RoomDoc, userId: string): boolean =>
  onStage.includes(userId) || userId in links || userId in fast
