import type { CoverId } from './limits'
import type { RoomView, User } from './room'

/** One recorded file of a show. A show that was interrupted may have several. */
export interface Recording {
  recordingId: string
  roomId: string
  title: string
  cover: CoverId
  coverFile: string | null
  anchor: User
  /** Server time (ms) of the first picture in it. */
  startedAt: number
  durationMs: number
  bytes: number
  /** Where it plays from. */
  url: string
  /** Of a call that could not be mixed, the seat that it shows; null: everybody. */
  seat: number | null
}

export interface RecordingActions {
  /**
   * The anchor or an admin starts or stops the recording of the show that is on. A call is recorded from its creation on,
   * which its people are asked about before they come in, or not at all: here it can only be stopped, for good.
   */
  record: { input: { roomId: string; on: boolean }; output: { room: RoomView } }
  /**
   * Newest first: of one room, of one anchor, or of everybody. Those of a call are listed for whoever opened it, who asks for
   * that call or for his own. `before` and `after` are server times in ms.
   */
  recordings: {
    input: { roomId?: string; anchorId?: string; after?: number; before?: number; cursor?: string; limit?: number }
    output: { recordings: Recording[]; nextCursor: string | null }
  }
  /** Only whoever was the anchor. The file goes as well. Safe to repeat. */
  'recording.delete': { input: { recordingId: string }; output: { deleted: boolean } }
}
