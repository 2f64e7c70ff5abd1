import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { mixOutput } from '../mixing/output'

/** A task may last a day: renewed before that. */
const TASK_MS = 23 * 3600_000
/** Longer than whoever asks for a task can take: what is not done by then was left. */
const HOLD_MS = 30_000
const DAY_MS = 24 * 3600_000

const overId = (task: string): string => `332:${task}`

/**
 * Brings what is recorded in line with what is wanted, for one room at a time and as often as it takes. A task goes on
 * over interruptions of its stream, each of which begins a new file; a new epoch, which has a new stream, gets a new one.
 * A task is asked for only after the room says for which stream, so that after a crash the streaming cloud's own list
 * tells what came of it.
 */
export function createTasks({ deps, notices }: Pick<Context, 'deps' | 'notices'>) {
  const { store, streaming, config, now, log } = deps

  /** The stream that is to be recorded now, or ''. Of a call that is its mixed picture, by the name that it keeps. */
  const wanted = ({ _id, kind, record, state, stream, recordTask }: RoomDoc): string => {
    if (!record || !(state === 'live' || (state === 'interrupted' && recordTask !== ''))) return ''
    return kind === 'call' ? mixOutput(config, _id) : stream
  }

  const newest = async (room: RoomDoc): Promise<RoomDoc> => (await store.room(room._id)) ?? room
  const told = async (room: RoomDoc): Promise<RoomDoc> => {
    await notices.room(room)
    return room
  }
  /** What fails is due at once, for the next sweep or the next attempt. */
  const orDue = async <T>(room: RoomDoc, work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      await store.delayRecording(room, now())
      throw error
    }
  }

  const began = async (room: RoomDoc, task: string): Promise<RoomDoc> => {
    const started = await store.recordingStarted(room, task, now() + TASK_MS)
    if (!started) {
      const other = await newest(room)
      if (other.recordTask !== task) await streaming.stopRecording(task)
      return other
    }
    // It may have failed before it was known here: whichever of the two comes second finds the other one.
    if (await store.hasEvent(overId(task))) return failed(started)
    return told(started)
  }

  const failed = async (room: RoomDoc): Promise<RoomDoc> => {
    await streaming.stopRecording(room.recordTask).catch((error) => log(`recording ${room.recordTask} goes on`, error))
    const failing = await store.recordingFailed(room._id, room.recordTask, now())
    return failing ? told(failing) : newest(room)
  }

  const start = async (room: RoomDoc): Promise<RoomDoc> => {
    const claimed = await store.claimRecording(room, wanted(room), now() + HOLD_MS)
    if (!claimed) return newest(room)
    const asked = streaming.startRecording(claimed.recordStream, now() + DAY_MS - HOLD_MS, room._id)
    return began(claimed, await orDue(claimed, asked))
  }

  const stop = async (room: RoomDoc): Promise<RoomDoc> => {
    await orDue(room, streaming.stopRecording(room.recordTask))
    const ended = await store.recordingEnded(room._id, room.recordStream, room.recordTask)
    return ended ? told(ended) : newest(room)
  }

  /** Somebody was about to ask for a task, and nobody knows how far he got. */
  const pickUp = async (left: RoomDoc): Promise<RoomDoc> => {
    const room = await store.retakeRecording(left, now(), now() + HOLD_MS)
    if (!room) return newest(left)
    const stream = room.recordStream
    const [first, ...rest] = await orDue(room, streaming.recordingsOf(stream))
    const keep = stream === wanted(room) ? first : undefined
    const needless = [...(first === keep ? [] : [first]), ...rest].filter((task) => task !== undefined)
    for (const task of needless) await orDue(room, streaming.stopRecording(task))
    if (keep !== undefined) return began(room, keep)
    return (await store.recordingEnded(room._id, stream, '')) ?? newest(room)
  }

  /** Rejects when the streaming cloud does not answer; the sweeper tries again. */
  const settle = async (seen: RoomDoc): Promise<RoomDoc> => {
    let room = seen
    const due = room.recordAt <= now()
    if (room.recordTask !== '') {
      if (room.recordStream !== wanted(room) || due) room = await stop(room)
    } else if (room.recordStream !== '' && due) room = await pickUp(room)
    return room.recordStream === '' && wanted(room) !== '' ? start(room) : room
  }

  return {
    settle,

    /** Whether this room is recorded from now on. Rejects when the streaming cloud does not answer. */
    async wish(room: RoomDoc, on: boolean): Promise<RoomDoc> {
      const look = () => now() + HOLD_MS
      const wished = (await store.wishRecording(room._id, on, look(), room.kind === 'call')) ?? (await newest(room))
      try {
        return await settle(wished)
      } catch (error) {
        // Whoever was refused must not be recorded a minute later.
        if (on) await store.wishRecording(room._id, false, look(), false)
        throw error
      }
    },

    /** The streaming cloud says that a task came to nothing: another one is asked for by the next sweep. */
    async lost(roomId: string, task: string): Promise<void> {
      await store.recordEvent(overId(task), now())
      const room = await store.room(roomId)
      if (room?.recordTask === task) await failed(room)
    },

    /** A recording has ended: with its push, after which its task goes on, or with its task. */
    async ended(roomId: string, task: string): Promise<void> {
      const room = await store.room(roomId)
      if (room?.recordTask !== task) return
      if ((await streaming.recordingsOf(room.recordStream)).includes(task)) return
      await settle(await stop(room))
    },
  }
}
