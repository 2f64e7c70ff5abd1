import { reaction } from 'mobx-miniprogram'
import { createStoreBindings } from 'mobx-miniprogram-bindings'
import type { Kit } from '../../stores/kit'
import type { LiveRoom } from '../../stores/live-room/live-room'
import type { Deed } from './card'
import type { LiveRoomEvents } from './events'
import { fieldsOf } from './fields'
import { herald } from './herald'
import type { Ui } from './ui'

/** The component, as the conductor needs it. */
export interface Stand {
  setData(fields: Record<string, unknown>): void
  tell<K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]): void
}

/** Ties one model to one component, and unties everything at the end: after `end()` nothing reaches the component. */
export class Conductor {
  private readonly ends: (() => void)[] = []
  private ended = false
  private stopTicking: (() => void) | null = null

  constructor(
    readonly room: LiveRoom,
    readonly ui: Ui,
    private readonly clock: Kit['clock'],
    private readonly stand: Stand,
  ) {}

  begin(): void {
    const { room, ui, stand } = this
    const bindings = createStoreBindings(
      { setData: (fields: Record<string, unknown>) => this.ended || stand.setData(fields) },
      { store: room, fields: fieldsOf(room, ui), actions: [], structuralComparison: true },
    )
    bindings.updateStoreBindings()
    this.ends.push(
      () => bindings.destroyStoreBindings(),
      this.watchPhase(),
      herald(room, ui, (event, detail) => stand.tell(event, detail)),
      this.watchCountdown(),
    )
  }

  /** Something more that ends with this. */
  endsWith(end: () => void): void {
    if (this.ended) end()
    else this.ends.push(end)
  }

  /** Opens what there is to open: a room to watch, a show to go on with, or one's own camera. */
  open(roomId: string): Promise<void> {
    const { room, ui } = this
    ui.resuming = room.role === 'anchor' && roomId !== ''
    if (room.role === 'audience') return roomId ? room.enter(roomId) : Promise.resolve()
    return roomId ? room.resumeShow(roomId) : room.prepare()
  }

  /** Does what the button of the card or of the bar says. */
  act(deed: Deed): Promise<void> {
    const { room, ui } = this
    if (deed === 'end') {
      ui.confirming = false
      return room.close()
    }
    if (deed === 'open-settings') return room.openSettings()
    if (deed === 'retry') return room.retry()
    if (deed !== 'resume') return Promise.resolve()
    const roomId = room.fault?.code === 'already-live' ? room.fault.roomId : this.roomId
    return roomId ? this.open(roomId) : Promise.resolve()
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
