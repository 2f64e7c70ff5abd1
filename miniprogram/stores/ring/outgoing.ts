import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RingView } from '../../protocol/ring'
import { type RoomApi, RoomApiError } from '../../services/room-api/port'
import { InFlight } from '../in-flight'
import { faultOf } from '../room/fault'
import { RequestIds } from '../room/request-ids'
import type { Scope } from '../scope'
import type { OutgoingState, RingWish, Unanswered } from './types'

export interface OutgoingDeps {
  scope: Scope
  api: RoomApi
  /** Something is asked for: from now on the truth is asked for often. */
  begun(): void
}

const whyOf = ({ state, busy }: RingView): Unanswered =>
  busy ? 'busy' : state === 'refused' || state === 'missed' ? state : 'cancelled'

/**
 * The one call that this person has asked for: it is opened and rings in one call of the cloud. Nobody pushes while it rings;
 * who asks for the truth keeps his seat. A call that nobody took is left, so that the next one can be asked for.
 */
export class Outgoing {
  state: OutgoingState = { phase: 'none' }
  /** What `again` asks for. */
  private wish: RingWish | null = null
  /** Grows with every call: answers of one before are dropped, and undone. */
  private round = 0
  /** The user has given these up: the server may not have heard yet. */
  private readonly past = new Set<string>()
  /** The last call that nobody took, and its end: the next one begins after it. */
  private left: { roomId: string; said: Promise<void> } | null = null
  private readonly requestIds: RequestIds
  private readonly inFlight = new InFlight()

  constructor(private readonly deps: OutgoingDeps) {
    this.requestIds = new RequestIds(deps.scope.clock)
    makeObservable(this, { state: observable.ref })
  }

  /** The ring whose truth is to be asked for, or null. */
  get ringId(): string | null {
    const { state } = this
    return state.phase === 'ringing' || state.phase === 'waiting' ? state.ring.ringId : null
  }

  /** Rings somebody up. A second tap joins the first; while one call is under way no other one begins. Never rejects. */
  call(wish: RingWish): Promise<void> {
    const { phase } = this.state
    if (phase === 'ringing' || phase === 'waiting') return Promise.resolve()
    return this.inFlight.join('call', () => this.ask(wish))
  }

  /** The same once more. */
  again(): Promise<void> {
    return this.wish ? this.call(this.wish) : Promise.resolve()
  }

  /** The user gives up: at once for him; the server hears it until it answers. Never rejects. */
  async cancel(): Promise<void> {
    const { state } = this
    this.round++
    this.inFlight.forget('call')
    this.set({ phase: 'none' })
    if (state.phase === 'ringing' || state.phase === 'waiting') await this.giveUp(state.ring)
  }

  /** The user has read how it ended, or goes into the call. */
  forget(): void {
    const { phase } = this.state
    if (phase !== 'ringing' && phase !== 'waiting' && phase !== 'asking') this.set({ phase: 'none' })
  }

  /** What the server says of one's rings. What this phone has asked for in its life before goes on. */
  learn(rings: readonly RingView[]): void {
    const { ringId } = this
    const open = ({ endsInMs, ringId: id }: RingView) => endsInMs !== null && !this.past.has(id)
    const ring = rings.find((each) =>
      ringId === null ? this.state.phase === 'none' && open(each) : each.ringId === ringId,
    )
    if (ring) this.follow(ring)
  }

  private async ask(wish: RingWish): Promise<void> {
    const { scope, api } = this.deps
    const round = ++this.round
    const { to, note, ...call } = wish
    this.wish = wish
    this.set({ phase: 'asking' })
    try {
      const ring = note ? { to, note } : { to }
      const requestId = this.requestIds.of(JSON.stringify(wish))
      const open = () => api.call('create', { ...call, kind: 'call', requestId, ring })
      await this.left?.said
      const made = await scope.guard(open().catch((error: unknown) => this.afterLeft(error, open)))
      this.requestIds.done()
      if (!made.ring) throw new Error('the server does not know how to ring')
      if (round !== this.round) await this.giveUp(made.ring)
      else this.follow(made.ring)
    } catch (error) {
      // Only what the server may have done is asked for once more.
      if (!(error instanceof RoomApiError && error.transient)) this.requestIds.done()
      if (round === this.round) this.set({ phase: 'failed', fault: faultOf(error) })
      return
    }
    this.deps.begun()
  }

  /** The end of the call before was not heard: once more. */
  private async afterLeft<T>(error: unknown, open: () => Promise<T>): Promise<T> {
    const held = error instanceof RoomApiError && error.code === 'already-live' ? error.details.roomId : null
    if (!this.left || held !== this.left.roomId) throw error
    await this.leave(this.left.roomId)
    return open()
  }

  private follow(ring: RingView): void {
    const { ringId, roomId, state, endsInMs } = ring
    if (state === 'accepted') this.set({ phase: 'accepted', roomId, ring })
    else if (state === 'ringing' || state === 'waiting') {
      const endsAt = endsInMs === null ? null : this.deps.scope.clock.now() + endsInMs
      this.set({ phase: state, ring, endsAt })
    } else {
      this.set({ phase: 'over', why: whyOf(ring), ring })
      this.past.add(ringId)
      void this.leave(roomId)
    }
  }

  private giveUp({ ringId, roomId }: RingView): Promise<void> {
    this.past.add(ringId)
    const { api } = this.deps
    return this.leave(roomId, api.call('call.cancel', { ringId }))
  }

  /** Nobody else is in it. Should this not be heard, the call ends when its seat does. */
  private leave(roomId: string, first: Promise<unknown> = Promise.resolve()): Promise<void> {
    const nothing = () => undefined
    const said = first.catch(nothing).then(async () => {
      await this.deps.api.call('leave', { roomId }).catch(nothing)
    })
    this.left = { roomId, said }
    return said
  }

  private set(state: OutgoingState): void {
    runInAction(() => {
      this.state = state
    })
  }
}
