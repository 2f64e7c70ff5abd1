import type { RoomDoc } from './documents'
import type { Deps } from './ports'

/**
 * What follows when a room changes: recording, mixing, PK. A reaction is best effort and must be safe to repeat; whoever
 * caused the change never fails because of one, and the sweeper makes up for what was missed.
 */
export interface Reactions {
  /** The anchor's picture is on, for the first time or again. */
  live(room: RoomDoc): Promise<void>
  /** It is off, and may come back. */
  interrupted(room: RoomDoc): Promise<void>
  /** Who is on stage, and pushing, has changed. */
  stage(room: RoomDoc): Promise<void>
  /** Somebody pushes anew, and nobody has told that his push before has ended: the streaming cloud may have forgotten it. */
  replaced(room: RoomDoc): Promise<void>
  /** The mixed picture has changed, or could not be made: see `mixer` of the room. */
  mixed(room: RoomDoc): Promise<void>
  /** The room is over. */
  closed(room: RoomDoc): Promise<void>
}

/** All parts at once; one that fails is logged and stops no other. */
export function combine(parts: Partial<Reactions>[], log: Deps['log']): Reactions {
  const all = (what: keyof Reactions) => async (room: RoomDoc) => {
    await Promise.all(
      parts.map(async (part) => {
        try {
          await part[what]?.(room)
        } catch (error) {
          log(`after ${what} of ${room._id}`, error)
        }
      }),
    )
  }
  return {
    live: all('live'),
    interrupted: all('interrupted'),
    stage: all('stage'),
    replaced: all('replaced'),
    mixed: all('mixed'),
    closed: all('closed'),
  }
}

/** All streams that are on, asked for once a sweep and only if somebody needs it; null: nobody knows. */
export type Online = () => Promise<Set<string> | null>

/** One part's share of a sweep: makes up for what was missed. Gives how much it changed. */
export interface SweepPart {
  name: string
  run(online: Online): Promise<number>
}
