import type { Settings } from '../../miniprogram/protocol/actions'
import type { PersonalMessage, SystemMessage } from '../../miniprogram/protocol/messages'
import type { RoomReason } from '../../miniprogram/protocol/room'
import type { AdminStore } from './admin/store'
import type { MemberDoc, RoomDoc, UserDoc } from './documents'
import type { EventStore } from './events/store'
import type { LinkStore } from './link/store'
import type { Shelf } from './list'
import type { LiveUrlConfig } from './live-urls'
import type { MixStore } from './mixing/store'
import type { OrderStore } from './order/store'
import type { PkStore } from './pk/store'
import type { RecordingStore } from './recording/store'
import type { RingStore } from './ring/store'
import type { OldWord } from './room-service/reach'
import type { RoomServiceStore } from './room-service/store'
import type { TraceEntry } from './trace'
import type { MediaConfig } from './trtc/grant'

/** Who calls, as the door found out. */
export interface Caller {
  userId: string
  /** For the platform's text check, which asks for it; never stored, never shown. Absent on doors that know none. */
  openid?: string
  /** He speaks the old protocol: rooms that he opens are told about in its words too. Absent: no. */
  legacy?: boolean
}

/**
 * Everything the rules ask of a database. Each method that changes something is one insert-if-absent, or one update of
 * one document that carries its own guard; it says whether the guard held. None reads first and writes after.
 */
export interface RoomBase {
  user(userId: string): Promise<UserDoc | null>
  setName(userId: string, name: string): Promise<void>
  /** Puts `roomId` where `held` is ('' for nothing). False: another room got there first. */
  claimSlot(userId: string, held: string, roomId: string): Promise<boolean>
  releaseSlot(userId: string, roomId: string): Promise<void>
  /**
   * Allows one use of `key` per `everyMs`, and any number with the same `tag`. 0, or the ms to wait. `rare`: seldom used,
   * and so that its first use is to take no longer than any other; costs one write more.
   */
  spend(key: string, tag: string, now: number, everyMs: number, rare?: boolean): Promise<number>

  insertRoom(room: RoomDoc): Promise<boolean>
  /** Another request relies on this room: while open. */
  keep(roomId: string): Promise<RoomDoc | null>
  /** Removes a room that could not be opened, unless somebody relies on it. */
  takeBack(roomId: string): Promise<boolean>
  room(roomId: string): Promise<RoomDoc | null>
  listed(shelf: Shelf, limit: number): Promise<RoomDoc[]>
  /** While open, and by its anchor or an admin. */
  editRoom(roomId: string, by: string, change: Partial<RoomText>): Promise<RoomDoc | null>
  /** A new epoch: while open, and still at the epoch of `seen`. */
  takeOver(
    seen: RoomDoc,
    next: { stream: string; anchorName: string; closesAt: number; leaseUntil: number; now: number },
  ): Promise<RoomDoc | null>
  /** While open, and unless that is the name already. */
  renameAnchor(roomId: string, anchorId: string, anchorName: string): Promise<RoomDoc | null>
  /** What the anchor says of his camera: for his device of that epoch, and only when it is something new. */
  setCamera(roomId: string, anchorId: string, epoch: number, off: boolean): Promise<RoomDoc | null>
  renewLease(roomId: string, anchorId: string, epoch: number, leaseUntil: number): Promise<RoomDoc | null>
  /** Keeps a room whose stream is on though nobody beats. */
  extendLease(roomId: string, stream: string, leaseUntil: number): Promise<void>
  /** idle or interrupted -> live; the first time it enters the list. */
  begin(roomId: string, start: StreamStart): Promise<RoomDoc | null>
  /** A later push of the same stream while the room is live already: only its sequence is new. */
  replacePush(roomId: string, start: StreamStart): Promise<RoomDoc | null>
  /** live -> interrupted, because the push with this sequence (or an unknown one) ended. */
  streamEnded(roomId: string, stream: string, sequence: string, deadline: Deadline): Promise<RoomDoc | null>
  /** live -> interrupted, if the lease is still over at `now`. */
  leaseEnded(roomId: string, stream: string, now: number, closesAt: number): Promise<RoomDoc | null>
  /** -> closed: nobody has beaten, and nobody has found the stream as often as it takes, since `seen`. */
  bury(seen: RoomDoc, now: number, tidyAt: number): Promise<RoomDoc | null>
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
  /** Nothing of this member stays: for rooms that are over. */
  forgetMember(roomId: string, userId: string): Promise<void>
  /**
   * One viewer more, and with him the peak where he raises it. `turn`: the same update took the turn to announce the counts,
   * which comes once per `everyMs`. Null: the room is closed.
   */
  addViewer(
    seen: RoomDoc,
    isNew: boolean,
    now: number,
    everyMs: number,
  ): Promise<{ room: RoomDoc; turn: boolean } | null>
  /** One viewer less, never below 0. `turn` as in `addViewer`, taken only where `due` asks for it. */
  dropViewer(roomId: string, due?: { now: number; everyMs: number }): Promise<{ room: RoomDoc; turn: boolean } | null>
  /** Somebody is about to change who is in the room: the sweeper is to compare. To be written first. */
  unsettle(roomId: string): Promise<void>
  addLikes(roomId: string, n: number): Promise<RoomDoc | null>
  /** The counts, for whoever gets to announce them: once per `everyMs` and room. */
  takeCountsNotice(roomId: string, now: number, everyMs: number): Promise<RoomDoc | null>

