import { createHmac } from 'node:crypto'

/** Ids of rooms: made here, never chosen by a client, never used twice, safe in a URL and as a chat group id. */
export const ROOM_ID = /^r[0-9a-f]{24}$/
/** Public ids of people: see `publicUserId`. */
export const USER_ID = /^u[A-Za-z0-9_-]{22}$/
const STREAM = /^(r[0-9a-f]{24})_(?:([0-9]{1,9})|([st])([1-9])e[0-9]{1,9}|m)_[0-9a-f]{32}$/

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

/** How the stream of a seat travels; its name says which. */
export type Plane = 'rtmp' | 'trtc'

/** A new stream for this epoch of a seat. */
export function seatStream(
  roomId: string,
  seat: number,
  epoch: number,
  randomBytes: RandomBytes,
  plane: Plane = 'rtmp',
): string {
  const kind = plane === 'trtc' ? 't' : 's'
  return `${roomId}_${kind}${seat}e${epoch}_${randomBytes(STREAM_RANDOM_BYTES).toString('hex')}`
}

/** Characters of chance in a TRTC user id, which has 32 in all at most. */
const TRTC_CHANCE = 16

/** Who the holder of a seat is in a TRTC room: another one with every stream, so that nobody is sent off for his successor. */
export function trtcUserOf(stream: string): string {
  const [, name = '', chance = ''] = stream.split('_')
  return `${name}_${chance.slice(0, TRTC_CHANCE)}`
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
  | { roomId: string; of: 'seat'; seat: number; plane: Plane }
  | { roomId: string; of: 'mix' }

/** Reads a stream name; null when it is not one of ours. */
export function parseStream(stream: string): StreamOf | null {
  const [, roomId, epoch, kind, seat] = STREAM.exec(stream) ?? []
  if (roomId === undefined) return null
  if (epoch !== undefined) return { roomId, of: 'anchor' }
  if (seat !== undefined) return { roomId, of: 'seat', seat: Number(seat), plane: kind === 't' ? 'trtc' : 'rtmp' }
  return { roomId, of: 'mix' }
}

/** Whether this is the stream of a seat in a TRTC room, of which the streaming cloud knows nothing. */
export function isTrtc(stream: string): boolean {
  const of = parseStream(stream)
  return of?.of === 'seat' && of.plane === 'trtc'
}
