import { createHmac } from 'node:crypto'

/** Ids of rooms: made here, never chosen by a client, never used twice, safe in a URL and as a chat group id. */
export const ROOM_ID = /^r[0-9a-f]{24}$/
const STREAM = /^(r[0-9a-f]{24})_[0-9]{1,9}_[0-9a-f]{32}$/

const hmac = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(text).digest()

/** The id that others see: stable for a person, 23 characters of `[A-Za-z0-9_-]`, and says nothing about the OPENID. */
export function publicUserId(secret: string, openid: string): string {
  return `u${hmac(secret, `user\n${openid}`).toString('base64url').slice(0, 22)}`
}

/** The room that this request of this user makes. The same request again names the same room, so a retry is safe. */
export function roomIdFor(secret: string, userId: string, requestId: string): string {
  return `r${hmac(secret, `room\n${userId}\n${requestId}`).toString('hex').slice(0, 24)}`
}

/** A stream name of this room and epoch; `random` holds at least 12 bytes from a cryptographic source. */
export function streamName(roomId: string, epoch: number, random: Buffer): string {
  return `${roomId}_${epoch}_${random.toString('hex')}`
}

/** The room that a stream name belongs to, or null when the name is not one of ours. */
export function roomOfStream(stream: string): string | null {
  return STREAM.exec(stream)?.[1] ?? null
}
