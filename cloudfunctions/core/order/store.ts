import type { SanctionDoc } from '../documents'

/** What the rules of sanctions, admins and the last lines of the chat ask of the database, each call one guarded change (see `RoomStore`). */
export interface OrderStore {
  /** What holds this person back in this room, or null. A mute counts while `mutedUntil` is in the future. */
  sanction(roomId: string, userId: string): Promise<SanctionDoc | null>
}
