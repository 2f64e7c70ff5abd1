import type { Context } from '../context'
import type { StreamEvent } from '../stream-events'
import { createStage } from './stage'

/** Applies what the streaming cloud tells of the stream of a seat. How events come: see `createStreamEvents`. */
export function createSeatEvents(context: Context) {
  const { reactions } = context
  const { store, config, now } = context.deps
  const { changed } = createStage(context)

  return {
    /** False: nobody may push this any more. */
    async isWelcome(roomId: string, seat: number, { stream }: StreamEvent): Promise<boolean> {
      const room = await store.room(roomId)
      return room !== null && room.state !== 'closed' && room.seats[seat]?.stream === stream
    },
    async began(roomId: string, seat: number, event: StreamEvent): Promise<void> {
      const start = { ...event, now: now(), leaseUntil: now() + config.leaseMs }
      const room = await store.seatBegan(roomId, seat, start)
      if (room) {
        await changed(room)
        return
      }
      const replaced = await store.seatPushed(roomId, seat, start)
      if (replaced) await reactions.replaced(replaced)
    },
    /** The picture may come back within the grace; until then the seat is still his. */
    async ended(roomId: string, seat: number, { stream, sequence }: StreamEvent): Promise<void> {
      const room = await store.seatEnded(roomId, seat, { stream, sequence, until: now() + config.graceMs })
      if (room) await changed(room)
    },
  }
}
