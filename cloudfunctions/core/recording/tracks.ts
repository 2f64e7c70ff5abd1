import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { linkersOf } from '../mixing/layout'

const DAY_MS = 24 * 3600_000
/** Longer than whoever asks for a task can take: what is not done by then was left. */
const HOLD_MS = 30_000

/**
 * A recorded call that cannot be mixed is recorded person by person, so that nothing is lost: one task for each stream, and
 * none once there is a mixed picture again. As in tasks.ts, the room names a stream before its task is asked for.
 */
export function createTracks({ deps }: Pick<Context, 'deps'>) {
  const { store, streaming, now, log } = deps

  const wanted = (room: RoomDoc): string[] => {
    const { kind, record, state, mix, mixer } = room
    const unmixed = mix === '' && mixer.failed !== ''
    return kind === 'call' && record && state === 'live' && unmixed ? linkersOf(room) : []
  }

  const started = async (roomId: string, stream: string, task: string): Promise<void> => {
    if (!(await store.trackStarted(roomId, stream, task))) await streaming.stopRecording(task)
  }

  const start = async (roomId: string, stream: string): Promise<void> => {
    if (!(await store.claimTrack(roomId, stream, now() + HOLD_MS))) return
    await started(roomId, stream, await streaming.startRecording(stream, now() + DAY_MS - HOLD_MS, roomId))
  }

  /** Somebody was about to ask for a task, and nobody knows how far he got. */
  const pickUp = async (roomId: string, stream: string, keep: boolean): Promise<void> => {
    const [first, ...rest] = await streaming.recordingsOf(stream)
    const kept = keep ? first : undefined
    for (const task of [...(kept === undefined && first !== undefined ? [first] : []), ...rest]) {
      await streaming.stopRecording(task)
    }
    if (kept !== undefined) return started(roomId, stream, kept)
    await store.trackEnded(roomId, stream, '')
    if (keep) await start(roomId, stream)
  }

  /** Rejects when the streaming cloud does not answer; the sweeper tries again. */
  const settle = async (room: RoomDoc): Promise<void> => {
    const tracks = room.tracks ?? {}
    const want = wanted(room)
    const due = (room.tracksAt ?? 0) <= now()
    const all = new Set([...Object.keys(tracks), ...want])
    const works = [...all].map(async (stream) => {
      const task = tracks[stream]
      const keep = want.includes(stream)
      if (task === undefined) return start(room._id, stream)
      if (task === '') return due ? pickUp(room._id, stream, keep) : undefined
      if (keep) return
      await streaming.stopRecording(task)
      await store.trackEnded(room._id, stream, task)
    })
    const failed = (await Promise.allSettled(works)).filter((work) => work.status === 'rejected')
    for (const { reason } of failed) log(`a track of ${room._id} could not be settled`, reason)
  }

  /** A look of the sweeper. */
  const look = async (room: RoomDoc): Promise<void> => {
    await settle(room)
    await store.lookAtTracks(room._id, now() + HOLD_MS)
  }

  return {
    settle,
    look,

    /** A task came to nothing, or is over: the next look asks for another one where it is still wanted. */
    async over(roomId: string, stream: string, task: string, status: 'lost' | 'ended'): Promise<void> {
      const room = await store.room(roomId)
      if (room?.tracks?.[stream] !== task) return
      if (status === 'lost') await streaming.stopRecording(task)
      else if ((await streaming.recordingsOf(stream)).includes(task)) return
      await store.trackEnded(roomId, stream, task)
    },
  }
}
