import type { Input } from '../../../miniprogram/protocol/actions'
import type { Context } from '../context'
import type { PkDoc, RoomDoc } from '../documents'
import { limited, ownRoom } from '../guards'
import { playUrls } from '../live-urls'
import type { Caller } from '../ports'
import type { Reactions, SweepPart } from '../reactions'
import { Refusal } from '../refusal'
import { viewOf } from '../view'
import { createBothSides } from './both-sides'
import { rivalStreamOf, sideOf } from './side'

const INVITE_EVERY_MS = 3000
const PK_RANDOM_BYTES = 12
const BATCH = 200
const KEEP_MS = 2 * 24 * 3600_000

const stale = (message: string) => new Refusal('stale', message)
const busy = () => new Refusal('full', 'one of both shows has a PK, or a question for one', { what: 'pk' })

/** PK: its actions, what it does when a room changes, and its share of a sweep. */
export function createPk(context: Context) {
  const { deps } = context
  const { store, config, now, log } = deps
  const { settle, end, tell, changed, look } = createBothSides(context)

  const inOne = (room: RoomDoc | null): room is RoomDoc => room?.kind === 'live' && room.state === 'live'

  /** The room without a PK that should be over by now: the sweeper may not have come by yet. */
  const freed = async (room: RoomDoc): Promise<RoomDoc> => {
    if (!room.pk || room.pk.endsAt > now()) return room
    const pk = await store.pk(room.pk.pkId)
    if (pk) await look(pk)
    else await store.clearPk(room._id, room.pk.pkId)
    return (await store.room(room._id)) ?? room
  }

  /** Both rooms for one PK, the lower id first: of two that ask each other at once, one is first everywhere. */
  const claim = async (pk: PkDoc, own: RoomDoc, rival: RoomDoc): Promise<RoomDoc | null> => {
    const question = { pkId: pk._id, endsAt: pk.endsAt }
    const sides = [
      { room: own, pk: sideOf(question, 'invited', rival) },
      { room: rival, pk: sideOf(question, 'asked', own) },
    ].sort((a, b) => (a.room._id < b.room._id ? -1 : 1))
    let mine: RoomDoc | null = null
    for (const side of sides) {
      const claimed = await store.claimPk(side.room._id, side.pk)
      if (!claimed) return null
      await changed(claimed)
      if (claimed._id === own._id) mine = claimed
    }
    return mine
  }

  /** The PK, if this room is a side of it. */
  const pkOf = async (roomId: string, pkId: string): Promise<PkDoc | null> => {
    const pk = await store.pk(pkId)
    return pk && (pk.roomId === roomId || pk.rivalId === roomId) ? pk : null
  }

  const answer = async (roomId: string) => {
    const room = await store.room(roomId)
    if (!room) throw new Refusal('not-found', 'no such room')
    return { room: viewOf(room, now()) }
  }

  const finish = async (caller: Caller, { roomId, pkId }: Input<'pk.end'>, from: PkDoc['state'][]) => {
    await ownRoom(deps, caller, roomId)
    const pk = await pkOf(roomId, pkId)
    if (pk?.state === 'over') await settle(pk)
    else if (pk) {
      const question = pk.roomId === roomId ? 'cancelled' : 'refused'
      await end(pkId, from, pk.state === 'asked' ? question : 'ended', { by: roomId })
    }
    return answer(roomId)
  }

  const rivalSees = async (room: RoomDoc, stream: string): Promise<void> => {
    if (room.pk?.state === 'on') await changed(await store.setRivalStream(room.pk.rivalId, room.pk.pkId, stream))
  }
  const reactions: Partial<Reactions> = {
    live: (room) => rivalSees(room, room.stream),
    interrupted: (room) => rivalSees(room, ''),
    async closed(room) {
      if (room.pk) await end(room.pk.pkId, ['asked', 'on'], 'ended', { by: room._id })
    },
  }

  const sweep: SweepPart[] = [
    {
      name: 'pks',
      async run() {
        const due = await store.pksDue(now(), BATCH)
        for (const pk of due) await look(pk).catch((error) => log(`sweeping PK ${pk._id} failed`, error))
        await store.removeOldPks(now() - KEEP_MS)
        return due.length
      },
    },
  ]

  return {
    actions: {
      async 'pk.invite'(caller: Caller, { roomId, rivalRoomId, durationS }: Input<'pk.invite'>) {
        if (roomId === rivalRoomId) {
          const issues = [{ field: 'rivalRoomId', problem: 'is the same room' }]
          throw new Refusal('bad-input', 'a show cannot be its own rival', { issues })
        }
        const [mine, theirs] = await Promise.all([ownRoom(deps, caller, roomId), store.room(rivalRoomId)])
        if (!inOne(mine) || !inOne(theirs)) throw stale('both shows must be on')
        const { pk: open } = mine
        // The same question again: its answer may have been lost on the way.
        if (open?.state === 'invited' && open.rivalId === rivalRoomId && open.endsAt > now()) {
          return { room: viewOf(mine, now()) }
        }
        await limited(deps, `pk:${caller.userId}`, INVITE_EVERY_MS)
        const [own, rival] = await Promise.all([freed(mine), freed(theirs)])
        if (own.pk || rival.pk) throw busy()
        const at = now()
        const pk: PkDoc = {
          _id: `p${deps.randomBytes(PK_RANDOM_BYTES).toString('hex')}`,
          roomId,
          rivalId: rivalRoomId,
          state: 'asked',
          durationMs: durationS * 1000,
          startedAt: 0,
          endsAt: at + config.linkWaitMs,
          endedAt: 0,
          sweepAt: at,
        }
        await store.insertPk(pk)
        const claimed = await claim(pk, own, rival)
        if (!claimed) {
          const over = await store.endPk(pk._id, ['asked'], now())
          if (over) await settle(over)
          throw busy()
        }
        await tell(rival.anchorId, rivalRoomId, pk._id, 'asked')
        return { room: viewOf(claimed, now()) }
      },

      async 'pk.accept'(caller: Caller, { roomId, pkId }: Input<'pk.accept'>) {
        const [own, pk] = await Promise.all([ownRoom(deps, caller, roomId), store.pk(pkId)])
        if (pk?.rivalId !== roomId) throw stale('there is no such question')
        const other = await store.room(pk.roomId)
        const ready = [own, other].every((room) => inOne(room) && room.pk?.pkId === pkId)
        if (pk.state === 'asked' && !ready) throw stale('one of both shows is not on')
        const begun = pk.state === 'asked' ? await store.beginPk(pkId, now(), now() + pk.durationMs) : null
        const on = begun ?? (await store.pk(pkId))
        if (on?.state !== 'on') throw stale('the question is over')
        await settle(on)
        if (begun && other) await tell(other.anchorId, pk.roomId, pkId, 'accepted')
        return answer(roomId)
      },

      'pk.refuse': (caller: Caller, input: Input<'pk.refuse'>) => finish(caller, input, ['asked']),
      'pk.end': (caller: Caller, input: Input<'pk.end'>) => finish(caller, input, ['asked', 'on']),

      async 'pk.play'(caller: Caller, { roomId }: Input<'pk.play'>) {
        const stream = rivalStreamOf(await ownRoom(deps, caller, roomId))
        return { rival: stream === '' ? null : playUrls(config.live, stream, now()) }
      },
    },
    reactions,
    sweep,
  }
}
