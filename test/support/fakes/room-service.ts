import type { ActionName, Actions, Input, Output } from '../../../miniprogram/protocol/actions'
import type { SeatGrant } from '../../../miniprogram/protocol/link'
import type { RoomReason, RoomState, RoomView } from '../../../miniprogram/protocol/room'
import type { Clock } from '../../../miniprogram/services/clock'
import { type RoomApi, RoomApiError } from '../../../miniprogram/services/room-api/port'
import type { FakeChatServer } from './chat-server'
import { FakeRings } from './rings'
import { countsOf, endOf, type FakeRoom, newRoom, streamOf, summaryOf, urlsOf } from './room-record'
import { roomView } from './room-view'
import { FakeStage } from './stage-service'

/** What this fake can; any other action is refused. */
type Known = Extract<
  ActionName,
  | 'login'
  | 'profile'
  | 'list'
  | 'create'
  | 'resume'
  | 'push'
  | 'beat'
  | 'enter'
  | 'sync'
  | 'leave'
  | 'like'
  | 'close'
  | 'pk.play'
  | 'call.accept'
>
type Answers = { [A in Known]: (user: string, input: Input<A>) => Output<A> }

export const SETTINGS: Actions['login']['output']['settings'] = { heartbeatMs: 60_000, pollMs: 60_000 }

