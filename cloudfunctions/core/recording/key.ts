import { createHash } from 'node:crypto'

const KEY = /^\d{15}-[0-9a-f]{16}$/

/** The lowest key of a moment (ms): every recording that began then, or later, has a higher one. */
export const keyFrom = (startedAt: number): string => String(startedAt).padStart(15, '0')

/** Where a recording stands in every list: by its first picture, then by its id, so that no two share a place. */
export const recordingKey = (startedAt: number, recordingId: string): string =>
  `${keyFrom(startedAt)}-${createHash('sha256').update(recordingId).digest('hex').slice(0, 16)}`

/** The key inside a cursor, or null when it is none. */
export function keyOfCursor(cursor: string): string | null {
  const key = Buffer.from(cursor, 'base64url').toString()
  return KEY.test(key) ? key : null
}

export const cursorOf = (key: string): string => Buffer.from(key).toString('base64url')
