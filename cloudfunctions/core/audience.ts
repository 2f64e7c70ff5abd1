import type { Input } from '../../miniprogram/protocol/actions'
import type { StagePlay } from '../../miniprogram/protocol/link'
import type { Context } from './context'
import type { RoomDoc } from './documents'
import { limited, openRoom, refuseUnasked, roomClosed } from './guards'
import type { Calls } from './link/calls'
import type { LowLatency } from './link/low-latency'
import { invitationOf } from './link/plays'
import { viewerPlay } from './live-urls'
import { chatCredentials } from './people'
import type { Caller } from './ports'
import { createPresence } from './presence'
import { Refusal } from './refusal'
import { countsOf, rowOf, viewOf } from './view'

const LIKE_EVERY_MS = 500

/** What link does for those who come and go. */
export interface LinkForAudience {
  calls: Pick<Calls, 'enter'>
  lowLatency: Pick<LowLatency, 'enter' | 'leave' | 'renew'>
  /** Seat, request and low-latency place of somebody who has left. */
  gone(room: RoomDoc, userId: string): Promise<void>
}

/** What a viewer may do: enter, sync, leave, like. */
export function createAudience(context: Context, link: LinkForAudience) {
  const { deps } = context
  const { store, config, now } = deps
  const presence = createPresence(context)

  /** What this person plays, and whether somebody on stage waits for his answer. */
  const shown = (room: RoomDoc, { userId }: Caller, lowLatency: StagePlay | null) => ({
    play: { ...viewerPlay(config.live, room, userId, now()), lowLatency },
    invitation: invitationOf(room, userId, now()),
  })

  /** In a call nobody only watches: who finds no seat is not in. Who only comes again too often has one. */
  const speak = async (caller: Caller, call: RoomDoc, name: string) => {
    try {
      return await link.calls.enter(caller, call, name)
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'rate-limited') await presence.leave(call._id, caller.userId)
      throw error
    }
  }

  return {
    async enter(caller: Caller, { roomId, lowLatency, consent }: Input<'enter'>) {
      const {
        room: entered,
        user,
        sanction,
      } = await presence.enter(caller, roomId, (room) => refuseUnasked(room, caller.userId, consent, now()))
      const me = { userId: caller.userId, name: user?.name ?? '' }
      const { room, seat } =
        entered.kind === 'call' ? await speak(caller, entered, me.name) : { room: entered, seat: null }
      if (lowLatency === false) await link.lowLatency.leave(caller, roomId)
      const fast = lowLatency && !seat ? await link.lowLatency.enter(caller, room) : null
      return {
        ...rowOf(room, now()),
        chat: chatCredentials(deps, caller.userId),
        me,
        settings: config.settings,
        ...shown(room, caller, fast),
        seat,
        mutedForMs: Math.max(0, (sanction?.mutedUntil ?? 0) - now()),
      }
    },

    async sync(caller: Caller, input: { roomId: string; version: number }) {
      const { roomId } = input
      const [found, present] = await Promise.all([store.room(roomId), store.touch(roomId, caller.userId, now())])
      if (found?.state === 'closed') throw roomClosed(found, now())
      // A viewer whose lease ran out while he slept is still a viewer.
      const room = found && present ? found : (await presence.enter(caller, roomId)).room
      const lowLatency = caller.userId in room.fast ? await link.lowLatency.renew(caller, room) : null
      return {
        room: room.version === input.version ? null : viewOf(room, now()),
        counts: countsOf(room),
        ...shown(room, caller, lowLatency),
      }
    },

    async leave(caller: Caller, { roomId }: { roomId: string }) {
      const { userId } = caller
      const offStage = async (): Promise<boolean> => {
        const room = await store.room(roomId)
        if (!room || room.state === 'closed') return false
        await link.gone(room, userId)
        return room.onStage.includes(userId)
      }
      const [left, stood] = await Promise.all([presence.leave(roomId, userId), offStage()])
      return { left: left || stood }
    },

    async like(caller: Caller, { roomId, count }: { roomId: string; count: number }) {
      await limited(deps, `like:${caller.userId}`, LIKE_EVERY_MS)
      const room = await store.addLikes(roomId, count)
      if (!room) {
        await openRoom(deps, roomId)
        throw new Refusal('unavailable', 'the room is changing')
      }
      await presence.announce(room)
      return { counts: countsOf(room) }
    },
  }
}
