import type { Input } from '../../../miniprogram/protocol/actions'
import type { Context } from '../context'
import type { RoomDoc, SeatDoc } from '../documents'
import { limited, openRoom } from '../guards'
import { isTrtc } from '../ids'
import { notBanned } from '../order/banned'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { isRaised, NEVER, type Seat, seatOf } from '../seats'
import { countsOf, viewOf } from '../view'
import { TAKE_EVERY_MS } from './calls'
import { stagePlay } from './plays'
import type { Moves } from './stage'
import type { Device } from './store'

const PUSH_EVERY_MS = 1000

/** What the holder of a seat may do: come to it, reconnect, stay, go. */
export function createOwnSeat({ deps, notices }: Context, stage: Moves) {
  const { store, config, now } = deps

  /** The room with the caller's seat, or a refusal. */
  const mine = async (roomId: string, userId: string): Promise<{ room: RoomDoc; seat: Seat }> => {
    const room = await openRoom(deps, roomId)
    const seat = seatOf(room, userId)
    if (!seat) throw new Refusal('not-on-stage', 'you hold no seat in this room')
    return { room, seat }
  }

  /** As `mine`, held by the device that asks. */
  const current = async (
    { userId }: Caller,
    { roomId, seat: number, epoch }: { roomId: string; seat: number; epoch: number },
  ) => {
    const { room, seat } = await mine(roomId, userId)
    if (seat.seat !== number) throw new Refusal('not-on-stage', 'you hold another seat')
    if (seat.doc.epoch !== epoch) {
      throw new Refusal('superseded', 'the seat was taken on another device', { epoch: seat.doc.epoch })
    }
    return { room, seat }
  }

  /** He says that his picture is on: believed where no streaming cloud could tell. */
  const vouched = async ({ room, seat: { seat, doc } }: { room: RoomDoc; seat: Seat }): Promise<RoomDoc | null> => {
    const { stream, streamAt } = doc
    if (!isTrtc(stream)) return null
    const start = { stream, sequence: '', eventAt: streamAt, now: now(), leaseUntil: now() + config.leaseMs }
    const began = await store.seatBegan(room._id, seat, start)
    if (began) await stage.changed(began)
    return began
  }

  return {
    async 'seat.take'({ userId }: Caller, { roomId }: Input<'seat.take'>) {
      // Whoever was banned between his request and its answer comes no further than to a seat that is held for him.
      await Promise.all([limited(deps, `take:${userId}`, TAKE_EVERY_MS), notBanned(deps, roomId, userId)])
      for (;;) {
        const { room, seat } = await mine(roomId, userId)
        const taken = await stage.take(room, seat)
        if (taken) return { ...stage.grant(taken), room: viewOf(taken.room, now()) }
      }
    },

    async 'seat.push'(caller: Caller, input: Input<'seat.push'>) {
      const { room, seat } = await current(caller, input)
      await limited(deps, `seat-push:${caller.userId}`, PUSH_EVERY_MS)
      if (seat.doc.taken) return stage.grant({ room, seat })
      const taken = await stage.take(room, seat)
      return stage.grant(taken ?? (await current(caller, input)))
    },

    async 'seat.beat'(caller: Caller, input: Input<'seat.beat'>) {
      const { roomId, seat, epoch, version, pushing } = input
      const unrenewed = async (): Promise<RoomDoc> => {
        const found = await current(caller, input)
        return (pushing ? await vouched(found) : null) ?? found.room
      }
      const room =
        (await store.renewSeat(roomId, caller.userId, seat, epoch, now() + config.leaseMs)) ?? (await unrenewed())
      const news = room.version !== version
      return {
        room: news ? viewOf(room, now()) : null,
        counts: countsOf(room),
        play: news ? stagePlay(config.live, room, now(), caller.userId) : null,
      }
    },

    async 'seat.device'({ userId }: Caller, input: Input<'seat.device'>) {
      const { roomId, hand, away } = input
      for (;;) {
        const { room, seat } = await mine(roomId, userId)
        if (room.kind !== 'call' && (hand || away)) throw new Refusal('forbidden', 'hand and hold belong to calls')
        const news = newsOf(seat.doc, input, now())
        if (Object.keys(news).length === 0) return { room: viewOf(room, now()) }
        const after = await store.setDevice(roomId, seat, news)
        if (!after) continue
        await notices.room(after)
        return { room: viewOf(after, now()) }
      }
    },

    async 'seat.leave'({ userId }: Caller, { roomId }: Input<'seat.leave'>) {
      return { left: (await stage.leave(roomId, userId)) !== null }
    },
  }
}

/** Of what the holder says, what is not known of his seat yet. */
const newsOf = (doc: SeatDoc, { micOff, cameraOff, hand, away }: Input<'seat.device'>, now: number): Device => ({
  ...(micOff === doc.micOff ? {} : { micOff }),
  ...(cameraOff === doc.cameraOff ? {} : { cameraOff }),
  ...(hand === undefined || hand === isRaised(doc) ? {} : { handAt: hand ? now : NEVER }),
  ...(away === undefined || away === (doc.away ?? false) ? {} : { away }),
})
