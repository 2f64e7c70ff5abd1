import type { Input } from '../../../miniprogram/protocol/actions'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { RoomCounts, RoomReason, RoomView, ShowSummary } from '../../../miniprogram/protocol/room'
import { roomView, seatView } from './room-view'

/** A room as the fake service keeps it. */
export interface FakeRoom {
  view: RoomView
  likes: number
  viewers: Set<string>
  everybody: Set<string>
  requestId: string
  /** Viewers with a picture without delay. */
  fast?: Set<string>
  /** Of a call: it was opened to be recorded; it ends when its owner leaves. */
  record?: boolean
  endsWithOwner?: boolean
}

/** As it is created: a call is on at once, and seats nobody yet. */
export function newRoom(roomId: string, user: string, form: Input<'create'>, now: number): FakeRoom {
  const { title, cover, coverFile, requestId, kind = 'live', record = false, endsWithOwner = false } = form
  const call = kind === 'call'
  const places = call ? (form.seats ?? LIMITS.callSeatsDefault) : 3
  const view = roomView({
    roomId,
    kind,
    title,
    cover,
    coverFile: coverFile || null,
    anchor: { userId: user, name: user },
    state: call ? 'live' : 'idle',
    recording: call && record,
    createdAt: now,
    startedAt: call ? now : null,
    closesInMs: call ? null : 300_000,
    seats: Array.from({ length: places }, (_, i) => seatView({ seat: i + 1, epoch: 0 })),
  })
  return { view, likes: 0, viewers: new Set(), everybody: new Set(), requestId, record, endsWithOwner }
}

/** Why a call is over when this person leaves it as it then is; null: it goes on. */
export function endOf({ endsWithOwner }: FakeRoom, after: RoomView, userId: string): RoomReason | null {
  if (after.kind !== 'call') return null
  if (endsWithOwner && userId === after.anchor.userId) return 'owner-left'
  return after.seats.some(({ user }) => user) ? null : 'empty'
}

export const streamOf = ({ roomId, epoch }: RoomView): string => `${roomId}_${epoch}`

export const urlsOf = (name: string) => ({
  flv: `http://play/live/${name}.flv`,
  hls: `http://play/live/${name}.m3u8`,
  webrtc: null,
})

export function countsOf({ viewers, everybody, likes }: FakeRoom): RoomCounts {
  return { viewers: viewers.size, likes, totalViewers: everybody.size, peakViewers: everybody.size, pk: null }
}

export function summaryOf(room: FakeRoom, now: number): ShowSummary {
  const { likes, totalViewers, peakViewers } = countsOf(room)
  return { durationMs: now - (room.view.startedAt ?? now), totalViewers, peakViewers, likes }
}
