import type { Input } from '../../../miniprogram/protocol/actions'
import type { OpenedEvent } from '../../../miniprogram/protocol/admin'
import type { User } from '../../../miniprogram/protocol/room'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { roomIdFor, STREAM_RANDOM_BYTES, streamName } from '../ids'
import { encoderPush } from '../live-urls'
import { newRoom } from '../new-room'
import { Refusal } from '../refusal'
import { newStage } from '../seats'
import { viewOf } from '../view'

/** What an operator says of an event. `opensAt`: when it is announced to begin (server time, ms); absent: not announced. */
export interface NewEvent
  extends Pick<Input<'create'>, 'title' | 'cover' | 'notice' | 'tags' | 'record' | 'lowLatency'> {
  /** The same request again gives the same event. */
  requestId: string
  opensAt?: number
}

/**
 * Events (PGC): one official stream, pushed by an encoder with an address that lasts. The page is there before the show
 * (`idle`, in the list as upcoming, for as long as it takes), during it, and after it, among those that have ended. An
 * operator may have any number of them open; whoever opened one is its anchor.
 */
export function createEvents({ deps, notices, tidy }: Context) {
  const { store, chat, config, now, log } = deps

  const newStream = (roomId: string, epoch: number): string =>
    streamName(roomId, epoch, deps.randomBytes(STREAM_RANDOM_BYTES))

  const opened = (room: RoomDoc): OpenedEvent => ({
    room: viewOf(room, now()),
    push: encoderPush(config.live, room.stream, now()),
  })

  const eventOf = async (roomId: string): Promise<RoomDoc> => {
    const room = await store.room(roomId)
    if (!room) throw new Refusal('not-found', 'no such event')
    if (room.kind !== 'event') throw new Refusal('forbidden', 'this room is no event')
    return room
  }

  const openEvent = async (roomId: string): Promise<RoomDoc> => {
    const room = await eventOf(roomId)
    if (room.state === 'closed') throw new Refusal('room-closed', 'the event has ended: open it again first')
    return room
  }

  const withGroup = async (roomId: string): Promise<void> => {
    try {
      await chat.createGroup(roomId)
    } catch (error) {
      log(`chat group of ${roomId} could not be made`, error)
      throw new Refusal('unavailable', 'the chat service did not answer')
    }
  }

  return {
    async open(by: User, { requestId, ...wish }: NewEvent): Promise<OpenedEvent> {
      const roomId = roomIdFor(config.userIdSecret, by.userId, `event\n${requestId}`)
      const id = { roomId, stream: newStream(roomId, 1), anchorId: by.userId, anchorName: by.name }
      const fresh = newRoom(id, { kind: 'event', ...wish }, newStage(0, wish.lowLatency ?? 0), { now: now(), config })
      const mine = await store.insertRoom(fresh)
      const room = mine ? fresh : await store.keep(roomId)
      if (!room) throw new Refusal('room-closed', 'this event has ended: open it again, or make another request')
      try {
        await withGroup(roomId)
      } catch (error) {
        if (mine) await store.takeBack(roomId)
        throw error
      }
      return opened(room)
    },

    /** The same stream, with an address that lasts from now on. */
    push: async ({ roomId }: { roomId: string }): Promise<OpenedEvent> => opened(await openEvent(roomId)),

    /** Another stream, because the address has come into wrong hands: the old one is forbidden. */
    async renew({ roomId }: { roomId: string }): Promise<OpenedEvent> {
      for (;;) {
        const seen = await openEvent(roomId)
        const at = now()
        const room = await store.takeOver(seen, {
          stream: newStream(roomId, seen.epoch + 1),
          anchorName: seen.anchorName,
          // Before its show an event waits for as long as it takes.
          closesAt: seen.startedAt === undefined ? 0 : at + config.eventGraceMs,
          leaseUntil: at + config.leaseMs,
          now: at,
        })
        if (!room) continue // another operator was faster
        await Promise.all([tidy(room), notices.room(room)])
        return opened(room)
      }
    },

    /** After its end, or an end by mistake: the page waits for a show again. */
    async reopen({ roomId }: { roomId: string }): Promise<OpenedEvent> {
      const seen = await eventOf(roomId)
      if (seen.state !== 'closed') return opened(seen)
      if (seen.tidyAt !== 0 && !(await tidy(seen))) {
        throw new Refusal('unavailable', 'what the event left behind could not be cleared up yet')
      }
      await withGroup(roomId)
      const next = { stream: newStream(roomId, seen.epoch + 1), leaseUntil: now() + config.leaseMs }
      const room = await store.reopenEvent(seen, next)
      if (!room) return opened(await openEvent(roomId)) // another operator was faster
      await notices.room(room)
      return opened(room)
    },
  }
}

export type Events = ReturnType<typeof createEvents>
