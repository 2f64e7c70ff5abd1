import { computed, makeObservable } from 'mobx-miniprogram'
import type { Output } from '../../../protocol/actions'
import type { LinkTicket, StagePlay } from '../../../protocol/link'
import type { PersonalMessage } from '../../../protocol/messages'
import type { RoomView } from '../../../protocol/room'
import type { RoomApi } from '../../../services/room-api/port'
import type { Camera, CameraDeps } from '../../room/camera'
import { Answers } from '../../room/desk/answers'
import type { RoomFault } from '../../room/fault'
import { lossOf, OwnSeat } from '../../room/own-seat'
import type { Attended, RoomPart } from '../../room/part'
import type { Admission } from '../../room/side'
import type { HeldSeat } from '../../room/stage/places'
import type { Truth } from '../../room/visit'
import { PastSeats } from './past-seats'
import type { LinkEnd, LinkMic, LinkState } from './types'
import { untilHeard } from './until-heard'
import { OFF, Way } from './way'

/** Trouble that no further try of ours ends: back to watching (M96). */
const HOPELESS: readonly RoomFault['code'][] = ['push-refused', 'unsupported-device', 'capability-account']

export interface LinkDeps extends Omit<CameraDeps, 'freshUrl' | 'onPublished' | 'onFault'> {
  api: RoomApi
  room(): RoomView | null
  me(): string
  /** Where the others are seen, for who is on stage; null once he only watches again. */
  onPlays(plays: readonly StagePlay[] | null): void
}

/**
 * A viewer's way to the stage. The seats of the room are the truth; what the server tells him alone only says it sooner, so
 * a stale, repeated or lost message changes nothing. The camera runs from `held` to the end of the seat, and never longer.
 */
export class ViewerLink implements LinkMic, RoomPart {
  private readonly way: Way
  private readonly own: OwnSeat
  private readonly seats: PastSeats
  private readonly answers = new Answers()
  /** The server has told that he was sent back. */
  private kicked = false
  /** He has said yes to an invitation on this phone. */
  private accepting = false

  constructor(private readonly deps: LinkDeps) {
    this.way = new Way(deps.retry)
    this.seats = new PastSeats(deps.room, deps.me)
    this.own = new OwnSeat({
      ...deps,
      visit: () => this.way.attended?.visit ?? null,
      mine: () => this.seats.mine,
      // At the end of a visit nobody watches again.
      onPlays: (plays) => this.way.attended?.scope.ended || deps.onPlays(plays),
      onLoss: (why) => this.lose(why),
      onPublished: () => this.published(),
      onFault: (fault) => this.mediaFault(fault),
    })
    makeObservable(this, { possible: computed })
  }

  get state(): LinkState {
    return this.way.state
  }
  get ended(): LinkMic['ended'] {
    return this.way.ended
  }
  get problem(): RoomFault | null {
    return this.way.problem
  }
  get busy(): boolean {
    return this.way.busy
  }
  get possible(): boolean {
    const room = this.deps.room()
    const stage = room?.kind === 'live' && room.state === 'live' && room.seats.length > 0
    return stage && this.state.phase === 'off' && this.way.parting === null
  }
  get camera(): Camera {
    return this.own.camera
  }
  /** He has come to his seat: the server hears his heartbeat there. */
  get onStage(): boolean {
    return this.own.taken
  }
  /** The server is about to learn that he pushes. */
  get unsettled(): boolean {
    return this.camera.publisher.state === 'publishing' && this.seats.mine?.state !== 'on'
  }

  // ---- on the way

  request(): Promise<void> {
    return this.way.act('request', async ({ visit, scope }) => {
      if (!this.possible) return
      this.way.become({ phase: 'asking' })
      try {
        const { link, position } = await scope.guard(this.deps.api.call('link.request', { roomId: visit.roomId }))
        const { linkId, expiresInMs } = link
        if (this.state.phase !== 'asking') return this.unsay(linkId)
        const endsAt = scope.clock.now() + expiresInMs
        // He was invited, and the word of it was lost: the host waits for him.
        if (link.kind === 'invite') return this.way.become({ phase: 'invited', linkId, endsAt })
        this.way.become({ phase: 'waiting', linkId, position, endsAt })
        this.hear(this.answers.of(linkId))
      } catch (error) {
        if (this.state.phase !== 'asking') return
        this.way.become(OFF)
        // Perhaps he has a seat already.
        visit.loop.now()
        throw error
      }
    })
  }

