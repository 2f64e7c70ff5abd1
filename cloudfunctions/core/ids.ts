import { createHmac } from 'node:crypto'

/** Ids of rooms: made here, never chosen by a client, never used twice, safe in a URL and as a chat group id. */
export const ROOM_ID = /^r[0-9a-f]{24}$/
/** Public ids of people: see `publicUserId`. */
export const USER_ID = /^u[A-Za-z0-9_-]{22}$/
const STREAM = /^(r[0-9a-f]{24})_(?:([0-9]{1,9})|s([1-9])e[0-9]{1,9}|m)_[0-9a-f]{32}$/

/** How much chance a stream name holds, in bytes: nobody guesses one, so knowing it means having been given it. */
export const STREAM_RANDOM_BYTES = 16
const LINK_RANDOM_BYTES = 12

/** `Deps.randomBytes`: from a cryptographic source. */
type RandomBytes = (size: number) => Buffer

const hmac = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(text).digest()

/** The id that others see: stable for a person, 23 characters of `[A-Za-z0-9_-]`, and says nothing about the OPENID. */
export function publicUserId(secret: string, openid: string): string {
  return `u${hmac(secret, `user\n${openid}`).toString('base64url').slice(0, 22)}`
}

/** The room that this request of this user makes. The same request again names the same room, so a retry is safe. */
export function roomIdFor(secret: string, userId: string, requestId: string): string {
  return `r${hmac(secret, `room\n${userId}\n${requestId}`).toString('hex').slice(0, 24)}`
}

/** The ring that this request of this user makes in a room. The same request again names the same ring. */
export function ringIdFor(secret: string, roomId: string, userId: string, requestId: string): string {
  return `g${hmac(secret, `ring\n${roomId}\n${userId}\n${requestId}`).toString('hex').slice(0, 24)}`
}

/** The anchor's stream of this room and epoch; `random` holds at least 12 bytes from a cryptographic source. */
export function streamName(roomId: string, epoch: number, random: Buffer): string {
  return `${roomId}_${epoch}_${random.toString('hex')}`
}

/** A new stream for this epoch of a seat. */
export function seatStream(roomId: string, seat: number, epoch: number, randomBytes: RandomBytes): string {
  return `${roomId}_s${seat}e${epoch}_${randomBytes(STREAM_RANDOM_BYTES).toString('hex')}`
}

/** A new name for the mixed picture of this room. */
export function mixStream(roomId: string, randomBytes: RandomBytes): string {
  return `${roomId}_m_${randomBytes(STREAM_RANDOM_BYTES).toString('hex')}`
}

/** A new id of a request or an invitation. */
export const newLinkId = (randomBytes: RandomBytes): string => `l${randomBytes(LINK_RANDOM_BYTES).toString('hex')}`

/** What a stream of ours shows. */
export type StreamOf =
  | { roomId: string; of: 'anchor' }
  | { roomId: string; of: 'seat'; seat: number }
  | { roomId: string; of: 'mix' }

/** Reads a stream name; null when it is not one of ours. */
export function parseStream(stream: string): StreamOf | null {
  const [, roomId, epoch, seat] = STREAM.exec(stream) ?? []
  if (roomId === undefined) return null
  if (epoch !== undefined) return { roomId, of: 'anchor' }
  if (seat !== undefined) return { roomId, of: 'seat', seat: Number(seat) }
  return { roomId, of: 'mix' }
}
