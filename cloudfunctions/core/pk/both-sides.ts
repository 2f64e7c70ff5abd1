import type { PkNews } from '../../../miniprogram/protocol/messages'
import type { Context } from '../context'
import type { PkDoc, RoomDoc } from '../documents'

/** Nobody who was still at work on it when it ended is at work after this. */
const AFTERMATH_MS = 60_000
/** A PK is looked at in every sweep, so that no side shows a rival who is gone for longer than that. */
const LOOK_MS = 1000

/** Brings both rooms in line with their PK, as often as it takes. Everything in here is safe to repeat. */
export function createBothSides(context: Context) {
  const { store, chat, now, log } = context.deps
  const { notices } = context

  /** A room has changed because of a PK: everybody is told, and the mixed picture follows. */
  const changed = async (room: RoomDoc | null): Promise<void> => {
    // Who watched a closed room has been told its last version.
    if (!room || room.state === 'closed') return
    await Promise.all([notices.room(room), context.reactions.stage(room)])
  }

  const belongs = (room: RoomDoc | null, pk: PkDoc): room is RoomDoc =>
    room !== null && room.state !== 'closed' && room.pk?.pkId === pk._id

  const raise = async (pk: PkDoc, room: RoomDoc, rival: RoomDoc): Promise<void> => {
    const rivalStream = rival.state === 'live' ? rival.stream : ''
    const { startedAt, endsAt } = pk
    const raised = await store.raisePk(room._id, pk._id, {
      state: 'on',
      startedAt,
      endsAt,
      likesBefore: room.likes,
      rivalStream,
    })
    await changed(raised ?? (await store.setRivalStream(room._id, pk._id, rivalStream)))
    await notices.score(room)
  }

  /** The last figures first, while both rooms have a place for them. */
  const lower = async (pk: PkDoc, sides: (RoomDoc | null)[]): Promise<void> => {
    const left = sides.filter((room): room is RoomDoc => room?.pk?.pkId === pk._id)
    await Promise.all(left.map((room) => notices.score(room)))
    await Promise.all(left.map(async (room) => changed(await store.clearPk(room._id, pk._id))))
  }

  /** What an anchor is told. A hint: the room holds the truth. */
  const tell = async (userId: string, roomId: string, pkId: string, what: PkNews): Promise<void> => {
    try {
      await chat.tell(userId, { type: 'pk', roomId, pkId, what })
    } catch (error) {
      log(`PK ${pkId}: ${what} was not told to an anchor`, error)
    }
  }

  /** Both rooms as the PK says; a PK that a side has left is over. */
  const settle = async (pk: PkDoc): Promise<PkDoc> => {
    const [asking, asked] = await Promise.all([store.room(pk.roomId), store.room(pk.rivalId)])
    if (pk.state === 'over') {
      await lower(pk, [asking, asked])
      return pk
    }
    const whole = belongs(asking, pk) && belongs(asked, pk)
    if (whole) {
      if (pk.state === 'on') await Promise.all([raise(pk, asking, asked), raise(pk, asked, asking)])
      return pk
    }
    // While it is asked, one side may still be on its way to its place.
    const gone = [asking, asked].some((room) => !room || room.state === 'closed')
    if (pk.state === 'asked' && !gone) return pk
    return (await end(pk._id, ['asked', 'on'], 'ended')) ?? pk
  }

  /** Ends a PK or a question, if it is in one of these states; `by`: the room whose anchor knows already. */
  const end = async (
    pkId: string,
    from: PkDoc['state'][],
    what: PkNews,
    { by, dueBy }: { by?: string; dueBy?: number } = {},
  ): Promise<PkDoc | null> => {
    const over = await store.endPk(pkId, from, now(), dueBy)
    if (!over) return null
    const sides = await Promise.all([over.roomId, over.rivalId].map((id) => store.room(id)))
    await Promise.all(
      sides.map((room) => (room && room._id !== by ? tell(room.anchorId, room._id, pkId, what) : undefined)),
    )
    return settle(over)
  }

  return {
    settle,
    end,
    tell,
    changed,

    /** A look of the sweeper. */
    async look(seen: PkDoc): Promise<void> {
      const late = seen.state !== 'over' && seen.endsAt <= now()
      const what = seen.state === 'asked' ? 'expired' : 'ended'
      const pk = (late ? await end(seen._id, [seen.state], what, { dueBy: now() }) : null) ?? (await settle(seen))
      if (pk.state !== 'over') return store.lookAtPk(pk, Math.min(pk.endsAt, now() + LOOK_MS))
      const last = pk.endedAt + AFTERMATH_MS
      return store.lookAtPk(pk, last > now() ? last : 0)
    },
  }
}
