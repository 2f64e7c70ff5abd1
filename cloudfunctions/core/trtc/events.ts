import { TRTC_USER } from '../../../miniprogram/protocol/link'
import type { Context } from '../context'
import { trtcUserOf } from '../ids'
import { createStage } from '../link/stage'
import type { Streaming } from '../ports'

/** Somebody has come into a TRTC room, or begun to send; or he has left it. */
export interface MediaEvent {
  type: 'begin' | 'end'
  roomId: string
  /** As TRTC knows him: see `trtcUserOf`. */
  userId: string
  /** ms */
  eventAt: number
}

/**
 * Applies what TRTC tells of the people in its rooms. Events come more than once and in any order: the latest time stands,
 * so an end that is older than the last beginning changes nothing, and the other way round. Who is there without a seat, or
 * with one that he has lost, is sent out again.
 */
export function createMediaEvents(context: Context, streaming: Pick<Streaming, 'forbidUser'>) {
  const { store, config, now, log } = context.deps
  const { changed } = createStage(context)

  const sendOut = async (roomId: string, userId: string): Promise<void> => {
    try {
      await streaming.forbidUser(roomId, userId)
    } catch (error) {
      log(`${userId} could not be sent out of ${roomId} yet`, error)
    }
  }

  return async ({ type, roomId, userId, eventAt }: MediaEvent): Promise<void> => {
    const [, number] = TRTC_USER.exec(userId) ?? []
    const room = number === undefined ? null : await store.room(roomId)
    if (!room || number === undefined) return
    const seat = Number(number)
    const stream = room.state === 'closed' ? '' : (room.seats[seat]?.stream ?? '')
    if (stream === '' || trtcUserOf(stream) !== userId) {
      if (type === 'begin') await sendOut(roomId, userId)
      return
    }
    if (type === 'end') {
      const ended = await store.seatEnded(roomId, seat, {
        stream,
        sequence: '',
        until: now() + config.graceMs,
        eventAt,
      })
      if (ended) await changed(ended)
      return
    }
    const start = { stream, sequence: '', eventAt, now: now(), leaseUntil: now() + config.leaseMs }
    const began = await store.seatBegan(roomId, seat, start)
    if (began) await changed(began)
    else await store.seatPushed(roomId, seat, start)
  }
}
