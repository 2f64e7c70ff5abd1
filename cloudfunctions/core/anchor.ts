import type { Input } from '../../miniprogram/protocol/actions'
import type { Context } from './context'
import { createCreate } from './create'
import type { RoomDoc } from './documents'
import { createEdit } from './edit'
import { limited, ownRoom } from './guards'
import { STREAM_RANDOM_BYTES, streamName } from './ids'
import type { Calls } from './link/calls'
import { stagePlay, ticketsOf } from './link/plays'
import { pushGrant } from './live-urls'
import { refuseBanned } from './order/banned'
import { createOwnerEnters } from './owner-enters'
import type { Caller } from './ports'
import { Refusal } from './refusal'
import { countsOf, summaryOf, viewOf } from './view'

const PUSH_EVERY_MS = 1000

/** In a call nobody pushes but from a seat. */
const withStream = (room: RoomDoc): RoomDoc => {
  if (room.kind === 'call')
    throw new Refusal('forbidden', 'in a call everybody pushes from his seat: seat.push, seat.beat')
  return room
}

/** What the anchor of a room may do: create, update, resume, push, beat, close. */
export function createAnchor(context: Context, calls: Calls) {
  const { deps, notices, tidy, reactions } = context
  const { store, config, now } = deps
  const ownerEnters = createOwnerEnters(context, calls)

  const takeOver = async (seen: RoomDoc, name: string): Promise<RoomDoc | null> => {
    const at = now()
    return store.takeOver(seen, {
      stream: streamName(seen._id, seen.epoch + 1, deps.randomBytes(STREAM_RANDOM_BYTES)),
      anchorName: name || seen.anchorName,
      closesAt: at + (seen.startedAt === undefined ? config.idleMs : config.graceMs),
      leaseUntil: at + config.leaseMs,
      now: at,
    })
  }

  /** The anchor has turned his camera off or on: everybody is told. Null while that is known. */
  const told = async (caller: Caller, found: RoomDoc, { epoch, cameraOff }: Input<'beat'>): Promise<RoomDoc | null> => {
    if (cameraOff === undefined || cameraOff === (found.cameraOff ?? false)) return null
    const room = await store.setCamera(found._id, caller.userId, epoch, cameraOff)
    if (room) await notices.room(room)
    return room
  }

  return {
    create: createCreate(context, calls),
    update: createEdit(context),

    async resume(caller: Caller, { roomId }: { roomId: string }) {
      const user = await store.user(caller.userId)
      refuseBanned(null, user)
      for (;;) {
        const seen = await ownRoom(deps, caller, roomId)
        if (seen.kind === 'event') throw new Refusal('forbidden', "an event's stream is renewed by an operator")
        if (seen.kind === 'call') {
          const { room, seat } = await calls.enter(caller, seen, user?.name || seen.anchorName)
          return ownerEnters(caller, room, seat)
        }
        const room = await takeOver(seen, user?.name ?? '')
        if (!room) continue // another device was faster: take over from that one
        const off = room.state === 'interrupted' ? reactions.interrupted(room) : null
        await Promise.all([tidy(room), notices.room(room), off])
        return ownerEnters(caller, room)
      }
    },

    async push(caller: Caller, { roomId, epoch }: { roomId: string; epoch: number }) {
      const room = withStream(await ownRoom(deps, caller, roomId, epoch))
      await limited(deps, `push:${caller.userId}`, PUSH_EVERY_MS)
      return { push: pushGrant(config.live, room.stream, now()) }
    },

    async beat(caller: Caller, input: Input<'beat'>) {
      const leaseUntil = now() + config.leaseMs
      const found =
        (await store.renewLease(input.roomId, caller.userId, input.epoch, leaseUntil)) ??
        withStream(await ownRoom(deps, caller, input.roomId, input.epoch))
      const room = (await told(caller, found, input)) ?? found
      const current = room.version === input.version
      return {
        room: current ? null : viewOf(room, now()),
        counts: countsOf(room),
        play: current ? null : stagePlay(config.live, room, now(), caller.userId),
        links: ticketsOf(room, now()),
      }
    },

    async close(caller: Caller, { roomId }: { roomId: string }) {
      const room = await store.closeByAnchor(roomId, caller.userId, now(), now() + tidy.afterCloseMs)
      if (room) {
        await Promise.all([
          room.stream === '' ? null : tidy.forbidNow(room.stream),
          store.releaseSlot(caller.userId, roomId),
          notices.room(room),
          reactions.closed(room),
        ])
      }
      const closed = room ?? (await store.room(roomId))
      if (!closed) throw new Refusal('not-found', 'no such room')
      if (closed.anchorId !== caller.userId) throw new Refusal('forbidden', 'only the anchor may do this')
      return { room: viewOf(closed, now()), summary: summaryOf(closed, now()) }
    },
  }
}
