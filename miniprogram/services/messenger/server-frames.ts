import type { ServerFrame } from '../../protocol/local-chat'

/** Reads one frame of the chat server; null for anything that is not a documented one. */
export function parseServerFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null
  try {
    const raw: unknown = JSON.parse(data)
    return typeof raw === 'object' && raw !== null && isServerFrame(raw as Record<string, unknown>)
      ? (raw as ServerFrame)
      : null
  } catch {
    return null
  }
}

function isServerFrame(f: Record<string, unknown>): boolean {
  switch (f.c) {
    case 'pong':
      return true
    case 'ready':
      return typeof f.epoch === 'string'
    case 'ack':
      return typeof f.id === 'number' && (f.err === undefined || typeof f.err === 'string') && isAckData(f.data)
    case 'msg':
      return (
        typeof f.from === 'string' &&
        'data' in f &&
        (f.room === undefined || typeof f.room === 'string') &&
        (f.seq === undefined || typeof f.seq === 'number')
      )
    case 'kick':
      return f.reason === 'multipleDevice' || f.reason === 'expired'
    case 'dissolved':
      return typeof f.room === 'string'
    default:
      return false
  }
}

function isAckData(data: unknown): boolean {
  if (data === undefined) return true
  return typeof data === 'object' && data !== null && typeof (data as { seq?: unknown }).seq === 'number'
}
