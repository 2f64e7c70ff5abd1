import type { ActionName, Input, Output } from '../../../miniprogram/protocol/actions'
import type { QueueView, RingView } from '../../../miniprogram/protocol/ring'
import { type RoomApi, RoomApiError } from '../../../miniprogram/services/room-api/port'
import { ChatLogin } from '../../../miniprogram/stores/chat-login'
import { standardPlan } from '../../../miniprogram/stores/retry-plan'
import { Rings } from '../../../miniprogram/stores/ring/rings'
import { Scope } from '../../../miniprogram/stores/scope'
import { ServerClock } from '../../../miniprogram/stores/server-clock'
import { Session } from '../../../miniprogram/stores/session'
import { FakeChatServer, FakeMessenger } from './chat-server'
import { FakeClock, settled } from './clock'
import { FakeDevice } from './device'
import { SETTINGS } from './room-service'
import { roomView } from './room-view'

export const ringView = (to: Partial<RingView> = {}): RingView => ({
  ringId: 'g1',
  roomId: 'r1',
  from: { userId: 'ann', name: 'Ann' },
  to: { userId: 'bob' },
  note: '',
  recording: false,
  state: 'ringing',
  busy: false,
  agent: { userId: 'bob', name: 'Bob' },
  askedAt: 0,
  endsInMs: 30_000,
  queue: null,
  ...to,
})

export const queueView = (to: Partial<QueueView> = {}): QueueView => ({
  queue: 'desk',
  title: '',
  ready: false,
  agents: 0,
  waiting: [],
  ...to,
})

/** One phone that can be rung up, and a server that says what the test says. */
export class RingPhone {
  readonly clock = new FakeClock()
  readonly chat = new FakeChatServer()
  readonly messenger = new FakeMessenger(this.chat)
  readonly device = new FakeDevice()
  readonly calls: [action: ActionName, input: unknown][] = []
  /** What the server knows. */
  incoming: RingView | null = null
  outgoing: RingView[] = []
  queues: QueueView[] = [queueView()]
  missed: Output<'call.missed'> = { calls: [], unseen: 0, nextCursor: null }
  /** The camera of a room is on. */
  pushing = false
  /** A call that was not heard to end: it has to be left before the next one. */
  openRoom = ''
  /** Refuses the next calls of these actions. */
  readonly refusals = new Map<ActionName, RoomApiError['code']>()
  /** Holds the answers of these actions back until it is called. */
  readonly held = new Map<ActionName, Promise<void>>()
  readonly scope = new Scope(this.clock)
  readonly rings: Rings

  constructor(me = 'bob') {
    const answers: { [A in ActionName]?: (input: Input<A>) => Output<A> } = {
      login: () => ({ me: { userId: me, name: me }, openRoom: null, chat: this.credentials(me), settings: SETTINGS }),
      create: ({ title, ring }) => {
        if (this.openRoom) throw new RoomApiError('already-live', 'another one', { roomId: this.openRoom })
        const made = ringView({
          from: { userId: me, name: me },
          ...(ring ? { to: ring.to, note: ring.note ?? '' } : {}),
        })
        this.outgoing = [{ ...made, ...('queue' in made.to ? { state: 'waiting', agent: null } : {}) }]
        return { ...this.entered(me, title), push: { url: 'push', expiresInMs: 1 }, ring: this.outgoing[0] ?? null }
      },
      leave: () => {
        this.openRoom = ''
        return { left: true }
      },
      'call.status': () => ({ incoming: this.incoming, outgoing: this.outgoing }),
      'call.refuse': () => ({ refused: true }),
      'call.cancel': () => ({ cancelled: true }),
      'call.missed': () => this.missed,
      'queue.list': () => ({ queues: this.queues }),
      'queue.ready': ({ queue, ready }) => {
        this.queues = this.queues.map((each) => (each.queue === queue ? { ...each, ready } : each))
        const found = this.queues.find((each) => each.queue === queue) ?? queueView({ queue, ready })
        return { queue: found, incoming: this.incoming }
      },
    }
    const api: RoomApi = {
      call: async (action, input) => {
        this.calls.push([action, input])
        const refusal = this.refusals.get(action)
        if (refusal) throw new RoomApiError(refusal, 'the test says no')
        const answer = answers[action]?.(input)
        if (!answer) throw new RoomApiError('internal', `the fake does not know ${action}`)
        const copy = JSON.parse(JSON.stringify(answer))
        await this.held.get(action)
        return copy
      },
    }
    this.rings = new Rings({
      scope: this.scope,
      api,
      login: new ChatLogin(this.messenger),
      session: new Session(api, new ServerClock(this.clock)),
      device: this.device,
      retry: standardPlan(() => 0),
      silent: () => this.pushing,
    })
  }

  count(action: ActionName): number {
    return this.calls.filter(([name]) => name === action).length
  }
  /** The server says that something has happened to a ring. */
  hint(userId = 'bob'): Promise<void> {
    this.chat.tell(userId, { type: 'ring', roomId: 'r1', ringId: 'g1', what: 'ringing' })
    return settled()
  }
  /** Answers of this action wait until the function that is returned is called. */
  hold(action: ActionName): () => Promise<void> {
    let go = () => {}
    this.held.set(
      action,
      new Promise((resolve) => {
        go = resolve
      }),
    )
    return () => {
      this.held.delete(action)
      go()
      return settled()
    }
  }

  private credentials(userId: string) {
    return { kind: 'local', url: 'ws://chat', userId, userSig: 'sig', expiresInMs: 1000 } as const
  }
  private entered(me: string, title: string) {
    return {
      room: roomView({ roomId: 'r1', kind: 'call', title, state: 'live' }),
      counts: { viewers: 1, likes: 0, totalViewers: 1, peakViewers: 1, pk: null },
      chat: this.credentials(me),
      me: { userId: me, name: me },
      settings: SETTINGS,
      seat: { seat: 2, epoch: 1, push: { url: 'push', expiresInMs: 1 }, media: { kind: 'rtmp' as const }, play: [] },
    }
  }
}