/** A room service in memory: one for all phones of a test, with the rules of the real one as far as clients see them. */
export class FakeRoomService {
  readonly rooms = new Map<string, FakeRoom>()
  /** Every call that was made: [user, action, input]. */
  readonly calls: [user: string, action: ActionName, input: unknown][] = []
  /** Asked before every call: throw to refuse it. */
  hook: (user: string, action: ActionName) => void = () => {}
  /** Awaited before the answer goes back, after the call has had its effect. */
  answerDelay: (user: string, action: ActionName) => Promise<void> | undefined = () => undefined
  down = false
  /** Whoever asks for it gets a picture without delay. */
  lowLatency = false
  /** Of everybody who comes in. */
  mutedForMs = 0
  readonly stage: FakeStage
  readonly rings = new FakeRings()
  private signatures = 0

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly chat: FakeChatServer,
  ) {
    this.stage = new FakeStage({
      now: clock.now,
      open: (roomId) => this.open(roomId).view,
      rooms: () => [...this.rooms.values()].map(({ view }) => view).filter(({ state }) => state !== 'closed'),
      change: (roomId, to) => {
        const room = this.open(roomId)
        this.change(room, to)
        return room.view
      },
      counts: (roomId) => countsOf(this.open(roomId)),
      endOf: (after, userId) => endOf(this.open(after.roomId), after, userId),
      close: (roomId, reason) => {
        this.closeRoom(roomId, reason)
        return this.rooms.get(roomId)?.view ?? roomView()
      },
      tell: (userId, message) => chat.tell(userId, message),
    })
  }

  apiFor(user: string): RoomApi {
    return {
      call: async <A extends ActionName>(action: A, input: Input<A>): Promise<Output<A>> => {
        this.calls.push([user, action, input])
        await Promise.resolve()
        if (this.down) throw new RoomApiError('network', 'the server is down')
        this.hook(user, action)
        const all = { ...this.answers, ...this.stage.answers }
        const answering = (all as Partial<Record<ActionName, (user: string, input: unknown) => unknown>>)[action]
        if (!answering) throw new RoomApiError('internal', `the fake does not know ${action}`)
        const answer = JSON.parse(JSON.stringify(answering(user, input))) as Output<A>
        await this.answerDelay(user, action)
        return answer
      },
    }
  }

  count(action: ActionName, user?: string): number {
    return this.calls.filter(([who, what]) => what === action && (user === undefined || who === user)).length
  }

  /** The streaming cloud's callback: the stream of this URL has begun, if it is the one that the room expects. */
  streamStarted(url: string): boolean {
    if (!this.down && this.stage.began(url)) return true
    const room = [...this.rooms.values()].find(({ view }) => url.includes(`/${streamOf(view)}?`))
    if (!room || room.view.state === 'closed' || this.down) return false
    const startedAt = room.view.startedAt ?? this.clock.now()
    this.change(room, { state: 'live', reason: null, closesInMs: null, startedAt })
    return true
  }
  streamEnded(roomId: string): void {
    const room = this.rooms.get(roomId)
    if (room?.view.state === 'live') {
      this.change(room, { state: 'interrupted', reason: 'stream-ended', closesInMs: 60_000 })
    }
  }
  closeRoom(roomId: string, reason: RoomReason): void {
    const room = this.rooms.get(roomId)
    if (room && room.view.state !== 'closed')
      this.change(room, { state: 'closed', reason, closesInMs: null, seats: [] })
  }
  /** The mix of the stage begins or ends; or a PK, or whatever else of the room changes. */
  alter(roomId: string, to: Partial<RoomView>): void {
    const room = this.rooms.get(roomId)
    if (room) this.change(room, to)
  }
  proclaim(roomId: string, notice: string): void {
    const room = this.rooms.get(roomId)
    if (room) this.change(room, { notice })
  }
  stateOf(roomId: string): RoomState | undefined {
    return this.rooms.get(roomId)?.view.state
  }

  /** A room of `anchor` that is live. */
  liveRoom(anchor: string): string {
    const { room, push } = this.answers.create(anchor, { title: 'A show', cover: 'jade', requestId: `live-${anchor}` })
    this.streamStarted(push.url)
    return room.roomId
  }

  private readonly answers: Answers = {
    login: (user) => {
      const own = [...this.rooms.values()].find((r) => r.view.anchor.userId === user && r.view.state !== 'closed')
      const openRoom = own ? { room: own.view, counts: countsOf(own) } : null
      return { me: { userId: user, name: user }, openRoom, chat: chatOf(user), settings: SETTINGS }
    },
    profile: (user, { name }) => ({ me: { userId: user, name } }),
    list: () => ({
      rooms: [...this.rooms.values()]
        .filter(({ view }) => view.state !== 'closed')
        .map((r) => ({ room: r.view, counts: countsOf(r) })),
      nextCursor: null,
    }),
    create: (user, form) => {
      const open = [...this.rooms.values()].find((r) => r.view.anchor.userId === user && r.view.state !== 'closed')
      if (open && open.requestId !== form.requestId) {
        throw new RoomApiError('already-live', 'another show is open', { roomId: open.view.roomId })
      }
      const room = open ?? this.add(user, form)
      const seat = room.view.kind === 'call' ? this.ownerSeat(room, user) : null
      return { ...this.entered(user, room), push: seat?.push ?? this.sign(room), seat, ring: null }
    },
    resume: (user, { roomId }) => {
      const room = this.own(user, roomId)
      if (room.view.kind === 'call') {
        const seat = this.ownerSeat(room, user)
        return { ...this.entered(user, room), push: seat.push, seat }
      }
      const state = room.view.startedAt === null ? 'idle' : 'interrupted'
      this.change(room, { epoch: room.view.epoch + 1, state, closesInMs: 60_000 })
      return { ...this.entered(user, room), push: this.sign(room), seat: null }
    },
    push: (user, { roomId, epoch }) => ({ push: this.sign(this.own(user, roomId, epoch)) }),
    beat: (user, { roomId, epoch, version, cameraOff = false }) => {
      const room = this.own(user, roomId, epoch)
      if (room.view.cameraOff !== cameraOff) this.change(room, { cameraOff })
      return {
        room: version === room.view.version ? null : room.view,
        counts: countsOf(room),
        play: version === room.view.version ? null : this.stage.plays(roomId, user),
        links: this.stage.links(roomId),
      }
    },
    enter: (user, { roomId, lowLatency, consent }) => {
      const room = this.open(roomId)
      this.refuseUnasked(room, user, consent)
      this.admit(room, user)
      const seat = room.view.kind === 'call' ? this.speak(room, user) : null
      if (lowLatency && this.lowLatency) room.fast = new Set([...(room.fast ?? []), user])
      return { ...this.entered(user, room), ...this.shown(room, user), seat, mutedForMs: this.mutedForMs }
    },
    'call.accept': (user, { ringId, consent }) => {
      const ring = this.rings.find(user, ringId)
      const room = ring && this.rooms.get(ring.roomId)
      if (!room || room.view.state === 'closed' || !this.stage.seatOf(ring.roomId, ring.from)) {
        throw new RoomApiError('stale', 'the caller has gone')
      }
      this.refuseUnasked(room, user, consent)
      return this.answers.enter(user, { roomId: ring.roomId, ...(consent === undefined ? {} : { consent }) })
    },
    sync: (user, { roomId, version }) => {
      const room = this.open(roomId)
      this.admit(room, user)
      return {
        room: version === room.view.version ? null : room.view,
        counts: countsOf(room),
        ...this.shown(room, user),
      }
    },
    leave: (user, { roomId }) => {
      const room = this.rooms.get(roomId)
      const left = room?.viewers.delete(user) ?? false
      room?.fast?.delete(user)
      if (room && room.view.state !== 'closed') this.stage.gone(roomId, user)
      if (room && left) this.tellCounts(room)
      return { left }
    },
    like: (_user, { roomId, count }) => {
      const room = this.open(roomId)
      room.likes += count
      this.tellCounts(room)
      return { counts: countsOf(room) }
    },
    'pk.play': (user, { roomId }) => {
      const { pk } = this.own(user, roomId).view
      return { rival: pk?.state === 'on' ? urlsOf(`${pk.rival.roomId}_1`) : null }
    },
    close: (user, { roomId }) => {
      const room = this.rooms.get(roomId)
      if (!room || room.view.anchor.userId !== user) throw new RoomApiError('not-found', 'no such room')
      this.closeRoom(roomId, 'ended-by-anchor')
      return { room: room.view, summary: summaryOf(room, this.clock.now()) }
    },
  }

  private add(user: string, form: Input<'create'>): FakeRoom {
    const room = newRoom(`room-${this.rooms.size + 1}`, user, form, this.clock.now())
    this.rooms.set(room.view.roomId, room)
    return room
  }

  /** In a call nobody only watches: who finds no seat is not in. */
  private speak(room: FakeRoom, user: string): SeatGrant {
    const seat = this.stage.speak(room.view.roomId, user)
    if (seat) return seat
    room.viewers.delete(user)
    this.tellCounts(room)
    throw new RoomApiError('full', 'every seat of this call is taken', { what: 'seats' })
  }

  private ownerSeat(room: FakeRoom, user: string): SeatGrant {
    return this.stage.grantOf(room.view.roomId, user) ?? this.speak(room, user)
  }

  private refuseUnasked({ view, record }: FakeRoom, user: string, consent: boolean | undefined): void {
    if (view.kind !== 'call' || !record || consent || this.stage.seatOf(view.roomId, user)) return
    throw new RoomApiError('consent-needed', 'this call is recorded', { room: view })
  }

  private change(room: FakeRoom, to: Partial<RoomView>): void {
    room.view = { ...room.view, ...to, version: room.view.version + 1 }
    const summary = room.view.state === 'closed' ? { summary: summaryOf(room, this.clock.now()) } : {}
    this.chat.notify(room.view.roomId, { type: 'room', room: room.view, ...summary })
  }

  private admit(room: FakeRoom, user: string): void {
    if (room.viewers.has(user)) return
    room.viewers.add(user)
    room.everybody.add(user)
    this.tellCounts(room)
  }

  private tellCounts(room: FakeRoom): void {
    const { roomId } = room.view
    this.chat.notify(roomId, { type: 'counts', roomId, counts: countsOf(room) })
  }

  private open(roomId: string): FakeRoom {
    const room = this.rooms.get(roomId)
    if (!room) throw new RoomApiError('not-found', 'no such room')
    if (room.view.state === 'closed') {
      throw new RoomApiError('room-closed', 'the room has ended', {
        room: room.view,
        summary: summaryOf(room, this.clock.now()),
      })
    }
    return room
  }

  private own(user: string, roomId: string, epoch?: number): FakeRoom {
    const room = this.open(roomId)
    if (room.view.anchor.userId !== user) throw new RoomApiError('forbidden', 'not yours')
    if (epoch !== undefined && epoch !== room.view.epoch) throw new RoomApiError('superseded', 'taken over')
    return room
  }

  private entered(user: string, room: FakeRoom) {
    return {
      room: room.view,
      counts: countsOf(room),
      chat: chatOf(user),
      me: { userId: user, name: user },
      settings: SETTINGS,
    }
  }

  private shown(room: FakeRoom, user: string) {
    const { roomId } = room.view
    const invitation = this.stage.links(roomId).find(({ kind, user: who }) => kind === 'invite' && who.userId === user)
    return { play: this.playOf(room, user), invitation: invitation ?? null }
  }

  private playOf(room: FakeRoom, user: string) {
    const { roomId, mixed, pk, anchor } = room.view
    const name = mixed ? `${roomId}_mix` : streamOf(room.view)
    const inMix = mixed && !this.stage.seatOf(roomId, user)
    const rival = pk?.state === 'on' && !inMix ? urlsOf(`${pk.rival.roomId}_1`) : null
    const fast = room.fast?.has(user) && room.view.state === 'live'
    const url = { url: `rtmp://play/live/${streamOf(room.view)}?sig=${++this.signatures}`, expiresInMs: 60_000 }
    return { ...urlsOf(name), rival, lowLatency: fast ? { userId: anchor.userId, seat: 0, ...url } : null }
  }

  /** Every signature is another one, so that a test sees which is in use. */
  private sign(room: FakeRoom) {
    this.signatures++
    return { url: `rtmp://push/live/${streamOf(room.view)}?sig=${this.signatures}`, expiresInMs: 60_000 }
  }
}

const chatOf = (userId: string) =>
  ({ kind: 'local', url: 'ws://chat', userId, userSig: 'sig', expiresInMs: 1000 }) as const
