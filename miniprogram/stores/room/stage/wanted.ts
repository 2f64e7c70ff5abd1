import type { ViewerPlay } from '../../../protocol/actions'
import type { StagePlay } from '../../../protocol/link'
import type { RoomView } from '../../../protocol/room'
import type { Sender } from '../../media/plane'
import { isHeld, slotOf } from './places'
import type { Slot } from './types'

/** A picture that is to be seen: whose, and from where. */
export interface Wanted {
  readonly slot: Slot
  readonly address: string
  readonly mode: 'live' | 'RTC'
  /** There is a stream, as far as the server knows. */
  readonly live: boolean
  /** It shows the whole stage. */
  readonly mix: boolean
}

/** An address without delay, and for which stream of its seat it is. */
export interface KnownPlay extends StagePlay {
  readonly epoch: number
  /** It is there, whatever the server knows by now. */
  readonly sure?: true
}

/** All that is known about where this stage is seen. */
export interface Sources {
  readonly room: RoomView
  readonly me: string
  /** Of everybody on stage, for somebody on stage; null for who only watches. */
  readonly plays: readonly KnownPlay[] | null
  /** What a viewer plays, and whether that is the mix; null for the anchor, and before the first answer. */
  readonly viewer: { readonly play: ViewerPlay; readonly mix: boolean } | null
  /** The other show of a PK, or ''. */
  readonly rival: string
  /** Pictures without delay do not work here. */
  readonly plain: boolean
}

const ordinary = ({ room, viewer }: Sources): Wanted | null =>
  viewer && { slot: 'anchor', address: viewer.play.flv, mode: 'live', live: room.state === 'live', mix: viewer.mix }

const direct = (slot: Slot, { url }: StagePlay): Wanted => ({
  slot,
  address: url,
  mode: 'RTC',
  live: true,
  mix: false,
})

function mainOf(sources: Sources): Wanted | null {
  const { room, plays, viewer, plain } = sources
  const play = plays ? plays.find(({ seat }) => seat === 0) : viewer?.play.lowLatency
  const fallback = ordinary(sources)
  // Who is on stage would hear himself in the mix.
  const usable = fallback && !(plays && fallback.mix) ? fallback : null
  return play && room.state === 'live' && !(plain && usable) ? direct('anchor', play) : usable
}

function rivalOf({ room, rival }: Sources): Wanted[] {
  if (rival === '' || room.pk?.state !== 'on') return []
  return [{ slot: 'rival', address: rival, mode: 'live', live: true, mix: false }]
}

/** The pictures that are to be seen, the most important one first. Nobody has one before he pushes. */
export function wantedOf(sources: Sources): Wanted[] {
  const { room, me, plays } = sources
  const main = room.anchor.userId === me ? null : mainOf(sources)
  const linkers = room.seats.filter(isHeld).flatMap(({ seat, user, state }) => {
    const play = plays?.find((known) => known.seat === seat && known.userId === user.userId)
    return play && (state === 'on' || play.sure) && user.userId !== me ? [direct(slotOf(seat), play)] : []
  })
  // The mix shows the rival, too.
  return [...(main ? [main] : []), ...linkers, ...(main?.mix ? [] : rivalOf(sources))]
}

/** Somebody pushes, or has a seat to push from, and the server has not told yet where he is seen. */
export function isIncomplete({ room, me, plays }: Pick<Sources, 'room' | 'me' | 'plays'>): boolean {
  if (!plays) return false
  const missing = (userId: string, seat: number, epoch: number) =>
    userId !== me && !plays.some((play) => play.userId === userId && play.seat === seat && play.epoch === epoch)
  const anchor = room.kind !== 'call' && room.state === 'live' && missing(room.anchor.userId, 0, room.epoch)
  return anchor || room.seats.some((seat) => isHeld(seat) && missing(seat.user.userId, seat.seat, seat.epoch))
}

/** An answer of the server, with the streams that its addresses name. */
export const known = (room: RoomView, plays: readonly StagePlay[]): KnownPlay[] =>
  plays.map((play) => {
    const seat = room.seats.find((each) => each.seat === play.seat)
    return { ...play, epoch: (play.seat === 0 ? room.epoch : seat?.epoch) ?? 0 }
  })

/** The same of what is told in a media room: of those whose seats are still, or already, theirs. */
export const seated = (room: RoomView, senders: readonly Sender[]): KnownPlay[] =>
  senders.flatMap(({ seat, epoch, url }) => {
    const user = room.seats.find((each) => each.seat === seat && each.epoch === epoch)?.user
    return user ? [{ userId: user.userId, seat, epoch, url, expiresInMs: Number.POSITIVE_INFINITY, sure: true }] : []
  })
