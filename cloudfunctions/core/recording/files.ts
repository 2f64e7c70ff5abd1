import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { Recording } from '../../../miniprogram/protocol/recording'
import type { RecordingDoc } from '../documents'
import { parseStream } from '../ids'
import type { Caller, Deps } from '../ports'
import { Refusal } from '../refusal'
import { cursorOf, keyOfCursor, recordingKey } from './key'

/** A file of a recording is there, as the streaming cloud tells it. */
export interface FileEvent {
  recordingId: string
  /** By which VOD deletes it. */
  fileId: string
  taskId: string
  stream: string
  /** ms */
  endedAt: number
  durationMs: number
  bytes: number
  url: string
}

interface Wanted {
  roomId?: string
  anchorId?: string
  after?: number
  before?: number
  cursor?: string
  limit?: number
}

/** A deletion that is not done by then was left. */
const HOLD_MS = 30_000

/** Recorded files: what has arrived, the list, and the end of one. */
export function createFiles({ store, streaming, now, log }: Deps) {
  const remove = async ({ _id, fileId }: RecordingDoc): Promise<void> => {
    await streaming.deleteRecording(fileId)
    await store.recordingGone(_id, now())
  }

  return {
    remove,

    /** Kept once, however often and late it is told. Files of streams that are none of a show are nobody's. */
    async arrived(event: FileEvent): Promise<void> {
      const of = parseStream(event.stream)
      const room = of && (await store.room(of.roomId))
      if (!room || (of.of === 'seat' && room.kind !== 'call')) return
      const startedAt = Math.max(0, event.endedAt - event.durationMs)
      await store.insertRecording({
        _id: event.recordingId,
        fileId: event.fileId,
        taskId: event.taskId,
        roomId: room._id,
        title: room.title,
        cover: room.cover,
        coverFile: room.coverFile,
        anchorId: room.anchorId,
        anchorName: room.anchorName,
        startedAt,
        durationMs: event.durationMs,
        bytes: event.bytes,
        url: event.url,
        key: recordingKey(startedAt, event.recordingId),
        seat: of.of === 'seat' ? of.seat : 0,
        state: room.kind === 'call' ? 'private' : 'kept',
        at: 0,
      })
    },

    async list({ userId }: Caller, { after, before, cursor, limit = LIMITS.listPageDefault, ...whose }: Wanted) {
      const below = cursor === undefined ? undefined : keyOfCursor(cursor)
      if (below === null) throw new Refusal('bad-input', 'not a cursor of this list', { issues: ['cursor'] })
      const filter = {
        ...whose,
        // Of a room that is asked for by its id it shows below whose it is.
        privately: whose.roomId !== undefined || whose.anchorId === userId,
        ...(after === undefined ? {} : { from: after }),
        ...(before === undefined ? {} : { to: before }),
        ...(below === undefined ? {} : { below }),
      }
      const all = await store.recordings(filter, limit + 1)
      const found = all.filter(({ state, anchorId }) => state !== 'private' || anchorId === userId)
      const page = found.slice(0, limit)
      const last = page[page.length - 1]
      return { recordings: page.map(recordingOf), nextCursor: found.length > limit && last ? cursorOf(last.key) : null }
    },

    /** Out of every list first, then the file: after a crash in between, the sweeper deletes it. */
    async delete(caller: Caller, recordingId: string) {
      const recording = await store.recording(recordingId)
      if (!recording) return { deleted: false }
      if (recording.anchorId !== caller.userId) throw new Refusal('forbidden', 'only its anchor may delete a recording')
      const hidden = await store.hideRecording(recordingId, caller.userId, now() + HOLD_MS)
      if (!hidden) return { deleted: false }
      await remove(hidden).catch((error) => log(`the file of recording ${recordingId} is not deleted yet`, error))
      return { deleted: true }
    },
  }
}

const recordingOf = (doc: RecordingDoc): Recording => ({
  recordingId: doc._id,
  roomId: doc.roomId,
  title: doc.title,
  cover: doc.cover,
  coverFile: doc.coverFile || null,
  anchor: { userId: doc.anchorId, name: doc.anchorName },
  startedAt: doc.startedAt,
  durationMs: doc.durationMs,
  bytes: doc.bytes,
  url: doc.url,
  seat: doc.seat || null,
})
