import type { CoverId } from './limits'
import type { RoomState, RoomSummary, RoomView } from './room'

/** How an action of an operator ended; `begun` when the function died before it could say. */
export type AuditResult = 'begun' | 'done' | (string & {})

/** What an operator did. */
export interface AuditEntry {
  auditId: string
  /** Server time, ms. */
  at: number
  /** The operator: the name in his token, or the public user id of his OPENID. */
  by: string
  action: string
  /** The room or the person whom it was about, or ''. */
  target: string
  reason: string
  /** `done`, or the code of the refusal. */
  result: AuditResult
}

/** Whether a variable of the environment is set, has its default, or is empty; never what it holds. */
export type SettingState = 'set' | 'default' | 'none'

/** Ways to push one stream, for encoders. `server` and `streamKey` are the halves of `rtmp`, as OBS asks for them. */
export interface EncoderPush {
  rtmp: string
  server: string
  streamKey: string
  srt: string
  webrtc: string
  expiresInMs: number
}

/** An event, and where its encoder pushes. */
export interface OpenedEvent {
  room: RoomView
  push: EncoderPush
}

/** A queue and its agents. `open`: whoever wants to is an agent of it, because OPEN_QUEUES names it. */
export interface QueueEntry {
  queue: string
  title: string
  /** User ids. */
  agents: string[]
  open: boolean
}

/** Actions of the `admin` door. Each leaves an entry in the audit log, whether it was done or refused. */
export interface AdminActions {
  /** All rooms, or those in one state, newest first. `cursor` as in `list` of the rooms. */
  list: {
    input: { state?: RoomState; cursor?: string; limit?: number }
    output: { rooms: RoomSummary[]; nextCursor: string | null }
  }
  /** Everything that is stored of one room, and how many people are in it. */
  room: { input: { roomId: string }; output: { room: Record<string, unknown>; present: number } }
  /** Cuts the anchor's push, or that of a seat; the next one is welcome. */
  cut: { input: { roomId: string; seat?: number }; output: { stream: string } }
  /** Ends the show, forbids its stream, and keeps the room from being opened again until then (server time, ms). */
  forbid: { input: { roomId: string; reason: string; until: number }; output: { room: RoomView } }
  /** Takes `forbid` back. The room stays closed until it is opened again. */
  allow: { input: { roomId: string }; output: { room: RoomView } }
  /** Ends a show, a call or an event. Safe to repeat. */
  close: { input: { roomId: string; reason: string }; output: { room: RoomView } }
  /**
   * A live room that was closed within a day waits for its anchor again, who comes back by `resume`: a new epoch and a new
   * stream. Its mutes and bans, and the last lines of its chat, are gone.
   */
  reopen: { input: { roomId: string }; output: { room: RoomView } }
  /** Keeps a person out of every room; his show ends, and his seats are free. */
  banUser: { input: { userId: string; reason: string }; output: { banned: boolean; closed: string[] } }
  unbanUser: { input: { userId: string }; output: { banned: boolean } }
  /**
   * Opens an event: one official stream of an encoder, with a page before, during and after the show. The same `requestId`
   * again gives the same event. `host`: the name that people read. `opensAt`: when it is announced to begin (server time, ms).
   */
  'event.open': {
    input: {
      title: string
      cover: CoverId
      host: string
      requestId: string
      opensAt?: number
      notice?: string
      tags?: string[]
      record?: boolean
      lowLatency?: number
    }
    output: OpenedEvent
  }
  /** The same stream, with an address that lasts from now on. */
  'event.push': { input: { roomId: string }; output: OpenedEvent }
  /** Another stream, because the address has come into wrong hands; the old one is forbidden. */
  'event.renew': { input: { roomId: string }; output: OpenedEvent }
  /** An event that has ended waits for its show again, with another stream. */
  'event.reopen': { input: { roomId: string }; output: OpenedEvent }
  /** Every queue. */
  'queue.list': { input: Record<never, never>; output: { queues: QueueEntry[] } }
  /** Makes a queue, or names it anew. */
  'queue.set': { input: { queue: string; title: string }; output: { queue: QueueEntry } }
  /** Names an agent of a queue, or takes him out; then he is rung no more. */
  'queue.agent': { input: { queue: string; userId: string; on: boolean }; output: { queue: QueueEntry } }
  /** Nobody is an agent of it any more, and nobody can ring it up. */
  'queue.remove': { input: { queue: string }; output: { removed: boolean } }
  /** What is configured, and whether the services behind this one answer. */
  diagnostics: {
    input: Record<never, never>
    output: { settings: Record<string, SettingState>; database: boolean; streaming: boolean }
  }
  /** Newest first. */
  audit: {
    input: { cursor?: string; limit?: number }
    output: { entries: AuditEntry[]; nextCursor: string | null }
  }
}

export type AdminActionName = keyof AdminActions
export type AdminInput<A extends AdminActionName> = AdminActions[A]['input']
export type AdminOutput<A extends AdminActionName> = AdminActions[A]['output']
