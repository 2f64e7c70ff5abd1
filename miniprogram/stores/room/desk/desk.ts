import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { LinkTicket } from '../../../protocol/link'
import type { PersonalMessage } from '../../../protocol/messages'
import type { RoomView, User } from '../../../protocol/room'
import { type RoomApi, RoomApiError } from '../../../services/room-api/port'
import { InFlight } from '../../in-flight'
import type { Scope } from '../../scope'
import { faultOf, type RoomFault } from '../fault'
import type { Attended, RoomPart } from '../part'
import { isInCharge } from '../people/rights'
import type { Truth } from '../visit'
import { Answers } from './answers'
import type { StageDesk, Waiting } from './types'

/** An admin has no heartbeat that would bring who waits: should a word of it be lost, he looks this often (ms). */
const LOOK_MS = 15_000
/** An answer that was asked for before we were told of somebody (ms ago, at most) does not know him. */
const OLD_ANSWER_MS = 5000

export interface DeskDeps {
  scope: Scope
  api: RoomApi
  role: 'anchor' | 'audience'
  room(): RoomView | null
  me(): string
}

/**
 * The stage in the hands of the anchor and his admins. Everybody who waits has an id of his own: several are answered at
 * once, and one who is answered does not come back with an answer of the server that is older (M71, M73).
 */
export class Desk implements StageDesk, RoomPart {
  problem: RoomFault | null = null

  private waiting: readonly Waiting[] = []
  private readonly past = new Answers()
  /** Who was told of by a message, and when. */
  private readonly heard = new Map<string, number>()
  private inFlight = new InFlight()
  private attended: Attended | null = null
  private hidden = false
  private expire: () => void = () => {}

  constructor(private readonly deps: DeskDeps) {
    makeObservable<Desk, 'waiting'>(this, {
      problem: observable.ref,
      waiting: observable.ref,
      mine: computed,
      requests: computed,
      invitations: computed,
      freeSeats: computed,
    })
  }

  get mine(): boolean {
    const room = this.deps.room()
    return room !== null && isInCharge(room, this.deps.me())
  }
  get requests(): readonly Waiting[] {
    return this.waiting.filter(({ link }) => link.kind === 'request')
  }
  get invitations(): readonly Waiting[] {
    return this.waiting.filter(({ link }) => link.kind === 'invite')
  }
  get freeSeats(): number {
    return this.deps.room()?.seats.filter(({ user, locked }) => user === null && !locked).length ?? 0
  }

  accept(linkId: string): Promise<void> {
    return this.answer(linkId, async (roomId) => (await this.deps.api.call('link.accept', { roomId, linkId })).room)
  }
  reject(linkId: string, reason = ''): Promise<void> {
    const why = reason ? { reason } : {}
    return this.answer(linkId, async (roomId) => {
      await this.deps.api.call('link.reject', { roomId, linkId, ...why })
      return null
    })
  }
  uninvite(linkId: string): Promise<void> {
    return this.answer(linkId, async (roomId) => {
      await this.deps.api.call('link.cancel', { roomId, linkId })
      return null
    })
  }
  invite({ userId }: User): Promise<void> {
    return this.act(`invite ${userId}`, async (roomId) => {
      const { link } = await this.deps.api.call('link.invite', { roomId, userId })
      this.add(link)
      return null
    })
  }
  kick(userId: string): Promise<void> {
    return this.act(
      `kick ${userId}`,
      async (roomId) => (await this.deps.api.call('seat.kick', { roomId, userId })).room,
    )
  }
  quiet(seat: number, off: { mic: boolean; camera: boolean }): Promise<void> {
    const { mic, camera } = off
    return this.act(`quiet ${seat} ${mic} ${camera}`, async (roomId) => {
      return (await this.deps.api.call('seat.quiet', { roomId, seat, mic, camera })).room
    })
  }
  lock(seat: number, locked: boolean): Promise<void> {
    return this.act(`lock ${seat} ${locked}`, async (roomId) => {
      return (await this.deps.api.call('seat.lock', { roomId, seat, locked })).room
    })
  }
  forget(): void {
    this.set({ problem: null })
  }

  // ---- what the room says

  entered(attended: Attended): void {
    this.attended = attended
    attended.scope.onEnd(() => {
      this.attended = null
      this.expire()
      this.past.clear()
      this.heard.clear()
      this.inFlight = new InFlight()
      this.set({ waiting: [], problem: null })
    })
    if (this.deps.role === 'anchor') return
    attended.scope.every(LOOK_MS, () => this.list())
    this.list()
  }

