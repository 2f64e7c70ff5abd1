import type { RoomCounts, RoomView, ShowSummary } from '../../../miniprogram/protocol/room'

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
