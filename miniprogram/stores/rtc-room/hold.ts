import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomView } from '../../protocol/room'
import type { OwnSeat } from '../room/own-seat'
import type { Attended, RoomPart } from '../room/part'
import type { HeldSeat } from '../room/stage/places'
import type { RoomStage } from '../room/stage/stage'

export interface HoldDeps {
  seat: OwnSeat
  stage: Pick<RoomStage, 'setMuted'>
  /** The seat that is this user's by what the room says. */
  mine(): HeldSeat | null
}

/** What somebody in a call says without words: a raised hand, and that he is away for a moment. */
export class Hold implements RoomPart {
  /** Raised: shown at once, and until the server says that it was lowered. */
  hand = false
  /** Neither heard nor seen, and hears nobody. */
  away = false
  private before = { muted: false, cameraOn: true }

  constructor(private readonly deps: HoldDeps) {
    makeObservable(this, { hand: observable, away: observable })
  }

  setHand(hand: boolean): void {
    if (hand === this.hand || !this.deps.seat.taken) return
    this.set({ hand })
    this.deps.seat.ask({ hand })
  }

  setAway(away: boolean): void {
    const { seat, stage } = this.deps
    if (away === this.away || !seat.taken) return
    const { publisher } = seat.camera
    if (away) this.before = { muted: publisher.muted, cameraOn: publisher.cameraOn }
    this.set({ away })
    stage.setMuted(away)
    seat.setMicOff(away || this.before.muted)
    seat.setCameraOff(away || !this.before.cameraOn)
    seat.ask({ away })
  }

  entered({ scope }: Attended): void {
    scope.onEnd(() => {
      if (this.away) this.restore()
      this.set({ hand: false, away: false })
    })
  }

  /** Somebody in charge has lowered it. */
  changed(_room: RoomView, before: RoomView): void {
    const mine = this.deps.mine()
    const was = before.seats.find(({ seat, user }) => seat === mine?.seat && user?.userId === mine.user.userId)
    if (this.hand && was?.handAt != null && mine?.handAt == null) this.set({ hand: false })
  }

  /** Out of the call: the next one begins with what was on before the hold. */
  private restore(): void {
    const { publisher } = this.deps.seat.camera
    this.deps.stage.setMuted(false)
    publisher.setMuted(this.before.muted)
    publisher.setCameraOn(this.before.cameraOn)
  }

  private set(fields: { hand?: boolean; away?: boolean }): void {
    runInAction(() => Object.assign(this, fields))
  }
}
