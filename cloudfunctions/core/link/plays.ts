import type { LinkTicket, SeatGrant, StagePlay } from '../../../miniprogram/protocol/link'
import type { LinkDoc, RoomDoc } from '../documents'
import { isTrtc } from '../ids'
import { type LiveUrlConfig, lowLatencyUrl, pushGrant } from '../live-urls'
import type { ServiceConfig } from '../ports'
import { heldSeats, type Seat } from '../seats'
import { trtcGrant } from '../trtc/grant'

/** A request or an invitation as those whom it concerns see it. */
export const ticketOf = (userId: string, { linkId, kind, name, expiresAt }: LinkDoc, now: number): LinkTicket => ({
  linkId,
  kind,
  user: { userId, name },
  expiresInMs: Math.max(0, expiresAt - now),
})

/** Who waits, by user id, longest first; what is over is left out, whether the sweeper has been there or not. */
export const waitingIn = (room: Pick<RoomDoc, 'links'>, now: number): [userId: string, ticket: LinkDoc][] =>
  Object.entries(room.links)
    .filter(([, { expiresAt }]) => expiresAt > now)
    .sort(([, a], [, b]) => a.at - b.at || (a.linkId < b.linkId ? -1 : 1))

/** Everybody who waits, longest first: for the anchor and his admins only. */
export const ticketsOf = (room: Pick<RoomDoc, 'links'>, now: number): LinkTicket[] =>
  waitingIn(room, now).map(([userId, ticket]) => ticketOf(userId, ticket, now))

/** The anchor's picture without delay, while he pushes one. */
export function anchorPlay(config: LiveUrlConfig, room: RoomDoc, now: number): StagePlay | null {
  if (room.kind === 'call' || room.state !== 'live') return null
  return { userId: room.anchorId, seat: 0, ...lowLatencyUrl(config, room.stream, now) }
}

/** The invitation that waits for this person's answer, or null. */
export function invitationOf({ links }: Pick<RoomDoc, 'links'>, userId: string, now: number): LinkTicket | null {
  const ticket = links[userId]
  return ticket?.kind === 'invite' && ticket.expiresAt > now ? ticketOf(userId, ticket, now) : null
}

/**
 * The pictures of everybody on stage, without delay, but of one: his own. Who is about to push is among them, so that nobody
 * has to ask once he does. The URLs can push: for people on stage, and the anchor, only.
 */
export function stagePlay(config: LiveUrlConfig, room: RoomDoc, now: number, exceptUserId: string): StagePlay[] {
  const anchor = anchorPlay(config, room, now)
  const linkers = heldSeats(room).flatMap(({ seat, doc }) => {
    return isTrtc(doc.stream) ? [] : [{ userId: doc.userId, seat, ...lowLatencyUrl(config, doc.stream, now) }]
  })
  return [...(anchor ? [anchor] : []), ...linkers].filter(({ userId }) => userId !== exceptUserId)
}

/** What the holder of this seat needs, freshly signed. For him only. */
export const seatGrant = (
  { live, media }: Pick<ServiceConfig, 'live' | 'media'>,
  room: RoomDoc,
  { seat, doc }: Seat,
  now: number,
): SeatGrant => ({
  seat,
  epoch: doc.epoch,
  ...(trtcGrant(media, doc.stream, now) ?? { push: pushGrant(live, doc.stream, now), media: { kind: 'rtmp' } }),
  play: stagePlay(live, room, now, doc.userId),
})