  changed(room: RoomView, before: RoomView): void {
    const me = this.deps.me()
    // Whoever has accepted him: he waits no more.
    for (const { link } of this.waiting) {
      if (room.seats.some(({ user }) => user?.userId === link.user.userId)) this.done(link.linkId)
    }
    if (this.deps.role === 'anchor' || isInCharge(room, me) === isInCharge(before, me)) return
    this.set({ waiting: [] })
    this.list()
  }

  /** The heartbeat of an anchor brings everybody who waits. */
  answered({ links }: Truth): void {
    if (links) this.take(links)
  }

  told(message: PersonalMessage): void {
    if (!this.mine) return
    if (message.type === 'link' && message.link.kind === 'request') this.add(message.link)
    else if (message.type === 'link-answer') this.done(message.linkId)
  }

  hide(): void {
    this.hidden = true
  }
  show(): void {
    this.hidden = false
    this.list()
  }

  // ---- inside

  private list(): void {
    const { attended } = this
    if (!attended || this.hidden || !this.mine || this.deps.role === 'anchor') return
    const { roomId } = attended.visit
    attended.scope.guard(this.deps.api.call('link.list', { roomId })).then(
      ({ links }) => this.take(links),
      () => {
        // The next look brings them.
      },
    )
  }

  private take(links: readonly LinkTicket[]): void {
    const fresh = links.filter(({ linkId }) => !this.past.knows(linkId)).map((link) => this.row(link))
    const since = this.deps.scope.clock.now() - OLD_ANSWER_MS
    for (const [linkId, at] of this.heard) if (at <= since) this.heard.delete(linkId)
    const newer = this.waiting.filter(
      ({ link: { linkId } }) => this.heard.has(linkId) && !links.some((link) => link.linkId === linkId),
    )
    this.set({ waiting: [...fresh, ...newer] })
  }

  private add(link: LinkTicket): void {
    if (this.past.knows(link.linkId)) return
    this.heard.set(link.linkId, this.deps.scope.clock.now())
    const others = this.waiting.filter(({ link: { linkId } }) => linkId !== link.linkId)
    this.set({ waiting: [...others, this.row(link)] })
  }

  private row(link: LinkTicket): Waiting {
    const old = this.waiting.find((each) => each.link.linkId === link.linkId)
    return { link, endsAt: this.deps.scope.clock.now() + link.expiresInMs, busy: old?.busy ?? false }
  }

  private done(linkId: string): void {
    this.past.note(linkId)
    this.set({ waiting: this.waiting.filter(({ link }) => link.linkId !== linkId) })
  }

  /** Nobody who is being answered right now goes from under the finger. */
  private planExpiry(): void {
    this.expire()
    const { clock } = this.deps.scope
    const idle = this.waiting.filter(({ busy }) => !busy)
    if (idle.length === 0 || !this.attended) return
    const next = Math.min(...idle.map(({ endsAt }) => endsAt))
    this.expire = this.attended.scope.after(Math.max(0, next - clock.now()), () => {
      this.set({ waiting: this.waiting.filter(({ endsAt, busy }) => busy || endsAt > clock.now()) })
    })
  }

  private answer(linkId: string, call: (roomId: string) => Promise<RoomView | null>): Promise<void> {
    if (!this.waiting.some(({ link }) => link.linkId === linkId)) return Promise.resolve()
    return this.act(linkId, async (roomId) => {
      this.setBusy(linkId, true)
      try {
        const room = await call(roomId)
        this.done(linkId)
        return room
      } catch (error) {
        // Nobody waits for it any more.
        if (error instanceof RoomApiError && error.code === 'stale') this.done(linkId)
        this.setBusy(linkId, false)
        throw error
      }
    })
  }

  private setBusy(linkId: string, busy: boolean): void {
    const waiting = this.waiting.map((each) => (each.link.linkId === linkId ? { ...each, busy } : each))
    this.set({ waiting })
  }

  private act(name: string, call: (roomId: string) => Promise<RoomView | null>): Promise<void> {
    const { attended } = this
    if (!attended) return Promise.resolve()
    return this.inFlight.join(name, async () => {
      this.set({ problem: null })
      try {
        const room = await attended.scope.guard(call(attended.visit.roomId))
        if (room) attended.visit.learn(room)
      } catch (error) {
        this.set({ problem: faultOf(error) })
      }
    })
  }

  private set(fields: { problem?: RoomFault | null; waiting?: readonly Waiting[] }): void {
    runInAction(() => Object.assign(this, fields))
    if (fields.waiting) this.planExpiry()
  }
}