  async cancel(): Promise<void> {
    const { state } = this
    if (state.phase !== 'asking' && state.phase !== 'waiting') return
    this.way.become(OFF)
    if (state.phase === 'waiting') await this.unsay(state.linkId)
  }

  accept(): Promise<void> {
    return this.way.act('answer', async ({ visit, scope }) => {
      const { state } = this
      if (state.phase !== 'invited') return
      const { linkId } = state
      this.answers.note(linkId)
      this.accepting = true
      try {
        const { room } = await scope.guard(this.deps.api.call('link.accept', { roomId: visit.roomId, linkId }))
        visit.learn(room)
        this.look()
      } catch (error) {
        if (this.state === state) this.way.become(OFF)
        throw error
      } finally {
        this.accepting = false
      }
    })
  }

  async decline(reason = ''): Promise<void> {
    const { state, attended } = this.way
    if (state.phase !== 'invited' || !attended) return
    const { linkId } = state
    this.answers.note(linkId)
    this.way.become(OFF)
    const input = { roomId: attended.visit.roomId, linkId, ...(reason && { reason }) }
    await untilHeard(attended.scope, this.deps.retry, () => this.deps.api.call('link.reject', input))
  }

  confirm(): Promise<void> {
    return this.way.act('confirm', async (attended) => {
      if (!('seat' in this.state)) return
      const refusal = await attended.scope.guard(this.camera.ready())
      const { state } = this
      if (refusal) this.way.set({ problem: refusal })
      else if (state.phase === 'held') await this.take(state, attended)
      else this.camera.publisher.dispatch({ type: 'again' })
    })
  }

  async leave(): Promise<void> {
    if (!('seat' in this.state)) return
    this.goOff()
    await this.giveUp((roomId) => this.deps.api.call('seat.leave', { roomId }))
  }

  /** The user has done something about the `problem`: in the settings, or with the privacy guideline. */
  again(): Promise<void> {
    return this.state.phase === 'held' ? this.preview() : this.confirm()
  }

  setMicOff(off: boolean): void {
    this.own.setMicOff(off)
  }
  setCameraOff(off: boolean): void {
    this.own.setCameraOff(off)
  }
  forget(): void {
    this.way.set({ problem: null, ended: null })
  }

  /** The heartbeat of the seat; null when it is not his any more. Rejects with RoomApiError. */
  beat(version: number): Promise<Output<'seat.beat'> | null> {
    return this.own.beat(version)
  }

  // ---- what the room says

  entered(attended: Attended, admission: Admission): void {
    this.way.attended = attended
    attended.scope.onEnd(() => {
      this.goOff()
      this.accepting = false
      this.seats.clear()
      this.answers.clear()
      this.way.end()
    })
    this.look()
    if ('invitation' in admission) this.invited(admission.invitation)
  }

  changed(): void {
    this.look()
  }
  /** The word of an invitation may be lost. */
  answered({ invitation }: Truth): void {
    this.look()
    this.invited(invitation)
  }

  told(message: PersonalMessage): void {
    if (message.type === 'link-answer') this.hear(this.answers.note(message.linkId, message))
    else if (message.type === 'link') this.invited(message.link)
    else if (message.type === 'seat') {
      if (message.what === 'kicked') this.wasKicked()
      this.way.attended?.visit.loop.now()
    }
  }

  private invited(link: LinkTicket | null | undefined): void {
    if (link?.kind !== 'invite' || link.user.userId !== this.deps.me() || this.answers.knows(link.linkId)) return
    const { state } = this
    const free = (state.phase === 'off' && this.way.parting === null) || state.phase === 'invited'
    if (!free || ('linkId' in state && state.linkId === link.linkId)) return
    const endsAt = this.deps.scope.clock.now() + link.expiresInMs
    this.way.become({ phase: 'invited', linkId: link.linkId, endsAt })
  }

