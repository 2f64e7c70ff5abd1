import type { RecordingDoc, RoomDoc } from '../../core/documents'
import { MIX_DUE } from '../../core/mixing/state'
import { keyFrom } from '../../core/recording/key'
import type { RecordingFilter, RecordingStore } from '../../core/recording/store'
import type { Collections } from './collections'

/** Recordings that somebody may see. */
const LISTED = ['kept', 'private']
const OPEN = ['idle', 'live', 'interrupted']

/** Recordings on CloudBase's document database: the tasks inside the room's document, each file a document of its own. */
export function createRecordingStore({ _, rooms, recordings, one, change, insert, find }: Collections): RecordingStore {
  const changeRoom = (guard: object, data: object): Promise<RoomDoc | null> => change<RoomDoc>(rooms, guard, data)
  const seenIn = (room: RoomDoc) => ({
    _id: room._id,
    recordStream: room.recordStream,
    recordTask: room.recordTask,
    recordAt: room.recordAt,
  })

  return {
    wishRecording: (roomId, on, lookAt, shown) =>
      // A recording that runs is looked at soon; one that is being asked for is left to whoever asks; without one it is 0.
      changeRoom(
        { _id: roomId, state: _.in(OPEN), record: !on },
        { record: on, recordAt: _.min(lookAt), mixAt: _.min(MIX_DUE), ...(shown ? { version: _.inc(1) } : {}) },
      ),
    claimRecording: ({ _id, stream }, recordStream, lookAt) =>
      changeRoom({ _id, state: 'live', stream, record: true, recordStream: '' }, { recordStream, recordAt: lookAt }),
    retakeRecording: (seen, now, lookAt) =>
      changeRoom({ ...seenIn(seen), recordAt: _.eq(seen.recordAt).and(_.lte(now)) }, { recordAt: lookAt }),
    recordingStarted: ({ _id, stream, recordStream }, task, lookAt) =>
      changeRoom(
        { _id, state: _.in(OPEN), stream, record: true, recordStream, recordTask: '' },
        { recordTask: task, recordAt: lookAt, version: _.inc(1) },
      ),
    recordingEnded: (roomId, stream, task) =>
      changeRoom(
        { _id: roomId, recordStream: stream, recordTask: task },
        { recordStream: '', recordTask: '', recordAt: 0, ...(task === '' ? {} : { version: _.inc(1) }) },
      ),
    recordingFailed: (roomId, task, lookAt) =>
      changeRoom({ _id: roomId, recordTask: task }, { recordTask: '', recordAt: lookAt, version: _.inc(1) }),
    async delayRecording(seen, lookAt) {
      await changeRoom(seenIn(seen), { recordAt: lookAt })
    },
    async recordingsToSettle(now, limit) {
      const found = await Promise.all([
        find<RoomDoc>(rooms, { recordAt: _.gt(0).and(_.lte(now)) }, limit),
        find<RoomDoc>(rooms, { state: 'live', record: true, recordStream: '' }, limit),
        find<RoomDoc>(rooms, { state: 'closed', recordStream: _.gt('') }, limit),
      ])
      return [...new Map(found.flat().map((room) => [room._id, room])).values()]
    },

    claimTrack: (roomId, stream, lookAt) =>
      changeRoom(
        { _id: roomId, kind: 'call', state: 'live', record: true, [`tracks.${stream}`]: _.exists(false) },
        { [`tracks.${stream}`]: '', tracksAt: lookAt },
      ),
    trackStarted: (roomId, stream, task) =>
      changeRoom({ _id: roomId, [`tracks.${stream}`]: '' }, { [`tracks.${stream}`]: task }),
    trackEnded: (roomId, stream, task) =>
      changeRoom({ _id: roomId, [`tracks.${stream}`]: task }, { [`tracks.${stream}`]: _.remove() }),
    async lookAtTracks(roomId, at) {
      const none = await changeRoom({ _id: roomId, tracks: _.eq({}) }, { tracksAt: 0 })
      if (!none) await changeRoom({ _id: roomId }, { tracksAt: at })
    },
    tracksToSettle: (now, limit) => find<RoomDoc>(rooms, { tracksAt: _.gt(0).and(_.lte(now)) }, limit),

    insertRecording: (recording) => insert(recordings, recording),
    recording: (recordingId) => one<RecordingDoc>(recordings, recordingId),
    async recordings({ roomId, anchorId, from, to, below, privately }: RecordingFilter, limit) {
      const bounds = [
        ...(from === undefined ? [] : [_.gte(keyFrom(from))]),
        ...(to === undefined ? [] : [_.lt(keyFrom(to))]),
        ...(below === undefined ? [] : [_.lt(below)]),
      ]
      const guard = {
        state: privately ? _.in(LISTED) : 'kept',
        ...(roomId === undefined ? {} : { roomId }),
        ...(anchorId === undefined ? {} : { anchorId }),
        ...(bounds.length === 0 ? {} : { key: _.and(bounds) }),
      }
      return (await recordings.where(guard).orderBy('key', 'desc').limit(limit).get()).data as RecordingDoc[]
    },
    hideRecording: (recordingId, anchorId, lookAt) =>
      change<RecordingDoc>(
        recordings,
        { _id: recordingId, anchorId, state: _.in(LISTED) },
        { state: 'hidden', at: lookAt },
      ),
    async recordingGone(recordingId, now) {
      await change(recordings, { _id: recordingId, state: 'hidden' }, { state: 'gone', at: now })
    },
    hiddenRecordings: (now, limit) => find<RecordingDoc>(recordings, { state: 'hidden', at: _.lte(now) }, limit),
    async removeGoneRecordings(before) {
      await recordings.where({ state: 'gone', at: _.lt(before) }).remove()
    },
  }
}
