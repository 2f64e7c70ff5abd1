import type { Settings } from '../../miniprogram/protocol/actions'
import type { CoverId } from '../../miniprogram/protocol/limits'
import type { SystemMessage } from '../../miniprogram/protocol/messages'
import type { RoomReason, RoomState } from '../../miniprogram/protocol/room'
import type { LiveUrlConfig } from './live-urls'

/** A person. `_id` is the public user id; the OPENID is stored nowhere. */
export interface UserDoc {
  _id: string
  name: string
  /** The room this person has open, or '' - what holds an anchor to one open room. */
  openRoom: string
}

/** A room. Times in ms; 0 stands for "none" where a query compares. */
export interface RoomDoc {
  _id: string
  anchorId: string
  anchorName: string
  title: string
  cover: CoverId
  state: RoomState
  reason: RoomReason | null
  version: number
  epoch: number
  /** The stream of this epoch. */
  stream: string
  /** The push that is on, as the streaming cloud counts them; '' when unknown. */
  sequence: string
  /** Event time of the latest start that was applied. */
  streamAt: number
  createdAt: number
  /** Absent before the first picture. */
  startedAt?: number
  closedAt: number
  /** In the list, at `listKey` (absent before the first picture and after the end). */
  listed: boolean
  listKey?: string
  leaseUntil: number
  /** When an idle or interrupted room is closed. */
  closesAt: number
  viewers: number
  totalViewers: number
  peakViewers: number
  likes: number
  /** Counts every change of the figures above, so that the sweeper knows that it has seen the last one. */
  countsRev: number
  countsNoticedAt: number
  unsettled: boolean
  /** Difference between the members found and `viewers` at the last sweep. */
  drift: number
  chatReady: boolean
  /** Streams of former epochs that are still to be forbidden. */
  forbid: string[]
  /** When the sweeper has something to clear up here. */
  tidyAt: number
}

export interface MemberDoc {
  /** `roomId_userId` */
  _id: string
  roomId: string
  userId: string
  /** False once the person has left; the document stays so that a return is no new viewer. */
  present: boolean
  lastSeen: number
}

/** Who calls, as the door found out. */
export interface Caller {
  userId: string
}

/**
 * Everything the rules ask of a database. Each method that changes something is one insert-if-absent, or one update of
 * one document that carries its own guard; it says whether the guard held. None reads first and writes after.
 */
export interface RoomStore {
  user(userId: string): Promise<UserDoc | null>
  setName(userId: string, name: string): Promise<void>
  /** Puts `roomId` where `held` is ('' for nothing). False: another room got there first. */
  claimSlot(userId: string, held: string, roomId: string): Promise<boolean>
  releaseSlot(userId: string, roomId: string): Promise<void>
  /** Allows one use of `key` per `everyMs`, and any number with the same `tag`. 0, or the ms to wait. */
  spend(key: string, tag: string, now: number, everyMs: number): Promise<number>

  insertRoom(room: RoomDoc): Promise<boolean>
  /** Takes back a room whose chat group was never made. */
  removeUnready(roomId: string): Promise<boolean>
  room(roomId: string): Promise<RoomDoc | null>
  /** Listed rooms with a key below `before`, highest first. */
  listed(before: string | null, limit: number): Promise<RoomDoc[]>
  markChatReady(roomId: string): Promise<RoomDoc | null>
  /** A new epoch: while open, and still at the epoch of `seen`. */
  takeOver(
    seen: RoomDoc,
    next: { stream: string; anchorName: string; closesAt: number; leaseUntil: number; now: number },
  ): Promise<RoomDoc | null>
  /** While open, and unless that is the name already. */
  renameAnchor(roomId: string, anchorId: string, anchorName: string): Promise<RoomDoc | null>
  renewLease(roomId: string, anchorId: string, epoch: number, leaseUntil: number): Promise<RoomDoc | null>
  /** Keeps a room whose stream is on though nobody beats. */
  extendLease(roomId: string, stream: string, leaseUntil: number): Promise<void>
  /** idle or interrupted -> live; the first time it enters the list. */
  begin(roomId: string, start: StreamStart): Promise<RoomDoc | null>
  /** A later push of the same stream while the room is live already: only its sequence is new. */
  replacePush(roomId: string, start: StreamStart): Promise<boolean>
  /** live -> interrupted, because the push with this sequence (or an unknown one) ended. */
  streamEnded(roomId: string, stream: string, sequence: string, closesAt: number): Promise<RoomDoc | null>
  /** live -> interrupted, if the lease is still over at `now`. */
  leaseEnded(roomId: string, stream: string, now: number, closesAt: number): Promise<RoomDoc | null>
  closeByAnchor(roomId: string, anchorId: string, now: number, tidyAt: number): Promise<RoomDoc | null>
  /** idle or interrupted -> closed, if the deadline is still over at `now`. */
  closeOverdue(roomId: string, reason: RoomReason, now: number, tidyAt: number): Promise<RoomDoc | null>

