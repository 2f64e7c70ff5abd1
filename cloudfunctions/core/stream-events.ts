import type { Context } from './context'
import { parseStream } from './ids'
import { createSeatEvents } from './link/seat-events'

/** A stream began or ended, as the streaming cloud tells it. `sequence` is the same for both ends of one push. */
export interface StreamEvent {
  type: 'begin' | 'end'
  stream: string
  sequence: string
  /** ms */
  eventAt: number
}

const idOf = (type: StreamEvent['type'], { stream, sequence }: StreamEvent): string =>
  `${type === 'begin' ? 1 : 0}:${stream}:${sequence}`

/** What an event does to the stream that it is about. Each is one guarded update with what follows from it. */
interface Effects {
  /** False: nobody may push this any more. */
  isWelcome(event: StreamEvent): Promise<boolean>
  began(event: StreamEvent): Promise<void>
  ended(event: StreamEvent): Promise<void>
}

/**
 * Applies what the streaming cloud reports. Events come at least once and in any order: each is recorded before it is
 * applied and marked when finished, so a repeat does nothing and a delivery that died half-way is taken up again. An
 * end counts for the push it belongs to only. A start looks for its recorded end after it was applied: whichever of
 * the two comes second finds the other one.
 */
export function createStreamEvents(context: Context) {
  const { deps, notices, tidy, reactions } = context
  const { store, config, now } = deps
  const seats = createSeatEvents(context)

  const ofAnchor = (roomId: string): Effects => ({
    async isWelcome({ stream }) {
      const room = await store.room(roomId)
      return room !== null && room.state !== 'closed' && room.stream === stream
    },
    async began(event) {
      const start = { ...event, now: now(), leaseUntil: now() + config.leaseMs }
      const live = await store.begin(roomId, start)
      if (live) {
        await Promise.all([notices.room(live), reactions.live(live)])
        return
      }
      const replaced = await store.replacePush(roomId, start)
      if (replaced) await reactions.replaced(replaced)
    },
    async ended({ stream, sequence }) {
      const deadline = { room: now() + config.graceMs, event: now() + config.eventGraceMs }
      const room = await store.streamEnded(roomId, stream, sequence, deadline)
      if (room) await Promise.all([notices.room(room), reactions.interrupted(room)])
    },
  })

  const ofSeat = (roomId: string, seat: number): Effects => ({
    isWelcome: (event) => seats.isWelcome(roomId, seat, event),
    began: (event) => seats.began(roomId, seat, event),
    ended: (event) => seats.ended(roomId, seat, event),
  })

  const endIsKnown = (event: StreamEvent): Promise<boolean> => store.hasEvent(idOf('end', event))

  const began = async (effects: Effects, event: StreamEvent, welcome: boolean, over: boolean): Promise<void> => {
    if (!welcome) {
      await tidy.forbidNow(event.stream) // pushed though it was given up: an old URL, or a forbid that had not worked
      return
    }
    if (over) return
    await effects.began(event)
    if (await endIsKnown(event)) await effects.ended(event)
  }

  return async (event: StreamEvent): Promise<void> => {
    const stream = parseStream(event.stream)
    // Somebody else's stream on the same domain; or a mixed picture, which nobody pushes.
    if (!stream || stream.of === 'mix') return
    const effects = stream.of === 'seat' ? ofSeat(stream.roomId, stream.seat) : ofAnchor(stream.roomId)
    const id = idOf(event.type, event)
    const recording = store.recordEvent(id, now())
    if (event.type === 'begin') {
      // Everybody waits for the picture that this is about, so nothing waits for the next round that needs not.
      const [recorded, welcome, over] = await Promise.all([recording, effects.isWelcome(event), endIsKnown(event)])
      if (recorded === 'done') return
      await began(effects, event, welcome, over)
    } else {
      if ((await recording) === 'done') return
      await effects.ended(event)
    }
    await store.finishEvent(id)
  }
}
