import type { Context } from './context'
import { roomOfStream } from './ids'

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

/**
 * Applies what the streaming cloud reports. Events come at least once and in any order: each is recorded before it is
 * applied and marked when finished, so a repeat does nothing and a delivery that died half-way is taken up again. An
 * end counts for the push it belongs to only. A start looks for its recorded end after it was applied: whichever of
 * the two comes second finds the other one.
 */
export function createStreamEvents({ deps, notices, tidy, reactions }: Context) {
  const { store, config, now } = deps

  const ended = async (roomId: string, event: StreamEvent): Promise<void> => {
    const room = await store.streamEnded(roomId, event.stream, event.sequence, now() + config.graceMs)
    if (room) await Promise.all([notices.room(room), reactions.interrupted(room)])
  }

  const began = async (roomId: string, event: StreamEvent): Promise<void> => {
    const room = await store.room(roomId)
    if (!room || room.state === 'closed' || room.stream !== event.stream) {
      await tidy.forbidNow(event.stream) // pushed though it was given up: an old URL, or a forbid that had not worked
      return
    }
    if (await store.hasEvent(idOf('end', event))) return
    const start = { ...event, now: now(), leaseUntil: now() + config.leaseMs }
    const live = await store.begin(roomId, start)
    if (live) await Promise.all([notices.room(live), reactions.live(live)])
    else await store.replacePush(roomId, start)
    if (await store.hasEvent(idOf('end', event))) await ended(roomId, event)
  }

  return async (event: StreamEvent): Promise<void> => {
    const roomId = roomOfStream(event.stream)
    if (!roomId) return // somebody else's stream on the same domain
    const id = idOf(event.type, event)
    if ((await store.recordEvent(id, now())) === 'done') return
    if (event.type === 'begin') await began(roomId, event)
    else await ended(roomId, event)
    await store.finishEvent(id)
  }
}
