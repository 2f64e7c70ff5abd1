import type { Input } from '../../../miniprogram/protocol/actions'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { limited, roomInCharge } from '../guards'
import { parseStream } from '../ids'
import type { Caller } from '../ports'
import type { Reactions, SweepPart } from '../reactions'
import { Refusal } from '../refusal'
import { viewOf } from '../view'
import { createFiles } from './files'
import { createTasks } from './tasks'
import { createTracks } from './tracks'

/** How a recording goes, as the streaming cloud tells it. */
export interface StatusEvent {
  stream: string
  taskId: string
  /** `lost`: it could not begin, or broke off; `ended`: its push or its task is over. */
  status: 'lost' | 'ended'
}

const RECORD_EVERY_MS = 1000
const BATCH = 200
/** Callbacks repeat for a quarter of an hour; one that comes later must find that the file was deleted. */
const REMEMBER_MS = 2 * 24 * 3600_000

/** Recording: its actions, what it does when a room changes, its share of a sweep, and what the streaming cloud tells. */
export function createRecording(context: Context) {
  const { deps, notices, reactions } = context
  const { store, now, log } = deps
  const tasks = createTasks(context)
  const tracks = createTracks(context)
  const files = createFiles(deps)
  const settle = async (room: RoomDoc): Promise<void> => void (await tasks.settle(room))

  const each = async <T extends { _id: string }>(items: T[], work: (item: T) => Promise<void>): Promise<number> => {
    for (const item of items) {
      await work(item).catch((error) => log(`sweeping the recording of ${item._id} failed`, error))
    }
    return items.length
  }

  const own: Partial<Reactions> = {
    live: settle,
    // A call is live before anybody pushes.
    stage: async (room) => (room.kind === 'call' ? settle(room) : undefined),
    mixed: tracks.settle,
    closed: async (room) => void (await Promise.all([settle(room), tracks.settle(room)])),
  }
  const sweep: SweepPart[] = [
    { name: 'recordings', run: async () => each(await store.recordingsToSettle(now(), BATCH), settle) },
    { name: 'tracks', run: async () => each(await store.tracksToSettle(now(), BATCH), tracks.look) },
    {
      name: 'files',
      run: async () => {
        await store.removeGoneRecordings(now() - REMEMBER_MS)
        return each(await store.hiddenRecordings(now(), BATCH), files.remove)
      },
    },
  ]

  return {
    actions: {
      async record(caller: Caller, { roomId, on }: Input<'record'>) {
        const room = await roomInCharge(deps, caller, roomId)
        if (room.kind === 'call' && on && !room.record) {
          throw new Refusal('forbidden', 'nobody in this call was asked: a call is recorded from its beginning on')
        }
        if (room.record === on && (room.recordTask !== '') === on) return { room: viewOf(room, now()) }
        await limited(deps, `record:${roomId}`, RECORD_EVERY_MS)
        try {
          const wished = await tasks.wish(room, on)
          // What is mixed of a call is mixed for this; and its people hear of the wish itself.
          if (room.kind === 'call') await Promise.all([reactions.stage(wished), notices.room(wished)])
          return { room: viewOf(wished, now()) }
        } catch (error) {
          log(`recording of ${roomId} could not be switched`, error)
          throw new Refusal('unavailable', 'the streaming cloud did not answer')
        }
      },
      recordings: (caller: Caller, input: Input<'recordings'>) => files.list(caller, input),
      'recording.delete': (caller: Caller, { recordingId }: Input<'recording.delete'>) =>
        files.delete(caller, recordingId),
    },
    reactions: own,
    sweep,
    fileArrived: files.arrived,
    async statusChanged({ stream, taskId, status }: StatusEvent): Promise<void> {
      const of = parseStream(stream)
      if (of?.of === 'seat') await tracks.over(of.roomId, stream, taskId, status)
      else if (of) await tasks[status](of.roomId, taskId)
    },
  }
}
