/**
 * Frames of the local chat service: JSON text over one WebSocket. Spoken by services/messenger/local (client) and
 * local/im (server). The first frame is `hello`; anything else before it closes the socket with 4001.
 */
export type ChatPriority = 0 | 1 | 2 // 0 may be dropped (likes), 1 normal (barrage), 2 signals: dropped last

export type ClientFrame =
  /** `rooms` resumes groups after a reconnect: [groupId, last seq seen, epoch of the server it was seen on]. */
  | { c: 'hello'; userId: string; userSig: string; rooms: [string, number, string][] }
  | { c: 'join'; id: number; room: string }
  | { c: 'quit'; id: number; room: string }
  | { c: 'pub'; id: number; room: string; data: unknown; priority: ChatPriority }
  | { c: 'send'; id: number; to: string; data: unknown }
  | { c: 'ping' }

export type ServerFrame =
  /** `epoch` names this run of the server: a new one means that sequence numbers begin again. */
  | { c: 'ready'; epoch: string }
  | { c: 'ack'; id: number; data?: { seq: number; online: number }; err?: ChatError }
  /** `gap`: messages before this one were lost (the replay window was exceeded); ask for the truth. */
  | { c: 'msg'; room?: string; seq?: number; from: string; system?: true; gap?: true; data: unknown }
  | { c: 'kick'; reason: 'multipleDevice' | 'expired' }
  /** The group was dissolved. */
  | { c: 'dissolved'; room: string }
  | { c: 'pong' }

export type ChatError =
  | 'not-in-room'
  | 'no-such-room'
  | 'too-long'
  | 'rate-limited'
  | 'offline'
  | 'bad-frame'
  /** The sender, or everybody, may not write in this group for now. */
  | 'muted'
  /** Whoever keeps order here let this message not pass. */
  | 'refused'

/** Close codes of the socket. */
export const CHAT_CLOSE = { badFrame: 4000, unauthenticated: 4001, kicked: 4002, slow: 4003 } as const
/** The client pings this often, gives up after two missed answers; the server gives up after three times this. */
export const CHAT_PING_MS = 10_000
/** The largest `data`, as JSON text in UTF-8 bytes. */
export const CHAT_DATA_MAX = 8_000
