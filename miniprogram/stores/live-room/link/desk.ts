import { computed, makeObservable, observable } from 'mobx-miniprogram'
import type { RoomView } from '../../../protocol/room'
import type { RoomFault } from '../fault'
import type { StageDesk, Waiting } from './types'

export interface DeskDeps {
  room(): RoomView | null
  me(): string
}

/** The stage in the hands of those who keep order, as far as it is built: who may, and how many seats are free. */
export class Desk implements StageDesk {
  requests: readonly Waiting[] = []
  invitations: readonly Waiting[] = []
  problem: RoomFault | null = null

  constructor(private readonly deps: DeskDeps) {
    makeObservable(this, {
      requests: observable.ref,
      invitations: observable.ref,
      problem: observable.ref,
      mine: computed,
      freeSeats: computed,
    })
  }

  get mine(): boolean {
    const room = this.deps.room()
    const me = this.deps.me()
    return room !== null && (room.anchor.userId === me || room.admins.includes(me))
  }

  get freeSeats(): number {
    return this.deps.room()?.seats.filter(({ user, locked }) => user === null && !locked).length ?? 0
  }

  async accept(): Promise<void> {}
  async reject(): Promise<void> {}
  async invite(): Promise<void> {}
  async uninvite(): Promise<void> {}
  async kick(): Promise<void> {}
  async quiet(): Promise<void> {}
  async lock(): Promise<void> {}
  forget(): void {}
}
