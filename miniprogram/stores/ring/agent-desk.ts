import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import { AGENT_BEAT_MS, type QueueView, type RingView } from '../../protocol/ring'
import { type RoomApi, RoomApiError } from '../../services/room-api/port'
import type { RetryPlan } from '../retry-plan'
import { faultOf, type RoomFault } from '../room/fault'
import { TruthLoop } from '../room/truth-loop'
import type { Scope } from '../scope'

export interface AgentDeskDeps {
  scope: Scope
  api: RoomApi
  retry: RetryPlan
  /** What rings for this agent, as a beat says. */
  rung(ring: RingView | null): void
  /** He signs on: from now on this phone is to be reached. */
  begun(): void
}

/** An agent's queues: which there are, who waits, and where he has signed on. Signed on he beats, or he is passed over. */
export class AgentDesk {
  queues: readonly QueueView[] = []
  state: 'loading' | 'ready' | 'error' = 'loading'
  /** Queues that are being signed on to, or off. */
  busy: readonly string[] = []
  problem: RoomFault | null = null
  /** What this agent wants: a beat whose answer says otherwise was overtaken. */
  private readonly wanted = new Set<string>()
  private readonly loop: TruthLoop

  constructor(private readonly deps: AgentDeskDeps) {
    makeObservable(this, {
      queues: observable.ref,
      state: observable,
      busy: observable.ref,
      problem: observable.ref,
      waiting: computed,
      on: computed,
    })
    const { scope, retry } = deps
    this.loop = new TruthLoop({ scope, retry, ask: () => this.ask(), rhythmMs: () => AGENT_BEAT_MS })
  }

  /** Everybody who waits, the longest first. */
  get waiting(): readonly RingView[] {
    return this.queues.flatMap(({ waiting }) => waiting).sort((a, b) => a.askedAt - b.askedAt)
  }

  /** Signed on somewhere. */
  get on(): boolean {
    return this.queues.some(({ ready }) => ready)
  }

  /** Which queues there are, and who waits. Never rejects. */
  async refresh(): Promise<void> {
    try {
      const { queues } = await this.deps.scope.guard(this.deps.api.call('queue.list', {}))
      this.set({ queues, state: 'ready' })
    } catch {
      if (this.queues.length === 0) this.set({ state: 'error' })
    }
  }

  /** Signs on, or off. A second tap meanwhile does nothing. Never rejects. */
  async setReady(queue: string, ready: boolean): Promise<void> {
    if (this.busy.includes(queue)) return
    this.set({ busy: [...this.busy, queue], problem: null })
    if (ready) this.wanted.add(queue)
    else this.wanted.delete(queue)
    try {
      await this.beat(queue, ready)
      if (ready) this.deps.begun()
      if (this.wanted.size > 0) this.loop.resume()
      else this.loop.pause()
    } catch (error) {
      // Who could not sign off is signed off when his beats are missing.
      if (ready) this.wanted.delete(queue)
      this.set({ problem: faultOf(error) })
    }
    this.set({ busy: this.busy.filter((name) => name !== queue) })
  }

  /** A beat now: the agent is back from a call, or the app from the background. */
  look(): void {
    if (this.wanted.size > 0) this.loop.now()
  }
  pause(): void {
    this.loop.pause()
  }
  resume(): void {
    if (this.wanted.size > 0) this.loop.resume()
  }
  forget(): void {
    this.set({ problem: null })
  }

  private async ask(): Promise<void> {
    for (const queue of [...this.wanted]) {
      try {
        await this.beat(queue, true)
      } catch (error) {
        if (error instanceof RoomApiError && error.transient) throw error
        // No agent of it any more.
        this.wanted.delete(queue)
        this.set({ problem: faultOf(error), queues: this.queues.filter((each) => each.queue !== queue) })
      }
    }
  }

  private async beat(queue: string, ready: boolean): Promise<void> {
    const { scope, api, rung } = this.deps
    const answer = await scope.guard(api.call('queue.ready', { queue, ready }))
    if (this.wanted.has(queue) !== ready) return
    const known = this.queues.some((each) => each.queue === queue)
    const queues = this.queues.map((each) => (each.queue === queue ? answer.queue : each))
    this.set({ queues: known ? queues : [...queues, answer.queue], state: 'ready' })
    rung(answer.incoming)
  }

  private set(fields: Partial<Pick<AgentDesk, 'queues' | 'state' | 'busy' | 'problem'>>): void {
    runInAction(() => Object.assign(this, fields))
  }
}
