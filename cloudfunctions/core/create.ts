import type { Input, Output } from '../../miniprogram/protocol/actions'
import type { Context } from './context'
import { ownCover } from './covers'
import type { RoomDoc, UserDoc } from './documents'
import { limited, roomClosed } from './guards'
import { roomIdFor, STREAM_RANDOM_BYTES, streamName } from './ids'
import type { Calls } from './link/calls'
import { newRoom, seatCount } from './new-room'
import { refuseBanned } from './order/banned'
import { createOwnerEnters } from './owner-enters'
import type { Caller } from './ports'
import { Refusal } from './refusal'
import { newStage } from './seats'
import { checkText } from './text'

const CREATE_EVERY_MS = 1000

/**
 * Opens a room, in three rounds of the database: who asks; the room; its owner's slot. The room is written first, so that
 * no slot ever names a room that is not there yet; what cannot be finished is taken back.
 */
export function createCreate({ deps }: Pick<Context, 'deps'>, calls: Calls) {
  const { store, chat, config, now, log } = deps
  const ownerEnters = createOwnerEnters({ deps }, calls)

  const build = (roomId: string, owner: { userId: string; name: string }, input: Input<'create'>): RoomDoc => {
    const { kind = 'live', ...wish } = input
    const seats = seatCount(kind, wish.seats)
    const call = kind === 'call'
    return newRoom(
      {
        roomId,
        stream: call ? '' : streamName(roomId, 1, deps.randomBytes(STREAM_RANDOM_BYTES)),
        anchorId: owner.userId,
        anchorName: owner.name,
      },
      { kind, ...wish },
      call ? calls.seatOwner(roomId, seats, owner) : newStage(seats, wish.lowLatency ?? 0),
      { now: now(), config },
    )
  }

  /** Refuses while another room of this user is open; otherwise the slot is this room's. */
  const claim = async (userId: string, roomId: string, seen: UserDoc | null): Promise<void> => {
    for (let held = seen?.openRoom ?? ''; held !== roomId; held = (await store.user(userId))?.openRoom ?? '') {
      await refuseWhileOpen(held)
      if (await store.claimSlot(userId, held, roomId)) return
    }
  }
  const refuseWhileOpen = async (held: string): Promise<void> => {
    const other = held === '' ? null : await store.room(held)
    if (other && other.state !== 'closed') {
      throw new Refusal('already-live', 'another show of yours is open', { roomId: held })
    }
  }

  /** Nothing of a room that could not be opened stays, unless another request relies on it. */
  const takeBack = async ({ _id, anchorId }: RoomDoc): Promise<void> => {
    if (!(await store.takeBack(_id))) return
    const forget = chat.destroyGroup(_id).catch((error) => log(`chat group of ${_id} is left behind`, error))
    await Promise.all([store.releaseSlot(anchorId, _id), forget])
  }

  const open = async (fresh: RoomDoc, seen: UserDoc | null): Promise<RoomDoc> => {
    const { _id: roomId, anchorId } = fresh
    const mine = await store.insertRoom(fresh)
    // The same request is under way elsewhere: that room is kept, whatever becomes of the other call.
    const room = mine ? fresh : await store.keep(roomId)
    if (!room) throw new Refusal('unavailable', 'the room could not be opened')
    try {
      await chat.createGroup(roomId)
      await claim(anchorId, roomId, seen)
      return room
    } catch (error) {
      if (mine) await takeBack(room)
      if (error instanceof Refusal) throw error
      log(`chat group of ${roomId} could not be made`, error)
      throw new Refusal('unavailable', 'the chat service did not answer')
    }
  }

  return async (caller: Caller, input: Input<'create'>): Promise<Output<'resume'>> => {
    const { userId } = caller
    const { title, notice, tags, requestId } = input
    ownCover(config, caller, input.coverFile ?? '')
    seatCount(input.kind ?? 'live', input.seats)
    if (input.kind === 'call' && input.record && config.media.kind === 'trtc') {
      throw new Refusal('forbidden', 'calls on TRTC are not recorded by this service')
    }
    const roomId = roomIdFor(config.userIdSecret, userId, requestId)
    const [found, user] = await Promise.all([
      store.room(roomId),
      store.user(userId),
      limited(deps, `create:${userId}`, CREATE_EVERY_MS, requestId, true),
      checkText(deps, caller, { title, notice, tags: tags?.join(' ') }),
    ])
    refuseBanned(null, user)
    if (found?.state === 'closed') throw roomClosed(found, now())
    if (found && user?.openRoom === roomId) return ownerEnters(caller, found)
    if (!found) await refuseWhileOpen(user?.openRoom ?? '')
    const fresh = build(roomId, { userId, name: user?.name ?? '' }, input)
    const room = await open(caller.legacy ? { ...fresh, legacy: true } : fresh, user)
    return ownerEnters(caller, room)
  }
}
