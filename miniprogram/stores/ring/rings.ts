import { makeObservable, observable, reaction, runInAction } from 'mobx-miniprogram'
import { RING_POLL_MS, type RingView } from '../../protocol/ring'
import type { Device } from '../../services/device/port'
import { MessengerError } from '../../services/messenger/port'
import type { RoomApi } from '../../services/room-api/port'
import type { ChatLogin } from '../chat-login'
import type { RetryPlan } from '../retry-plan'
import { fieldsOf } from '../room/shapes'
import { TruthLoop } from '../room/truth-loop'
import type { Scope } from '../scope'
import type { Session } from '../session'
import { AgentDesk } from './agent-desk'
import { MissedCalls } from './missed-calls'
import { Outgoing } from './outgoing'
import type { Ringing, RingWish } from './types'

/** Without the chat nobody tells that it rings, so the server is asked this often (ms). */
const BLIND_MS = 10_000
const USUAL_MS = 60_000
/** The server hears a no within this time (ms); a queue that has nobody else asks again later, and then it rings. */
const REFUSED_MS = 15_000
/** A yes is said by the call, which may have to ask for camera and microphone first (ms). */
const TAKEN_MS = 60_000

export interface RingsDeps {
  /** Of the app. */
  scope: Scope
  api: RoomApi
  login: ChatLogin
  session: Session
  device: Pick<Device, 'ring' | 'onShow' | 'onHide' | 'onNetwork'>
  retry: RetryPlan
  /** A sound beside a pusher breaks its volume (P45). */
  silent(): boolean
}

/**
 * Ringing, for the whole app and without a platform in it: what rings here, the call that was asked for, an agent's queues,
 * missed calls. Messages are hints; `call.status` is the truth, asked at once when there is a doubt, and often while
 * something rings. Actions never reject.
 */
export class Rings {
  /** It rings here, until it is answered, given up or over. */
  incoming: Ringing | null = null
  readonly outgoing: Outgoing
  readonly desk: AgentDesk
  readonly missed: MissedCalls
  private readonly loop: TruthLoop
  /** Rings that were answered, and until when what the server says of them is old. */
  private readonly past = new Map<string, number>()
  private attended: Scope | null = null
  private stopEnd = () => {}

  constructor(private readonly deps: RingsDeps) {
    const { scope, api, retry, device } = deps
    const begun = () => {
      this.attend()
      this.loop.now()
    }
    this.outgoing = new Outgoing({ scope, api, begun })
    this.desk = new AgentDesk({ scope, api, retry, begun, rung: (ring) => this.rung(ring) })
    this.missed = new MissedCalls(api)
    this.loop = new TruthLoop({ scope, retry, ask: () => this.ask(), rhythmMs: () => this.rhythmMs() })
    makeObservable(this, { incoming: observable.ref })
    let stop = () => {}
    scope.onEnd(() => stop())
    scope.onEnd(
      reaction(
        () => this.incoming?.ring.ringId,
        (ringId) => {
          stop()
          stop = ringId === undefined ? () => {} : device.ring(!deps.silent())
        },
      ),
    )
  }

  /** From now on this phone can be rung up, for as long as the app lives or until `quit`. Idempotent. */
  attend(): void {
    if (this.attended) return
    const { scope, device, login } = this.deps
    const attended = scope.child()
    this.attended = attended
    const { messenger } = login
    attended.onEnd(login.hold())
    attended.onEnd(
      messenger.on('message', ({ group, system, data }) => {
        if (group === undefined && system && fieldsOf(data)?.type === 'ring') this.look()
      }),
    )
    // Gone: from now on asking is all there is. Back: what was said meanwhile is lost.
    attended.onEnd(messenger.on('state', () => this.loop.now()))
    attended.onEnd(messenger.on('kicked', ({ reason }) => reason === 'expired' && void this.connect(attended)))
    attended.onEnd(device.onNetwork((online) => online && this.look()))
    attended.onEnd(device.onHide(() => this.rest()))
    attended.onEnd(device.onShow(() => this.goOn()))
    void this.connect(attended)
    this.loop.resume()
  }

