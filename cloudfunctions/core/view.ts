import type { RoomCounts, RoomSummary, RoomView, ShowSummary } from '../../miniprogram/protocol/room'
import type { RoomDoc } from './ports'

/** The structure of a room as everybody may see it: no stream name, no lease. */
export function viewOf(room: RoomDoc, now: number): RoomView {
  return {
    roomId: room._id,
    kind: 'live',
    title: room.title,
    cover: room.cover,
    anchor: { userId: room.anchorId, name: room.anchorName },
    state: room.state,
    reason: room.reason,
    version: room.version,
    epoch: room.epoch,
    createdAt: room.createdAt,
    startedAt: room.startedAt ?? null,
    closesInMs: room.closesAt === 0 ? null : Math.max(0, room.closesAt - now),
  }
}

export function countsOf(room: RoomDoc): RoomCounts {
  const { viewers, likes, totalViewers } = room
  // The peak is written just after the count it follows.
  return { viewers, likes, totalViewers, peakViewers: Math.max(room.peakViewers, viewers) }
}

export function rowOf(room: RoomDoc, now: number): RoomSummary {
  return { room: viewOf(room, now), counts: countsOf(room) }
}

/** The closing figures. A show that never had a picture lasted 0 ms. */
export function summaryOf(room: RoomDoc, now: number): ShowSummary {
  const { likes, totalViewers, peakViewers } = countsOf(room)
  const durationMs = room.startedAt === undefined ? 0 : Math.max(0, (room.closedAt || now) - room.startedAt)
  return { durationMs, totalViewers, peakViewers, likes }
}
