import { reaction } from 'mobx-miniprogram'
import { createStoreBindings } from 'mobx-miniprogram-bindings'
import type { Kit } from '../../stores/kit'
import type { Room } from '../../stores/room/room'
import type { Fields } from '../shared/follow'
import type { Ui } from './ui'

/** What ties a model to its component. */
export interface Ties {
  setData(fields: Record<string, unknown>): void
  /** Fields of the template that follow the model. */
  readonly fields: Fields
  /** Follows the room and tells the page what happens in it; returns what ends that. */
  herald(): () => void
}

/** Ties one model to one component, and unties everything at the end: after `end()` nothing reaches the component. */
export class Conductor<R extends Room = Room> {
  private readonly ends: (() => void)[] = []
  private ended = false
  private stopTicking: (() => void) | null = null

  constructor(
    readonly room: R,
    readonly ui: Ui,
    private readonly clock: Kit['clock'],
  ) {}

  begin({ setData, fields, herald }: Ties): void {
    const bindings = createStoreBindings(
      { setData: (changed: Record<string, unknown>) => this.ended || setData(changed) },
      { store: this.room, fields, actions: [], structuralComparison: true },
    )
    bindings.updateStoreBindings()
    this.ends.push(() => bindings.destroyStoreBindings(), this.watchPhase(), herald(), this.watchCountdown())
  }

  /** Something more that ends with this. */
  endsWith(end: () => void): void {
    if (this.ended) end()
    else this.ends.push(end)
  }

  /** The component is still there. */
  get live(): boolean {
    return !this.ended
  }

  get roomId(): string {
    return this.room.room?.roomId ?? ''
  }

  /** Ends the model and everything this object began. Idempotent. */
  end(): void {
    if (this.ended) return
    this.ended = true
    for (const end of this.ends.splice(0)) end()
    this.stopTicking?.()
    this.room.end()
  }

  /** A question has no place in a room that is over. */
  private watchPhase(): () => void {
    return reaction(
      () => this.room.phase,
      (phase) => {
        if (phase === 'ended' || phase === 'failed') this.ui.confirming = false
      },
    )
  }

  /** The second hand runs only while there is something to count down. */
  private watchCountdown(): () => void {
    return reaction(
      () => this.room.closesAt !== null,
      (counting) => {
        this.stopTicking?.()
        this.stopTicking = counting ? this.clock.every(1000, () => this.tick()) : null
        this.tick()
      },
      { fireImmediately: true },
    )
  }

  private tick(): void {
    this.ui.now = this.clock.now()
  }
}
