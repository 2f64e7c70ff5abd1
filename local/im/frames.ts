import type { ClientFrame, ServerFrame } from '../../miniprogram/protocol/local-chat'

/** Longest user id or group id that is looked at. */
const ID_MAX = 64

export type Parsed =
  | { ok: true; frame: ClientFrame }
  /** `id` is there when the sender can be told which of its frames was wrong. */
  | { ok: false; id: number | null }

/** Reads one frame of a client. Anything that is not exactly a documented frame is refused. */
export function parseClientFrame(text: string): Parsed {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return { ok: false, id: null }
  }
  if (typeof raw !== 'object' || raw === null) return { ok: false, id: null }
  const frame = toClientFrame(raw as Record<string, unknown>)
  if (frame) return { ok: true, frame }
  const id = (raw as Record<string, unknown>).id
  return { ok: false, id: isCallId(id) ? id : null }
}

export const encode = (frame: ServerFrame): string => JSON.stringify(frame)

/**
 * A `msg` frame around data that is JSON text already, so that a broadcast is encoded once. Priority 0 has no `seq`: it
 * may be dropped on the way, and a hole in the sequence must mean that something was lost that matters.
 */
export function encodeMessage(
  envelope: { room?: string; seq?: number; from: string; system?: true; gap?: true },
  dataText: string,
): string {
  return `${JSON.stringify({ c: 'msg', ...envelope }).slice(0, -1)},"data":${dataText}}`
}

export const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= ID_MAX

const isCallId = (value: unknown): value is number => Number.isSafeInteger(value)

function toClientFrame(f: Record<string, unknown>): ClientFrame | null {
  switch (f.c) {
    case 'ping':
      return { c: 'ping' }
    case 'hello':
      return isId(f.userId) && typeof f.userSig === 'string' && isResume(f.rooms)
        ? { c: 'hello', userId: f.userId, userSig: f.userSig, rooms: f.rooms }
        : null
    case 'join':
    case 'quit':
      return isCallId(f.id) && isId(f.room) ? { c: f.c, id: f.id, room: f.room } : null
    case 'pub':
      return isCallId(f.id) && isId(f.room) && f.data !== undefined && isPriority(f.priority)
        ? { c: 'pub', id: f.id, room: f.room, data: f.data, priority: f.priority }
        : null
    case 'send':
      return isCallId(f.id) && isId(f.to) && f.data !== undefined
        ? { c: 'send', id: f.id, to: f.to, data: f.data }
        : null
    default:
      return null
  }
}

const isPriority = (value: unknown): value is 0 | 1 | 2 => value === 0 || value === 1 || value === 2

function isResume(value: unknown): value is [string, number, string][] {
  return (
    Array.isArray(value) &&
    value.every(
      (entry) =>
        Array.isArray(entry) &&
        isId(entry[0]) &&
        Number.isSafeInteger(entry[1]) &&
        entry[1] >= 0 &&
        typeof entry[2] === 'string',
    )
  )
}