  /** An answer to the request, or news of the invitation, that there is now; any other is stale. */
  private hear(message: Extract<PersonalMessage, { type: 'link-answer' }> | null): void {
    const { state } = this
    if (!message || !('linkId' in state) || state.linkId !== message.linkId) return
    // The seat is in the room, whose message may be lost, or on its way.
    if (message.answer === 'accepted') this.way.attended?.visit.loop.now()
    else if (message.answer === 'expired') this.way.over('expired')
    else if (message.answer === 'cancelled') this.way.over('withdrawn')
    else if (state.phase === 'waiting') this.way.over('rejected', message.reason)
  }

  /** The seats of the room, compared with where he believes to be. */
  private look(): void {
    this.seats.learn()
    const { mine } = this.seats
    const { state } = this
    if (!mine) {
      if ('seat' in state) this.lose(state.phase === 'held' ? 'not-confirmed' : 'lost')
      return
    }
    // He has just said that he does not want it.
    if (this.way.parting) return
    this.kicked = false
    if (state.phase === 'joining' || state.phase === 'on') this.own.check(mine)
    else this.hold(mine)
  }

  /** A seat is his. Who has asked for it sees himself; who finds it after a restart is asked first. */
  private hold({ seat, endsInMs }: HeldSeat): void {
    const { state } = this
    const endsAt = endsInMs === null ? null : this.deps.scope.clock.now() + endsInMs
    const known = state.phase === 'held' && state.seat === seat
    if (known && (state.endsAt === null) === (endsAt === null)) return
    if (known && endsAt === null) {
      // It was waiting for him, and now somebody pushes from there: himself, on another device.
      this.lose('elsewhere')
      return
    }
    const expected = this.accepting || state.phase === 'asking' || state.phase === 'waiting'
    this.way.become({ phase: 'held', seat, endsAt })
    if (expected) void this.preview()
  }

  // ---- the seat

  private preview(): Promise<void> {
    return this.way.act('preview', async ({ scope }) => {
      const refusal = await scope.guard(this.camera.ready())
      if (refusal && this.state.phase === 'held') this.way.set({ problem: refusal })
    })
  }

  private async take(held: Extract<LinkState, { phase: 'held' }>, { visit, scope }: Attended): Promise<void> {
    const joining: LinkState = { phase: 'joining', seat: held.seat }
    this.way.become(joining)
    const wanted = () => this.state === joining
    try {
      const seat = await this.own.take(visit, scope, wanted)
      if (seat !== null && seat !== held.seat && wanted()) this.way.become({ phase: 'joining', seat })
    } catch (error) {
      if (!wanted()) return
      if (lossOf(error)) {
        this.lose('not-confirmed')
        return
      }
      this.way.become(held)
      this.look()
      throw error
    }
  }

  private published(): void {
    const { state } = this
    if (state.phase === 'joining') this.way.become({ phase: 'on', seat: state.seat })
    this.way.attended?.visit.loop.now()
  }

  private mediaFault(fault: RoomFault | null): void {
    if (!('seat' in this.state)) return
    if (fault && this.onStage && HOPELESS.includes(fault.code)) void this.leave()
    this.way.set({ problem: fault })
  }

  private wasKicked(): void {
    this.kicked = true
    const { why } = this.ended ?? {}
    if (why === 'lost' || why === 'not-confirmed') this.way.set({ ended: { why: 'kicked', reason: '' } })
  }

  /** The server does not know him on this seat any more. */
  private lose(why: LinkEnd): void {
    const end = this.kicked && why !== 'elsewhere' ? 'kicked' : why
    this.kicked = false
    if (why === 'elsewhere') this.seats.leaveToOther(this.own.epoch)
    this.goOff()
    this.way.over(end)
    this.way.attended?.visit.loop.now()
  }

  /** Camera and microphone off, at once; what comes later about this seat is about the past. */
  private goOff(): void {
    this.seats.leave(this.own.epoch)
    this.way.become(OFF)
    this.own.end()
  }

  /** A request that is not wanted any more; if the answer was faster, the seat goes back. */
  private unsay(linkId: string): Promise<void> {
    return this.giveUp(async (roomId) => {
      const { cancelled } = await this.deps.api.call('link.cancel', { roomId, linkId })
      if (!cancelled) await this.deps.api.call('seat.leave', { roomId })
    })
  }

  private giveUp(say: (roomId: string) => Promise<unknown>): Promise<void> {
    return this.way.part(say, () => this.seats.leave())
  }
}