  /** Rooms whose deadline is over, those past `after` and the longest overdue first. */
  overdue(state: 'idle' | 'interrupted', now: number, after: number, limit: number): Promise<RoomDoc[]>
  /** Live rooms whose lease ends before `before`, those past `after` and the first to end first. */
  suspects(before: number, after: number, limit: number): Promise<RoomDoc[]>
  /** Rooms interrupted because nobody beat, by their deadline. */
  heartbeatLost(after: number, limit: number): Promise<RoomDoc[]>
  /** One more look that did not find the stream, unless somebody beat, or looked, since `seen`. */
  strike(seen: RoomDoc): Promise<RoomDoc | null>
  /** Members who were not heard of since `cut`, the longest silent first. */
  staleMembers(cut: number, after: number, limit: number): Promise<MemberDoc[]>
  /** Those of these rooms that are open, by id. */
  openOf(roomIds: string[]): Promise<Map<string, RoomDoc>>
  /** Rooms whose counts have changed; those that no sweep has looked at for longest come first. */
  unsettled(after: number, limit: number): Promise<RoomDoc[]>
  countPresent(roomId: string): Promise<number>
  /** A sweep has looked at the counts; `drift`: members found less those counted. */
  looked(roomId: string, look: CountsLook): Promise<void>
  /** As `looked`, and nothing changed since `seen`: the counts are right and announced. False: something did. */
  settle(seen: RoomDoc, look: CountsLook): Promise<boolean>
  correctViewers(roomId: string, drift: number): Promise<void>
  untidy(now: number, after: number, limit: number): Promise<RoomDoc[]>
  /** Sets `tidyAt` (0: done, and nothing left to forbid) unless there is more to do than `seen` knew. */
  tidied(seen: RoomDoc, tidyAt: number): Promise<void>
  removeMembers(roomId: string): Promise<void>

  /** Insert first: `new`, `seen` but not finished, or `done`. */
  recordEvent(id: string, now: number): Promise<'new' | 'seen' | 'done'>
  hasEvent(id: string): Promise<boolean>
  finishEvent(id: string): Promise<void>
  removeOldRecords(before: number): Promise<void>
}

/** When an interrupted room is closed; an event waits longer than other rooms. */
export interface Deadline {
  room: number
  event: number
}

/** What a sweep found when it looked at a room's counts. */
export interface CountsLook {
  now: number
  drift: number
  /** Its new place in the list by heat, or null to leave it where it is. */
  hotKey: string | null
}

/** What the list and the page show of a room. */
export type RoomText = Pick<RoomDoc, 'title' | 'cover' | 'coverFile' | 'notice' | 'tags'>

/** The whole store: what every part of the rules asks of it. */
export interface RoomStore
  extends RoomBase,
    LinkStore,
    EventStore,
    OrderStore,
    AdminStore,
    RecordingStore,
    MixStore,
    PkStore,
    RingStore,
    RoomServiceStore {}

export interface StreamStart {
  stream: string
  sequence: string
  eventAt: number
  now: number
  leaseUntil: number
}