  /** `new` to this room, `back` after leaving, or `already` in; refreshes `lastSeen`. */
  join(roomId: string, userId: string, now: number): Promise<'new' | 'back' | 'already'>
  /** Refreshes `lastSeen` of a member who is present. */
  touch(roomId: string, userId: string, now: number): Promise<boolean>
  /** True once per presence. */
  leave(roomId: string, userId: string): Promise<boolean>
  /** As `leave`, unless the member was seen since `cut`. */
  expire(member: MemberDoc, cut: number): Promise<boolean>
  addViewer(roomId: string, isNew: boolean): Promise<RoomDoc | null>
  /** Never below 0. */
  dropViewer(roomId: string): Promise<void>
  raisePeak(roomId: string, viewers: number): Promise<void>
  addLikes(roomId: string, n: number): Promise<RoomDoc | null>
  /** The counts, for whoever gets to announce them: once per `everyMs` and room. */
  takeCountsNotice(roomId: string, now: number, everyMs: number): Promise<RoomDoc | null>

  overdue(now: number, limit: number): Promise<RoomDoc[]>
  leaseLost(now: number, limit: number): Promise<RoomDoc[]>
  heartbeatLost(limit: number): Promise<RoomDoc[]>
  staleMembers(cut: number, limit: number): Promise<MemberDoc[]>
  unsettled(limit: number): Promise<RoomDoc[]>
  countPresent(roomId: string): Promise<number>
  /** Nothing changed since `rev`: the counts are right and announced. */
  settle(roomId: string, rev: number): Promise<void>
  noteDrift(roomId: string, drift: number): Promise<void>
  correctViewers(roomId: string, drift: number): Promise<void>
  untidy(now: number, limit: number): Promise<RoomDoc[]>
  /** Sets `tidyAt` (0: done, and nothing left to forbid) unless there is more to do than `seen` knew. */
  tidied(seen: RoomDoc, tidyAt: number): Promise<void>
  removeMembers(roomId: string): Promise<void>

  /** Insert first: `new`, `seen` but not finished, or `done`. */
  recordEvent(id: string, now: number): Promise<'new' | 'seen' | 'done'>
  hasEvent(id: string): Promise<boolean>
  finishEvent(id: string): Promise<void>
  removeOldRecords(before: number): Promise<void>
}

export interface StreamStart {
  stream: string
  sequence: string
  eventAt: number
  now: number
  leaseUntil: number
}

/** The streaming cloud. Both reject when it does not answer clearly. */
export interface Streaming {
  /** Names of all streams that are being pushed now. */
  online(): Promise<Set<string>>
  /** Cuts the stream and refuses it from now on. Safe to repeat. */
  forbid(stream: string): Promise<void>
}

/** The chat service. All reject when it refuses. */
export interface Chat {
  /** Safe to repeat. */
  createGroup(roomId: string): Promise<void>
  /** Safe to repeat. */
  destroyGroup(roomId: string): Promise<void>
  notify(roomId: string, message: SystemMessage): Promise<void>
}

export interface ServiceConfig {
  userIdSecret: string
  live: LiveUrlConfig
  chat: { kind: 'local'; url: string } | { kind: 'tim' }
  im: { sdkAppId: number; secretKey: string }
  settings: Settings
  graceMs: number
  leaseMs: number
  viewerLeaseMs: number
  idleMs: number
}

/** What the rules need from outside, time and chance included. */
export interface Deps {
  store: RoomStore
  streaming: Streaming
  chat: Chat
  config: ServiceConfig
  now(): number
  randomBytes(size: number): Buffer
  /** One line for the operator; never with a name, a token or a signed URL in it. */
  log(line: string, error?: unknown): void
}