  /** Nobody can ring this phone up any more. */
  quit(): void {
    this.attended?.end()
    this.attended = null
    this.loop.pause()
    this.show(null)
  }

  /** The truth now: a page is shown, or somebody has a doubt. */
  look(): void {
    this.loop.now()
    this.desk.look()
  }

  /** Asks for a call. Never rejects: `outgoing` says how it goes. */
  call(wish: RingWish): Promise<void> {
    return this.outgoing.call(wish)
  }

  /**
   * Yes: it stops ringing, and whoever opens the call says it to the server (`RtcRoom.answer`). `ringId`: of one who waits in
   * a queue. Gives the id to answer, or null when nothing rings any more.
   */
  take(ringId = this.incoming?.ring.ringId): string | null {
    if (ringId === undefined) return null
    this.done(ringId, TAKEN_MS)
    return ringId
  }

  /** No, or not now: it stops at once. Never rejects. */
  async refuse(busy = false): Promise<void> {
    const ringId = this.incoming?.ring.ringId
    if (ringId === undefined) return
    this.done(ringId, REFUSED_MS)
    // Should this not be heard, it rings out.
    await this.deps.api.call('call.refuse', { ringId, busy }).catch(() => undefined)
  }

  private async connect(attended: Scope): Promise<void> {
    const { session, login, retry } = this.deps
    const began = attended.clock.now()
    for (let tries = 1; ; tries++) {
      try {
        await attended.guard(session.login())
        if (session.chat) await attended.guard(login.login(session.chat))
        return
      } catch (error) {
        // Another device has the login, or it is not worth a try: the slow questions go on.
        if (error instanceof MessengerError && error.code === 'unauthenticated') return
        const delay = retry.next({ tries, elapsedMs: attended.clock.now() - began })
        await attended.wait(Math.max(delay ?? USUAL_MS, 300))
      }
    }
  }

  private rest(): void {
    this.loop.pause()
    this.desk.pause()
  }

  private goOn(): void {
    this.loop.resume()
    this.desk.resume()
  }

  private rhythmMs(): number {
    if (this.incoming || this.outgoing.ringId !== null) return RING_POLL_MS
    return this.deps.login.messenger.state === 'connected' ? USUAL_MS : BLIND_MS
  }

  private async ask(): Promise<void> {
    const { ringId } = this.outgoing
    const answer = await this.deps.api.call('call.status', ringId === null ? {} : { ringIds: [ringId] })
    this.learn(answer.incoming)
    this.outgoing.learn(answer.outgoing)
  }

  /** An agent's beat knows as well; from then on it is asked for often. */
  private rung(ring: RingView | null): void {
    const before = this.incoming?.ring.ringId
    this.learn(ring)
    if (this.incoming && this.incoming.ring.ringId !== before) this.loop.now()
  }

  private learn(ring: RingView | null): void {
    if (ring && (this.past.get(ring.ringId) ?? 0) > this.deps.scope.clock.now()) return
    const known = this.incoming?.ring.ringId
    this.stopEnd()
    if (!ring) {
      if (known !== undefined) {
        this.show(null)
        void this.missed.refresh()
      }
      return
    }
    const { scope } = this.deps
    const endsAt = ring.endsInMs === null ? null : scope.clock.now() + ring.endsInMs
    this.show({ ring, endsAt })
    // The word about its end may be lost.
    if (ring.endsInMs !== null) this.stopEnd = scope.after(ring.endsInMs, () => this.loop.now())
  }

  /** It is answered: for a while nothing that the server says of it brings it back. */
  private done(ringId: string, ms: number): void {
    const now = this.deps.scope.clock.now()
    for (const [id, until] of this.past) if (until <= now) this.past.delete(id)
    this.past.set(ringId, now + ms)
    if (this.incoming?.ring.ringId === ringId) {
      this.stopEnd()
      this.show(null)
    }
  }

  private show(incoming: Ringing | null): void {
    runInAction(() => {
      this.incoming = incoming
    })
  }
}
