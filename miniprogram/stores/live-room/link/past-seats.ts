import type { RoomView } from '../../../protocol/room'
import { type HeldSeat, isHeld } from '../../room/stage/places'

/** Which seat is a user's: the room says it, but an old room does not bring back what he has left. */
export class PastSeats {
  /** The epoch of each seat that was his. */
  private readonly epochs = new Map<number, number>()
  /** Another device of the same user has his seat: it is not his here until the room has shown him on none. */
  private taken = false

  constructor(
    private readonly room: () => RoomView | null,
    private readonly me: () => string,
  ) {}

  get mine(): HeldSeat | null {
    const seat = this.inRoom
    if (this.taken || !seat || !isHeld(seat)) return null
    return seat.epoch > (this.epochs.get(seat.seat) ?? -1) ? seat : null
  }

  /** He is not there any more; `epoch` is the newest that is known of it. */
  leave(epoch = 0): void {
    const seat = this.mine
    if (seat) this.epochs.set(seat.seat, Math.max(seat.epoch, epoch))
  }

  /** As `leave`, because another device of the same user went there. */
  leaveToOther(epoch: number): void {
    this.leave(epoch)
    this.taken = true
  }

  /** The room as it is now: who holds no seat in it may be given one again. */
  learn(): void {
    if (!this.inRoom) this.taken = false
  }

  clear(): void {
    this.epochs.clear()
    this.taken = false
  }

  private get inRoom() {
    return this.room()?.seats.find(({ user }) => user?.userId === this.me())
  }
}
