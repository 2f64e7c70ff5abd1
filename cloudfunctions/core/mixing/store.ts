import type { MixState, RoomDoc } from '../documents'

export type MixChange = Partial<Pick<MixState, 'mix' | 'mixLayout' | 'mixAt'>> & { mixer?: Partial<MixState['mixer']> }

/** What the rules of mixing ask of the database, each call one guarded change (see `RoomBase`). */
export interface MixStore {
  /** One function's turn, until then at most; what is mixed is UNSURE from now on. */
  takeMix(roomId: string, now: number, until: number): Promise<RoomDoc | null>
  /** A change by whoever has the turn of `seen`; `current`: only if nothing else of the room has changed since. */
  setMix(seen: RoomDoc, change: MixChange, current: boolean): Promise<RoomDoc | null>
  /** When the sweeper looks again, unless the room has changed since. */
  lookAtMix(seen: RoomDoc, at: number): Promise<void>
  mixesDue(now: number, limit: number): Promise<RoomDoc[]>
}
