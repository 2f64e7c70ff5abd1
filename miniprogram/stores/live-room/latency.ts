import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomApi } from '../../services/room-api/port'
import { InFlight } from '../in-flight'
import type { Attended, RoomPart } from '../room/part'
import type { RoomTruth } from '../room/room-truth'
import type { Admission } from '../room/side'
import type { Truth } from '../room/visit'

/** How long (ms) it is said that no place was free. */
export const SAID_MS = 5000

/**
 * The few places for viewers who see the anchor without delay, where a room has them. The server counts them and decides;
 * whoever gets none goes on with the ordinary picture.
 */
export class Latency implements RoomPart {
  /** A place is ours. */
  on = false
  /** There was none, a moment ago. */
  full = false
  busy = false
  private attended: Attended | null = null
  private readonly inFlight = new InFlight()
  private forget = () => {}

  constructor(private readonly deps: { api: RoomApi; truth: RoomTruth }) {
    makeObservable(this, { on: observable, full: observable, busy: observable, offered: computed })
  }

  /** The room has such places. */
  get offered(): boolean {
    return this.deps.truth.room?.lowLatency ?? false
  }

  /** Asks for a place, or gives it up. Never rejects; without an answer everything stays as it is. */
  turn(on: boolean): Promise<void> {
    const { attended } = this
    if (!attended) return Promise.resolve()
    return this.inFlight.join('turn', async () => {
      const { scope, visit } = attended
      this.set({ busy: true })
      try {
        const { play } = await scope.guard(this.deps.api.call('enter', { roomId: visit.roomId, lowLatency: on }))
        this.set({ on: play.lowLatency !== null })
        if (on && !play.lowLatency) this.sayFull(attended)
        // The next answer brings the address with it.
        visit.loop.now()
      } catch {
        // The switch stays where it was.
      }
      this.set({ busy: false })
    })
  }

  entered(attended: Attended, admission: Admission): void {
    this.attended = attended
    if ('play' in admission) this.set({ on: admission.play.lowLatency !== null })
    attended.scope.onEnd(() => {
      this.attended = null
      this.inFlight.forget('turn')
      this.forget()
      this.set({ on: false, full: false, busy: false })
    })
  }

  /** A place runs out where nobody renews it. */
  answered({ play }: Truth): void {
    if (play && !this.busy) this.set({ on: play.lowLatency !== null })
  }

  private sayFull({ scope }: Attended): void {
    this.forget()
    this.set({ full: true })
    this.forget = scope.after(SAID_MS, () => this.set({ full: false }))
  }

  private set(fields: Partial<Pick<Latency, 'on' | 'full' | 'busy'>>): void {
    runInAction(() => Object.assign(this, fields))
  }
}