/** The streaming cloud. Every method rejects when it does not answer clearly. */
export interface Streaming {
  /** Names of all streams that are being pushed now. */
  online(): Promise<Set<string>>
  /** Cuts the stream and refuses it from now on. Safe to repeat. */
  forbid(stream: string): Promise<void>
  /** Sends somebody out of a TRTC room; who comes again is sent out again. Safe to repeat. */
  forbidUser(roomId: string, trtcUser: string): Promise<void>
  /** Lets a forbidden stream be pushed again. Safe to repeat. */
  allow(stream: string): Promise<void>
  /** Cuts the push that is on; the next one is welcome. Safe to repeat. */
  cut(stream: string): Promise<void>
  /**
   * Records the stream whenever it is pushed until `endsAt` (ms, a day ahead at most); gives the name of the task. `tag`
   * comes back with every file.
   */
  startRecording(stream: string, endsAt: number, tag: string): Promise<string>
  /** Tasks of this stream that were neither stopped nor have ended. */
  recordingsOf(stream: string): Promise<string[]>
  /** Safe to repeat. */
  stopRecording(taskId: string): Promise<void>
  /** Removes a recorded file for good. Safe to repeat. */
  deleteRecording(fileId: string): Promise<void>
  /** Mixes, or changes what this session mixes; resolves when accepted: `output` can be played a moment later. */
  mix(session: string, layout: MixLayout, output: string): Promise<void>
  /** Safe to repeat. */
  endMix(session: string): Promise<void>
}

/** One picture in a mix, in pixels of the canvas. A tile lies over those before it. */
export interface MixTile {
  stream: string
  x: number
  y: number
  width: number
  height: number
}

/** What viewers see of a stage. */
export interface MixLayout {
  width: number
  height: number
  tiles: MixTile[]
}

/** The chat service. All reject when it refuses. */
export interface Chat {
  /** Safe to repeat. */
  createGroup(roomId: string): Promise<void>
  /** Safe to repeat. */
  destroyGroup(roomId: string): Promise<void>
  notify(roomId: string, message: SystemMessage): Promise<void>
  /** To one person, wherever he is. */
  tell(userId: string, message: PersonalMessage): Promise<void>
  /** Keeps people from writing in this room's group; 0 seconds lifts it. */
  mute(roomId: string, userIds: string[], seconds: number): Promise<void>
  muteAll(roomId: string, on: boolean): Promise<void>
  /** How many are in the group now, as the chat service counts. */
  onlineCount(roomId: string): Promise<number>
  /** To one person who speaks the old protocol, by his account. */
  tellOld(account: string, word: OldWord): Promise<void>
  /** Tells terminals of the old protocol that other people push in this room now. */
  pushersChanged(roomId: string): Promise<void>
}

/** What checks text that others will read. */
export interface TextCheck {
  /** True: fine. Rejects when the checker does not answer; `config.textFailClosed` says what that means. */
  passes(text: string, by: { openid: string | null; scene: 'profile' | 'title' | 'chat' }): Promise<boolean>
}

export interface ServiceConfig {
  userIdSecret: string
  /** Id of the environment whose cloud storage holds our pictures. */
  storageEnv: string
  live: LiveUrlConfig
  media: MediaConfig
  /** `admin` is the account in whose name the server speaks. */
  chat: { kind: 'local'; url: string } | { kind: 'tim'; admin: string }
  im: { sdkAppId: number; secretKey: string }
  settings: Settings
  graceMs: number
  /** As `graceMs`, for an event. */
  eventGraceMs: number
  leaseMs: number
  viewerLeaseMs: number
  idleMs: number
  /** How long a held seat waits for its first picture. */
  seatHoldMs: number
  /** How long a request, an invitation or a question for a PK waits for its answer. */
  linkWaitMs: number
  /** How long it rings for one person. */
  ringMs: number
  /** How long somebody waits in a queue at most. */
  queueWaitMs: number
  /** Queues whose agents everybody may be. */
  openQueues: string[]
  /** How long a line of the chat is thought about; the chat service waits 2 s, and then delivers without a word. */
  verdictMs: number
  /** Text that could not be checked is refused rather than shown. */
  textFailClosed: boolean
}

/** What the rules need from outside, time and chance included. */
export interface Deps {
  store: RoomStore
  streaming: Streaming
  chat: Chat
  text: TextCheck
  config: ServiceConfig
  now(): number
  randomBytes(size: number): Buffer
  pause(ms: number): Promise<void>
  /** One line for the operator; never with a name, a token or a signed URL in it. */
  log(line: string, error?: unknown): void
  /** What happened to a room, for the operator's log. */
  trace(entry: TraceEntry): void
}
