import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomView } from '../../protocol/room'
import type { Scope } from '../scope'

/** How long a show has been on: ticks once a second while it is on air and looked at, and stands still otherwise. */
export class ShowClock {
  elapsedMs = 0
  private stop = () => {}

  constructor(
    private readonly serverNow: () => number,
    private readonly room: () => RoomView | null,
  ) {
    makeObservable(this, { elapsedMs: observable })
  }

  /** Another show. */
  reset(): void {
    this.set(0)
  }

  run(scope: Scope): void {
    this.pause()
    this.tick()
    this.stop = scope.every(1000, () => this.tick())
  }

  pause(): void {
    this.stop()
  }

  tick(): void {
    const room = this.room()
    if (room?.state !== 'live' || room.startedAt === null) return
    this.set(Math.max(0, this.serverNow() - room.startedAt))
  }

  private set(elapsedMs: number): void {
    runInAction(() => {
      this.elapsedMs = elapsedMs
    })
  }
}
