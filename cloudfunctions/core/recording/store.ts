import type { RecordingDoc, RoomDoc } from '../documents'

/** Which recordings a list shows: times in ms of the first picture, `from` included and `to` not; `below` is a key. */
export interface RecordingFilter {
  roomId?: string
  anchorId?: string
  from?: number
  to?: number
  below?: string
  /** Those of calls as well. */
  privately: boolean
}

/**
 * What the rules of recordings ask of the database, each call one guarded change (see `RoomBase`). Of a room they hold
 * `recordStream` and `recordTask`: nothing, a stream for which a task is being asked for, or both.
 */
export interface RecordingStore {
  /** Whether the room is to be recorded, while it is open; null when that was so already. `shown`: everybody sees the wish. */
  wishRecording(roomId: string, on: boolean, lookAt: number, shown: boolean): Promise<RoomDoc | null>
  /** Nothing -> about to: while live, wished, and with the anchor's stream of `seen`. */
  claimRecording(seen: RoomDoc, stream: string, lookAt: number): Promise<RoomDoc | null>
  /** Takes over what somebody was about to do and left. */
  retakeRecording(seen: RoomDoc, now: number, lookAt: number): Promise<RoomDoc | null>
  /** About to -> recorded: what `seen` is about to, while it is open, wished, and with the same stream of its anchor. */
  recordingStarted(seen: RoomDoc, task: string, lookAt: number): Promise<RoomDoc | null>
  /** Recorded (or, with task '', about to) -> nothing. */
  recordingEnded(roomId: string, stream: string, task: string): Promise<RoomDoc | null>
  /** Recorded -> about to: the task came to nothing. */
  recordingFailed(roomId: string, task: string, lookAt: number): Promise<RoomDoc | null>
  /** Sets when the sweeper looks, unless something has changed since. */
  delayRecording(seen: RoomDoc, lookAt: number): Promise<void>
  /** Rooms to look at: the time has come; live and wished without a recording; closed with one. */
  recordingsToSettle(now: number, limit: number): Promise<RoomDoc[]>

  /** A stream of a call is to be recorded by itself: while the call is live, and unless it is so already. */
  claimTrack(roomId: string, stream: string, lookAt: number): Promise<RoomDoc | null>
  /** Its task is known. */
  trackStarted(roomId: string, stream: string, task: string): Promise<RoomDoc | null>
  /** Recorded by this task (or, with '', about to be) -> not recorded. */
  trackEnded(roomId: string, stream: string, task: string): Promise<RoomDoc | null>
  /** When the sweeper looks again; never, once there is nothing left. */
  lookAtTracks(roomId: string, at: number): Promise<void>
  tracksToSettle(now: number, limit: number): Promise<RoomDoc[]>

  insertRecording(recording: RecordingDoc): Promise<boolean>
  recording(recordingId: string): Promise<RecordingDoc | null>
  /** Newest first, in one query. */
  recordings(filter: RecordingFilter, limit: number): Promise<RecordingDoc[]>
  /** kept or private -> hidden. */
  hideRecording(recordingId: string, anchorId: string, lookAt: number): Promise<RecordingDoc | null>
  /** hidden -> gone. */
  recordingGone(recordingId: string, now: number): Promise<void>
  hiddenRecordings(now: number, limit: number): Promise<RecordingDoc[]>
  /** Forgets those that were gone before. */
  removeGoneRecordings(before: number): Promise<void>
}
