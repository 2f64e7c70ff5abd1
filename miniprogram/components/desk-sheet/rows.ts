import { formatDuration } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import type { RoomView, SeatView } from '../../protocol/room'
import type { Waiting } from '../../stores/room/desk/types'
import { type Face, faceOf } from '../shared/person'
import type { SecondHand } from '../shared/second-hand'

/** Somebody who waits, or was invited. */
export interface WaitingRow extends Face {
  linkId: string
  left: string
  busy: boolean
  acceptLabel: string
  rejectLabel: string
  uninviteLabel: string
}

/** A seat, and who holds it. */
export interface SeatRow extends Face {
  seat: number
  taken: boolean
  locked: boolean
  /** Its number, for a free one. */
  heading: string
  state: string
  micOff: boolean
  cameraOff: boolean
  micLabel: string
  cameraLabel: string
  kickLabel: string
  lockLabel: string
}

export function waitingRow(
  lang: Locale,
  { link, endsAt, busy }: Waiting,
  second: Pick<SecondHand, 'secondsTo'>,
): WaitingRow {
  const face = faceOf(lang, link.user)
  const { name } = face
  const time = formatDuration(second.secondsTo(endsAt) * 1000)
  return {
    ...face,
    linkId: link.linkId,
    busy,
    left: text(lang, link.kind === 'invite' ? 'desk.invited.left' : 'desk.left', { time }),
    acceptLabel: text(lang, 'desk.accept.label', { name }),
    rejectLabel: text(lang, 'desk.reject.label', { name }),
    uninviteLabel: text(lang, 'desk.uninvite.label', { name }),
  }
}

function seatRow(lang: Locale, { seat, user, state, locked, quieted }: SeatView): SeatRow {
  const face = faceOf(lang, user ?? { userId: '', name: '' })
  const { name } = face
  const word = user ? (state === 'on' ? 'on' : 'held') : locked ? 'locked' : 'free'
  return {
    ...face,
    seat,
    taken: user !== null,
    locked,
    heading: user ? name : text(lang, 'desk.seat', { n: seat }),
    state: text(lang, `desk.seat.${word}`),
    micOff: quieted.mic,
    cameraOff: quieted.camera,
    micLabel: text(lang, quieted.mic ? 'desk.mic.on' : 'desk.mic.off', { name }),
    cameraLabel: text(lang, quieted.camera ? 'desk.camera.on' : 'desk.camera.off', { name }),
    kickLabel: text(lang, 'desk.kick.label', { name }),
    lockLabel: text(lang, locked ? 'desk.unlock.label' : 'desk.lock.label', { n: seat }),
  }
}

export const seatRows = (lang: Locale, room: RoomView | null): SeatRow[] =>
  room?.seats.map((seat) => seatRow(lang, seat)) ?? []
