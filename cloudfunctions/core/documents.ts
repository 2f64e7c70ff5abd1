import type { CoverId } from '../../miniprogram/protocol/limits'
import type { RoomKind, RoomReason, RoomState } from '../../miniprogram/protocol/room'

/** A person. `_id` is the public user id; the OPENID is stored nowhere. */
export interface UserDoc {
  _id: string
  name: string
  /** The room this person has open, or '' - what holds an anchor to one open room. */
  openRoom: string
  /** An operator keeps this person out of every room. Absent: no. */
  banned?: boolean
}

/** A push that the streaming cloud has told of. */
export interface PushState {
  stream: string
  /** The push that is on, as the streaming cloud counts them; '' when unknown or none. */
  sequence: string
  /** Event time of the latest start that was applied. */
  streamAt: number
}

/** A seat of the stage; `userId` '' when nobody holds it. */
export interface SeatDoc extends PushState {
  userId: string
  name: string
  /** The request or invitation that the seat was given for, so that an answer that is repeated finds it; or ''. */
  linkId: string
  /** Given, but not pushing yet, or pushing. Meaningless while nobody holds it. */
  state: 'held' | 'on'
  /** Its holder was told where to push: whoever takes it anew needs a new stream. */
  taken: boolean
  locked: boolean
  micOff: boolean
  cameraOff: boolean
  quietMic: boolean
  quietCamera: boolean
  /** Since when he asks to speak; NEVER (seats.ts), or absent: he does not. */
  handAt?: number
  /** On hold. Absent: no. */
  away?: boolean
  epoch: number
  /** When the sweeper frees the seat unless its holder pushes or beats; 0 while nobody holds it. */
  until: number
  /** Looks of the sweeper in a row that did not find the stream though it should be on. */
  strikes: number
}

/** Somebody who waits: see `LinkTicket`. */
export interface LinkDoc {
  linkId: string
  kind: 'request' | 'invite'
  name: string
  /** Who asked, and is told what came of it: the person himself, or whoever invited. */
  by: string
  at: number
  expiresAt: number
}

/** What is being recorded of a room. A task is asked for only after `recordStream` was written: none gets lost. */
export interface RecordingState {
  /** The show is to be recorded whenever its picture is on. */
  record: boolean
  /** The stream that is recorded, or for which a task is being asked; '' for none. */
  recordStream: string
  /** The recording that runs, as the streaming cloud names it, or ''. */
  recordTask: string
  /** When the sweeper looks at it next: the task's end, or when whoever asks for one should long be done; 0: never. */
  recordAt: number
  /** Of a call that cannot be mixed: the task of each stream, '' while one is being asked for. Absent: none. */
  tracks?: Record<string, string>
  /** When the sweeper looks at them next. Absent, or 0: never. */
  tracksAt?: number
}

/** What is being mixed of a room. */
export interface MixState {
  /** Stream of the mixed picture while viewers see it, or ''. */
  mix: string
  /** Key of the layout that the streaming cloud mixes; '' for none, UNSURE (mixing/state.ts) around a call to it. */
  mixLayout: string
  /** When the sweeper looks at it next, at the latest; NEVER (seats.ts): there is nothing. */
  mixAt: number
  /** `until`: one function at a time is at work, and no longer than that. `calledAt`: the latest call, for its pace. */
  mixer: { until: number; calledAt: number; tries: number; failed: string }
}

/** One side of a PK, kept in the room; the truth about both is the PK document. */
export interface RoomPk {
  pkId: string
  state: 'invited' | 'asked' | 'on'
  rivalId: string
  rivalTitle: string
  rivalAnchorId: string
  rivalAnchorName: string
  /** The rival's stream while it is live, or '': the rival's side writes it here. */
  rivalStream: string
  /** Likes of this room when the PK began, and the rival's since then. */
  likesBefore: number
  rivalScore: number
  startedAt: number
  endsAt: number
}

/** A room. Times in ms; 0 stands for "none" where a query compares. */
export interface RoomDoc extends PushState, RecordingState, MixState {
  _id: string
  kind: RoomKind
  anchorId: string
  anchorName: string
  title: string
  cover: CoverId
  /** File id of the cover picture, or ''. */
  coverFile: string
  notice: string
  tags: string[]
  state: RoomState
  reason: RoomReason | null
  version: number
  /** Of the anchor's stream, `stream`; a call has none, and everybody pushes from a seat. */
  epoch: number
  createdAt: number
  /** When an event is announced to begin; 0 when it is not. */
  opensAt: number
  /** Absent before the first picture. */
  startedAt?: number
  closedAt: number
  /** In the list: a live room from its first picture on, a call or an event from its creation; until the end. */
  listed: boolean
  /** Place in the list by time, and by heat: see list.ts and heat.ts. A closed event keeps its place among the ended. */
  listKey?: string
  hotKey: string
  leaseUntil: number
  /** Sweeps in a row that did not find the anchor's stream though it should be on, all under the lease `strikesLease`. */
  strikes: number
  strikesLease: number
  /** When an idle or interrupted room is closed; 0: not by itself. */
  closesAt: number

