import type { PkView, RoomCounts, RoomSummary, RoomView, SeatView, ShowSummary } from '../../miniprogram/protocol/room'
import type { RoomDoc, RoomPk, SeatDoc } from './documents'
import { scoresOf } from './pk/side'
import { NEVER, seatsOf } from './seats'

/** The structure of a room as everybody may see it: no stream name, no lease. */
export function viewOf(room: RoomDoc, now: number): RoomView {
  return {
    roomId: room._id,
    kind: room.kind,
    title: room.title,
    cover: room.cover,
    coverFile: room.coverFile || null,
    notice: room.notice,
    tags: room.tags,
    anchor: { userId: room.anchorId, name: room.anchorName },
    admins: room.admins,
    muteAll: room.muteAll,
    // A room that is over has no stage, whether the sweeper has cleared it already or not.
    seats: room.state === 'closed' ? [] : seatsOf(room).map(({ seat, doc }) => seatViewOf(seat, doc, now)),
    mixed: room.mix !== '' && room.kind !== 'call' && room.state !== 'closed',
    lowLatency: room.fastMax > 0,
    cameraOff: room.cameraOff === true,
    // A call says so before anybody pushes, or he would be recorded without having been asked.
    recording: (room.recordTask !== '' || (room.kind === 'call' && room.record)) && room.state !== 'closed',
    pk: room.state === 'closed' ? null : pkViewOf(room.pk, now),
    opensAt: room.opensAt || null,
    state: room.state,
    reason: room.reason,
    version: room.version,
    epoch: room.epoch,
    createdAt: room.createdAt,
    startedAt: room.startedAt ?? null,
    closesInMs: room.closesAt === 0 ? null : Math.max(0, room.closesAt - now),
  }
}

function seatViewOf(seat: number, doc: SeatDoc, now: number): SeatView {
  const { userId, name, locked, quietMic, quietCamera, handAt = NEVER, epoch } = doc
  return {
    seat,
    user: userId === '' ? null : { userId, name },
    state: userId === '' ? 'free' : doc.state,
    locked,
    micOff: doc.micOff || quietMic,
    cameraOff: doc.cameraOff || quietCamera,
    quieted: { mic: quietMic, camera: quietCamera },
    handAt: handAt === NEVER ? null : handAt,
    away: doc.away === true,
    epoch,
    endsInMs: userId !== '' && doc.state === 'held' ? Math.max(0, doc.until - now) : null,
  }
}

function pkViewOf(pk: RoomPk | null, now: number): PkView | null {
  if (!pk) return null
  return {
    pkId: pk.pkId,
    state: pk.state,
    rival: {
      roomId: pk.rivalId,
      title: pk.rivalTitle,
      anchor: { userId: pk.rivalAnchorId, name: pk.rivalAnchorName },
    },
    startedAt: pk.startedAt || null,
    endsInMs: Math.max(0, pk.endsAt - now),
  }
}

export function countsOf(room: RoomDoc): RoomCounts {
  const { viewers, likes, totalViewers, peakViewers } = room
  return { viewers, likes, totalViewers, peakViewers, pk: scoresOf(room) }
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
