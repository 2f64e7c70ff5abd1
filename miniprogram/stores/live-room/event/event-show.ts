import type { RoomView } from '../../../protocol/room'
import type { Attended, RoomPart } from '../../room/part'
import type { RoomTruth } from '../../room/room-truth'
import type { Scope } from '../../scope'
import type { AppointmentState, Appointments } from './appointments'
import { type EventStage, eventStageOf } from './stage'

/** A show that is due is asked for this often (ms), with jitter, because a message about its beginning may be lost. */
const DUE_EVERY_MS = 15_000
/** For so long (ms); a show that is later than this is found by the usual slow questions. */
const DUE_FOR_MS = 600_000
/** Timers of phones hold no longer waits than some weeks; this one is renewed. */
const LONGEST_MS = 3_600_000

export interface EventShowDeps {
  scope: Scope
  truth: RoomTruth
  appointments: Appointments
  /** The server's clock (ms). */
  serverNow(): number
}

/** An official show (`RoomView.kind` is `event`), as those who wait for it see it. Observable. */
export class EventShow implements RoomPart {
  private attended: Attended | null = null
  private cancel = () => {}

  constructor(private readonly deps: EventShowDeps) {}

  get stage(): EventStage {
    return eventStageOf(this.deps.truth.room)
  }

  /** When it is announced to begin (server time, ms), or null. */
  get opensAt(): number | null {
    return this.deps.truth.room?.opensAt ?? null
  }

  /** The server's clock (ms); not observable. */
  now(): number {
    return this.deps.serverNow()
  }

  get reminder(): AppointmentState {
    const { room } = this.deps.truth
    if (!room || room.opensAt === null) return 'unsupported'
    return this.deps.appointments.stateOf(room.roomId, room.opensAt)
  }

  /** In a tap. Never rejects. */
  async remind(): Promise<void> {
    const { room } = this.deps.truth
    if (!room || room.opensAt === null || this.stage !== 'before') return
    await this.deps.appointments.make({ roomId: room.roomId, title: room.title, opensAt: room.opensAt })
  }

  entered(attended: Attended): void {
    this.attended = attended
    this.plan()
  }
  changed(_room: RoomView, before: RoomView): void {
    if (before.kind === 'event') this.plan()
  }
  hide(): void {
    this.cancel()
  }
  show(): void {
    this.plan()
  }

  /** Asks for the truth at the time of the beginning, and again until it has begun. */
  private plan(): void {
    const { attended, opensAt } = this
    this.cancel()
    if (!attended || opensAt === null || this.stage !== 'before') return
    const late = this.now() - opensAt
    if (late > DUE_FOR_MS) return
    const jitter = 0.8 + 0.4 * this.deps.scope.clock.random()
    const wait = late < 0 ? Math.min(-late + 2000 * jitter, LONGEST_MS) : DUE_EVERY_MS * jitter
    this.cancel = attended.scope.after(wait, () => {
      if (this.now() >= opensAt) attended.visit.loop.now()
      this.plan()
    })
  }
}