  viewers: number
  totalViewers: number
  peakViewers: number
  /** `peakViewers - viewers`, never below 0: guards that whoever comes first raises the peak in the same update. */
  headroom: number
  likes: number
  /** Counts every change of the figures above, so that the sweeper knows that it has seen the last one. */
  countsRev: number
  countsNoticedAt: number
  unsettled: boolean
  /** When a sweep last looked at the counts: the longest unseen comes first. */
  settledAt: number
  /** Difference between the members found and `viewers` at the last sweep. */
  drift: number

  /** Seats by number, '1' to '8'. */
  seats: Record<string, SeatDoc>
  /** Who holds a seat: guards that nobody holds two. */
  onStage: string[]
  /** Who waits, by user id. */
  links: Record<string, LinkDoc>
  /** How many wait: guards the bound. */
  linksUsed: number
  /** Low-latency viewers by user id, and until when; `fastUsed` guards `fastMax`. */
  fast: Record<string, number>
  fastUsed: number
  fastMax: number
  /** The next moment at which the sweeper looks at seats, tickets and low-latency places; NEVER (seats.ts): none. */
  stageAt: number
  /** Counts whatever may bring that moment nearer, so that the sweeper knows that it has seen everything. */
  stageRev: number
  /** A call that ends when the person who opened it leaves. */
  endsWithOwner: boolean

  admins: string[]
  muteAll: boolean
  /** The anchor's camera is off, as he says. Absent: no. */
  cameraOff?: boolean

  /** The show is to be recorded from its first picture on. */
  record: boolean
  /** The recording that runs, as the streaming cloud names it, or ''. */
  recordTask: string
  /** Stream of the mixed picture while viewers see it, or ''. */
  mix: string
  /** The layout that the streaming cloud mixes now; '' for none. `mixAt`: when the sweeper is to try again, or 0. */
  mixLayout: string
  mixAt: number
  pk: RoomPk | null

  /** Another request than the one that made the room relies on it: it is not taken back any more. */
  kept: boolean
  /** Streams that are still to be forbidden: of former epochs and of seats that were left. */
  forbid: string[]
  /** When the sweeper has something to clear up here. */
  tidyAt: number
  /** An operator keeps this room from being opened again. Absent: no. */
  forbidden?: ForbiddenRoom
  /** Opened through the old protocol (`room-service`), whose terminals are told in its words too. Absent: no. */
  legacy?: boolean
  /** Somebody was rung up from this call: its changes concern rings. Absent: no. */
  rung?: boolean
}

/** Until when (ms) nobody opens a room again, and why: the operator's words. */
export interface ForbiddenRoom {
  until: number
  reason: string
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

/** What holds a person back in one room. */
export interface SanctionDoc {
  /** `roomId_userId` */
  _id: string
  roomId: string
  userId: string
  name: string
  banned: boolean
  mutedUntil: number
}

/** One line of the chat that is kept for those who come later. */
export interface ChatLineDoc {
  /** The chat service's time and number of the message: the same when it is told twice. */
  key: string
  seq: number
  userId: string
  name: string
  text: string
  /** ms */
  at: number
}

/** The last lines of a room's chat; `_id` is the room's. */
export interface LinesDoc {
  _id: string
  lines: ChatLineDoc[]
}

/** One recorded file. */
export interface RecordingDoc {
  /** The streaming cloud's id of the file. */
  _id: string
  /** The id by which the file is deleted. */
  fileId: string
  taskId: string
  roomId: string
  title: string
  cover: CoverId
  coverFile: string
  anchorId: string
  anchorName: string
  startedAt: number
  durationMs: number
  bytes: number
  url: string
  /** Place in every list, see recording/file.ts. */
  key: string
  /** Of a call that was not mixed: the seat that it shows. Absent, or 0: everybody. */
  seat?: number
  /**
   * `private`: of a call, and in the lists of whoever opened it only; `hidden`: in no list, and its file is being deleted;
   * `gone`: that is done, and a late callback changes nothing.
   */
  state: 'kept' | 'private' | 'hidden' | 'gone'
  /** `hidden`: when the sweeper tries again; `gone`: since when. */
  at: number
}

/** A PK: the truth about both sides. */
export interface PkDoc {
  _id: string
  /** Who asked, and who was asked. */
  roomId: string
  rivalId: string
  state: 'asked' | 'on' | 'over'
  durationMs: number
  /** When it was accepted; 0 before. */
  startedAt: number
  /** When the question, or the PK, ends by itself. */
  endsAt: number
  /** When it was over; 0 before. */
  endedAt: number
  /** When the sweeper has to look at it again; 0: never. */
  sweepAt: number
}

/** What an operator did, or was refused: see `AuditEntry`. */
export interface AuditDoc {
  /** Time (ms, 15 digits) and chance, so that ids grow. */
  _id: string
  at: number
  by: string
  action: string
  target: string
  reason: string
  result: string
}
