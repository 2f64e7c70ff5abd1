import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomView, User } from '../../../protocol/room'
import type { RoomApi } from '../../../services/room-api/port'
import { InFlight } from '../../in-flight'
import { PagedList } from '../../paged-list'
import type { Scope } from '../../scope'
import { faultOf, type RoomFault } from '../fault'
import type { Attended, RoomPart } from '../part'
import type { RoomTruth } from '../room-truth'
import { isInCharge, type Rights, rightsOver } from './rights'
import { SanctionList } from './sanctions'

/** How long (s) somebody can be muted: ten minutes, an hour, a day. */
export const MUTES = [600, 3600, 86_400] as const

/** More people than this are not scrolled through on a phone. */
const MAX_MEMBERS = 500
const PER_PAGE = 30

export interface PeopleDeps {
  scope: Scope
  api: RoomApi
  truth: RoomTruth
  me(): string
}

const NO_RIGHTS: Rights = { order: false, office: false, invite: false }
/** An act that is about nobody alone. */
const ALL = ''

/**
 * The people of a room, and the order among them. Nothing is shown before the server has decided it. Actions never reject;
 * while one about a person is under way, another about him joins it.
 */
export class People implements RoomPart {
  /** Who watches, in no particular order; the anchor is not among them. */
  readonly members: PagedList<User>
  /** Who is muted or banned; empty for those who do not keep order. */
  readonly sanctions: SanctionList
  /** Why the last act did not work; `userId` is empty where it was about everybody. */
  problem: { readonly userId: string; readonly fault: RoomFault } | null = null
  private busy: ReadonlySet<string> = new Set()
  private inFlight = new InFlight()
  private attended: Attended | null = null

  constructor(private readonly deps: PeopleDeps) {
    const { api, scope } = deps
    this.members = new PagedList({
      load: async (cursor) => {
        const input = { roomId: this.roomId, limit: PER_PAGE, ...(cursor === undefined ? {} : { cursor }) }
        const { members, nextCursor } = await api.call('members', input)
        return { items: members, nextCursor }
      },
      idOf: ({ userId }) => userId,
      max: MAX_MEMBERS,
    })
    this.sanctions = new SanctionList(scope.clock, async () => {
      return (await api.call('order.list', { roomId: this.roomId })).sanctions
    })
    makeObservable<People, 'busy'>(this, { problem: observable.ref, busy: observable.ref })
  }

  /** This user keeps order here. */
  get mine(): boolean {
    const { room } = this.deps.truth
    return room !== null && isInCharge(room, this.deps.me())
  }
  /** Only the anchor and the admins may write. */
  get muteAll(): boolean {
    return this.deps.truth.room?.muteAll ?? false
  }

  /** An act about this person, or (without one) about everybody, is under way. */
  isBusy(userId = ALL): boolean {
    return this.busy.has(userId)
  }

  /** What this user may do with that person. */
  rightsOver(userId: string): Rights {
    const { room } = this.deps.truth
    return room ? rightsOver(room, this.deps.me(), userId) : NO_RIGHTS
  }

  /** From writing, for so many seconds; 0 lets him write again. */
  mute(userId: string, seconds: number): Promise<void> {
    return this.act(userId, async (roomId) => {
      const { sanction } = await this.deps.api.call('order.mute', { roomId, userId, seconds })
      return () => this.sanctions.learn(sanction)
    })
  }

  setMuteAll(on: boolean): Promise<void> {
    return this.act(ALL, async (roomId, { visit }) => {
      const { room } = await this.deps.api.call('order.muteAll', { roomId, on })
      return () => visit.learn(room)
    })
  }

  /** Out of the room; he may come again. */
  remove(userId: string): Promise<void> {
    return this.act(userId, async (roomId) => {
      await this.deps.api.call('order.remove', { roomId, userId })
      return () => this.members.drop(userId)
    })
  }

  /** Out of the room for good, or allowed to come again. */
  ban(userId: string, on: boolean): Promise<void> {
    return this.act(userId, async (roomId) => {
      const { sanction } = await this.deps.api.call('order.ban', { roomId, userId, on })
      return () => {
        this.sanctions.learn(sanction)
        if (on) this.members.drop(userId)
      }
    })
  }

  /** The anchor names somebody who keeps order beside him, or takes that back. */
  setAdmin(userId: string, on: boolean): Promise<void> {
    return this.act(userId, async (roomId, { visit }) => {
      const { room } = await this.deps.api.call('order.admin', { roomId, userId, on })
      return () => visit.learn(room)
    })
  }

  /** The user has read what went wrong. */
  forget(): void {
    this.set({ problem: null })
  }

  entered(attended: Attended): void {
    this.attended = attended
    attended.scope.onEnd(() => {
      this.attended = null
      this.inFlight = new InFlight()
      this.members.clear()
      this.sanctions.clear()
      this.set({ problem: null, busy: new Set() })
    })
  }

  changed(room: RoomView): void {
    // Who keeps order no more has no business with this list.
    if (!isInCharge(room, this.deps.me())) this.sanctions.clear()
  }

  private get roomId(): string {
    return this.attended?.visit.roomId ?? ''
  }

  /** `call` asks the server; what it returns is done with the answer, if we are still in the room that it is about. */
  private act(userId: string, call: (roomId: string, attended: Attended) => Promise<() => void>): Promise<void> {
    const { attended } = this
    if (!attended) return Promise.resolve()
    return this.inFlight.join(userId, async () => {
      this.set({ problem: null, busy: new Set([...this.busy, userId]) })
      let learn = () => {}
      let problem: People['problem'] = null
      try {
        learn = await call(attended.visit.roomId, attended)
      } catch (error) {
        problem = { userId, fault: faultOf(error) }
        // The room may have changed meanwhile: an office taken back, a show that has ended.
        learn = () => attended.visit.loop.now()
      }
      if (attended.scope.ended) return
      this.set({ problem, busy: new Set([...this.busy].filter((id) => id !== userId)) })
      learn()
    })
  }

  private set(fields: { problem?: People['problem']; busy?: ReadonlySet<string> }): void {
    runInAction(() => Object.assign(this, fields))
  }
}
