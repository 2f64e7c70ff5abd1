import { reaction } from 'mobx-miniprogram'
import type { RtcRoom } from '../../stores/rtc-room/rtc-room'
import { heraldRoom } from '../room/herald'
import type { Ui } from '../room/ui'
import type { RtcRoomEvents } from './events'

type Tell = <K extends keyof RtcRoomEvents>(event: K, detail: RtcRoomEvents[K]) => void

/** Follows a call and tells the page what happens in it. Returns what ends that. */
export function herald(room: RtcRoom, ui: Ui, tell: Tell): () => void {
  let roomId = ''
  const ends = [
    heraldRoom({ room, ui, kind: 'call', tell, problem: () => room.desk.problem }),
    reaction(
      () => room.room?.roomId ?? '',
      (id) => {
        roomId = id || roomId
      },
    ),
    reaction(
      () => ui.left,
      (left) => left && tell('left', { roomId }),
    ),
    reaction(
      () => room.phase === 'ended',
      (ended) =>
        ended &&
        tell('ended', { roomId, reason: room.room?.reason ?? null, durationMs: room.summary?.durationMs ?? 0 }),
    ),
  ]
  return () => {
    for (const end of ends.splice(0)) end()
  }
}
