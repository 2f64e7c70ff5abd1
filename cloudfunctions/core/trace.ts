import type { ActionName } from '../../miniprogram/protocol/actions'
import type { RoomDoc } from './documents'
import type { Caller, Deps } from './ports'
import type { Reactions } from './reactions'
import { Refusal } from './refusal'

/**
 * What happened to a room, in one line. Ids only: no name, no text of anybody's, no address, no signature.
 * `ms` is how long the call took, or for `room.*` how long the show had lasted.
 */
export interface TraceEntry {
  /** ms */
  at: number
  /** An action of the protocol, or `room.live`, `room.interrupted`, `room.closed`. */
  action: string
  /** '' where none came of it. */
  room: string
  /** Who did it; for `room.*` whose room it is. */
  user: string
  ms: number
  /** `ok`, the code of a refusal, `failed` for a fault of ours; for `room.*` the reason of the state. */
  result: string
}

/** Actions that change what a room is or who is on stage. Those of the audience are too many for a log. */
const TRACED: ReadonlySet<ActionName> = new Set<ActionName>([
  'create',
  'resume',
  'close',
  'link.accept',
  'seat.take',
  'seat.leave',
  'seat.kick',
  'order.ban',
  'order.remove',
  'order.admin',
  'record',
  'pk.invite',
  'pk.accept',
  'pk.end',
  'call.invite',
  'call.accept',
])

type Action = (caller: Caller, input: never) => Promise<unknown>

const roomIn = (value: unknown): string => {
  const { roomId, room } = (value ?? {}) as { roomId?: unknown; room?: { roomId?: unknown } }
  const id = room?.roomId ?? roomId
  return typeof id === 'string' ? id : ''
}

/** The same actions; of those that change a room, each call leaves a line. */
export function traced<T extends Record<ActionName, Action>>(
  { trace, now }: Pick<Deps, 'trace' | 'now'>,
  actions: T,
): T {
  const note = (name: string, run: Action): Action => {
    return async (caller, input) => {
      const at = now()
      const done = (result: string, output?: unknown) =>
        trace({ at, action: name, room: roomIn(output) || roomIn(input), user: caller.userId, ms: now() - at, result })
      try {
        const output = await run(caller, input)
        done('ok', output)
        return output
      } catch (error) {
        done(error instanceof Refusal ? error.code : 'failed')
        throw error
      }
    }
  }
  const entries = Object.entries(actions).map(([name, run]) => [
    name,
    TRACED.has(name as ActionName) ? note(name, run) : run,
  ])
  return Object.fromEntries(entries) as T
}

/** A line for every change of a room's state, whoever caused it. */
export function tracedRooms({ trace, now }: Pick<Deps, 'trace' | 'now'>): Partial<Reactions> {
  const line = (action: string) => async (room: RoomDoc) => {
    const ms = room.startedAt === undefined ? 0 : (room.closedAt || now()) - room.startedAt
    trace({ at: now(), action, room: room._id, user: room.anchorId, ms, result: room.reason ?? 'ok' })
  }
  return { live: line('room.live'), interrupted: line('room.interrupted'), closed: line('room.closed') }
}
