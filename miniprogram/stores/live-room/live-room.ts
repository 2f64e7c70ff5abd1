import type { Input } from '../../protocol/actions'
import { LIMITS, lengthOf } from '../../protocol/limits'
import type { RoomCounts, RoomView, ShowSummary } from '../../protocol/room'
import type { Device, MediaGap } from '../../services/device/port'
import type { Pictures } from '../../services/pictures/port'
import { type RoomApi, RoomApiError } from '../../services/room-api/port'
import type { ChatLogin } from '../chat-login'
import { InFlight } from '../in-flight'
import type { Lease } from '../lease'
import type { Playback } from '../media/playback'
import type { Publisher } from '../media/publisher'
import type { RetryPlan } from '../retry-plan'
import { mendedAway } from '../room/admit-media'
import { Attendance } from '../room/attendance'
import { Chat } from '../room/chat'
import { ChatEntry } from '../room/chat/chat-entry'
import type { StageDesk } from '../room/desk/types'
import { fault, isMediaFault, type RoomFault } from '../room/fault'
import { Goodbye } from '../room/goodbye'
import type { RoomPart } from '../room/part'
import { People } from '../room/people/people'
import { RequestIds } from '../room/request-ids'
import { RoomTruth } from '../room/room-truth'
import { ShowClock } from '../room/show-clock'
import type { Side } from '../room/side'
import type { RoomStage } from '../room/stage/stage'
import { type Phase, RoomStatus } from '../room/status'
import type { Scope } from '../scope'
import type { Session } from '../session'
import { castOf } from './cast'
import { CoverPicture } from './cover-picture'
import type { Appointments } from './event/appointments'
import { EventShow } from './event/event-show'
import { Latency } from './latency'
import { Likes } from './likes'
import type { ViewerLink } from './link/link-mic'
import { Pk } from './pk/pk'
import { Replays } from './replays'
import { Tally } from './tally'

export type { Phase } from '../room/status'
export type Role = 'anchor' | 'audience'

/** What an anchor decides about a room before it is opened; the server has a word for what is left out. */
export type NewRoom = Pick<Input<'create'>, 'title' | 'cover' | 'notice' | 'tags' | 'seats' | 'lowLatency' | 'record'>

export interface LiveRoomDeps {
  scope: Scope
  api: RoomApi
  login: ChatLogin
  device: Device
  /** Null where no picture can be uploaded. */
  pictures: Pictures | null
  session: Session
  appointments: Appointments
  pusherLease: Lease
  retry: RetryPlan
  log(message: string): void
}

/** Who comes by the id of a room has filled nothing in: an id that is none is a room that is not there. */
const named = <T>(call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => {
    const misshapen = error instanceof RoomApiError && error.code === 'bad-input'
    throw misshapen ? new RoomApiError('not-found', error.message) : error
  })

/**
 * One live show on one phone, without a platform in it. Whoever opened it calls `end()`; two rooms share nothing but the
 * leases of the kit (M62). Actions never reject: what went wrong is in `fault`. A second call of an action joins the first.
 */
export class LiveRoom {
  /** False in DevTools and on old phones: draw the placeholder instead of the tags. */
  readonly canShowMedia: boolean
  readonly mediaGap: MediaGap | null
  /** The anchor's camera; null for the audience. */
  readonly publisher: Publisher | null
  readonly chat: Chat
  readonly likes: Likes
  /** A picture for the cover of the show to come; null for the audience, and where there are none. */
  readonly picture: CoverPicture | null = null

  /** Who is on stage, and what draws them here. */
  readonly stage: RoomStage
  /** A viewer's way to the stage; null for the anchor, whose stage it is. */
  readonly link: ViewerLink | null
  /** The stage in the hands of the anchor and the admins. */
  readonly desk: StageDesk
  /** Two shows side by side. */
  readonly pk: Pk
  /** Who is here, and the order among them. */
  readonly people: People
  /** Watching without delay, where the room has places for it. */
  readonly latency: Latency
  /** What an official show has besides: the time before it. */
  readonly event: EventShow
  /** What was recorded of it, once it is over. */
  readonly replays: Replays
  /** What only this phone has counted. */
  readonly tally: Tally

  private readonly parts: readonly RoomPart[]
  private readonly truth: RoomTruth
  private readonly status: RoomStatus
  private readonly showClock: ShowClock
  private readonly requestIds: RequestIds
  private readonly goodbye: Goodbye
  private readonly side: Side
  private readonly attendance: Attendance
  private readonly inFlight = new InFlight()
  /** What `retry` does again. */
  private last: (() => Promise<void>) | null = null

  constructor(
    readonly role: Role,
    private readonly deps: LiveRoomDeps,
  ) {
    const { scope, device, session, api, pictures } = deps
    this.canShowMedia = device.canShowMedia
    this.mediaGap = device.mediaGap
    this.truth = new RoomTruth(scope.clock)
    this.status = new RoomStatus(this.truth)
    this.pk = new Pk({ scope, api, truth: this.truth, mine: role === 'anchor' })
    this.people = new People({ scope, api, truth: this.truth, me: () => session.me?.userId ?? '' })
    this.latency = new Latency({ api, truth: this.truth })
    const serverNow = () => session.now()
    this.event = new EventShow({ scope, truth: this.truth, appointments: deps.appointments, serverNow })
    this.replays = new Replays({ scope, api, truth: this.truth, serverNow })
    this.showClock = new ShowClock(serverNow, () => this.truth.room)
    this.requestIds = new RequestIds(scope.clock)
    this.goodbye = new Goodbye(api)
    this.chat = new Chat(scope, () => session.me, serverNow)
    this.tally = new Tally(this.chat)
    this.likes = new Likes(scope)
    const cast = castOf(role, {
      ...deps,
      onFault: (media) => this.attendance.mediaFault(media),
      room: () => this.truth.room,
      visit: () => this.attendance.visit,
      me: () => session.me?.userId ?? '',
    })
    this.stage = cast.stage
    this.desk = cast.desk
    this.link = cast.link
    this.publisher = cast.publisher
    this.side = cast.side
    if (role === 'anchor' && pictures) this.picture = new CoverPicture({ scope, pictures, session })
    const me = () => session.me?.userId ?? ''
    const entry = new ChatEntry({ chat: this.chat, api, me, greets: role === 'audience' })
    const standing = [this.pk, this.people, this.event, this.replays, this.tally, cast.desk, entry]
    this.parts = cast.link ? [...standing, this.latency, cast.link] : standing
    const { truth, status, showClock: clock, chat, likes, goodbye, side } = this
    this.attendance = new Attendance({
      ...deps,
      role,
      truth,
      status,
      clock,
      chat,
      likes,
      goodbye,
      side,
      parts: this.parts,
    })
    scope.onEnd(
      device.onNetwork((online) => {
        if (!online) return
        this.side.online()
        this.attendance.visit?.loop.now()
      }),
    )
    scope.onEnd(device.onInterruption((phase) => this.side.call(phase)))
    // The settings page is none of ours: coming back from it is an app that is shown again.
    scope.onEnd(device.onShow(() => (mendedAway(this.fault) || mendedAway(this.link?.problem ?? null)) && this.retry()))
  }

  /** What the audience watches while it is in a room: the anchor, or the mix. */
  get playback(): Playback | null {
    return this.role === 'anchor' ? null : (this.stage.main?.playback ?? null)
  }
  get phase(): Phase {
    return this.status.phase
  }
  get fault(): RoomFault | null {
    return this.status.fault
  }
  get room(): RoomView | null {
    return this.truth.room
  }
  get counts(): RoomCounts {
    return this.truth.counts
  }
  /** The closing card's figures; null when they could not be learnt. */
  get summary(): ShowSummary | null {
    return this.truth.summary
  }
  /** Since the first picture; ticks once a second while on air. */
  get elapsedMs(): number {
    return this.showClock.elapsedMs
  }
  /** Local time (ms) at which the server closes an idle or interrupted room; null otherwise. */
  get closesAt(): number | null {
    return this.truth.closesAt
  }

  /** Anchor: asks for privacy, microphone and camera in this order and shows the preview. */
  prepare(): Promise<void> {
    return this.act('prepare', async () => {
      if (this.status.stage !== 'setup') return
      this.status.setFault(null)
      const refusal = await this.side.ready()
      if (this.deps.scope.ended) return
      if (refusal) this.status.setFault(refusal)
      else this.attendance.stayAwake()
    })
  }

  /** Anchor: opens the room and pushes, once the picture for its cover has arrived. */
  start(room: NewRoom): Promise<void> {
    const name = room.title.trim()
    return this.act('open', async () => {
      if (name === '' || lengthOf(name) > LIMITS.titleMax) {
        this.status.setFault(fault('bad-input'))
        return
      }
      const arriving = this.picture?.file()
      const coverFile = arriving ? await arriving : ''
      if (coverFile === null) return
      const form = { ...room, title: name, ...(coverFile && { coverFile }) }
      const requestId = this.requestIds.of(JSON.stringify(form))
      await this.attendance.open(async () => {
        const admission = await this.deps.api.call('create', { ...form, requestId })
        this.requestIds.done()
        return admission
      })
    })
  }

  /** Anchor: goes on with a show left running here or on another device. */
  resumeShow(roomId: string): Promise<void> {
    return this.act('open', () => this.attendance.open(() => named(this.deps.api.call('resume', { roomId }))))
  }

  /** Anchor: ends the show. Camera and microphone are off at once, the figures come with the answer. */
  close(): Promise<void> {
    if (this.role !== 'anchor' || this.deps.scope.ended) return Promise.resolve()
    this.attendance.closing = true
    this.side.release()
    // A start that waits for the picture does not go on.
    this.picture?.remove()
    return this.inFlight.join('close', async () => {
      // A page that is left takes the model along: where nothing is waited for, the server is told before that.
      if (this.inFlight.has('open')) await this.inFlight.of('open')
      const { room } = this
      if (this.status.stage === 'open' && room) {
        try {
          const closed = await this.deps.api.call('close', { roomId: room.roomId })
          this.truth.setSummary(closed.summary)
        } catch {
          // A server that cannot be reached closes the room when the grace is over.
        }
      }
      if (this.status.stage !== 'failed' && !this.deps.scope.ended) this.attendance.finish()
    })
  }

  /**
   * Audience: everything for the first frame in one call. From another room it goes straight over. `lowLatency` asks for one
   * of the few places with a picture without delay; without one, and where it does not work, the picture is the ordinary one.
   */
  async enter(roomId: string, { lowLatency = false } = {}): Promise<void> {
    if (this.goodbye.roomId === roomId && this.status.stage === 'open') return
    if (this.goodbye.roomId !== '' && this.goodbye.roomId !== roomId) void this.leave()
    return this.act('open', () => {
      this.goodbye.roomId = roomId
      return this.attendance.open(() =>
        named(this.deps.api.call('enter', { roomId, ...(lowLatency && { lowLatency }) })),
      )
    })
  }

  /** Audience. The server's answer is not waited for by anything but the next `enter`. */
  async leave(): Promise<void> {
    if (this.role !== 'audience' || this.deps.scope.ended) return
    this.goodbye.say(this.inFlight.of('open'))
    this.inFlight.forget('open')
    this.attendance.endVisit()
    this.side.release()
    this.status.setFault(null)
    this.truth.forget()
    this.status.setStage('setup')
  }

  /** Does again what `fault` stopped. */
  async retry(): Promise<void> {
    const stopped = this.fault
    if (!stopped && this.link?.problem) return this.link.again()
    if (stopped?.code === 'already-live') return this.resumeShow(stopped.roomId)
    if (stopped?.code === 'superseded') return this.resumeShow(this.truth.room?.roomId ?? '')
    if (this.status.stage !== 'open') return this.last?.()
    return this.inFlight.join('retry', async () => {
      const refusal = await this.side.ready()
      if (this.deps.scope.ended) return
      // What the camera said as soon as it was open is news.
      if (refusal || this.fault === stopped) this.status.setFault(refusal)
      if (refusal) return
      this.attendance.rejoin()
      if (isMediaFault(stopped) || stopped?.code === 'privacy') this.side.again()
      this.attendance.visit?.loop.now()
    })
  }

  /** Opens the settings page, then tries again. */
  async openSettings(): Promise<void> {
    await this.deps.device.openSettings()
    if (!this.deps.scope.ended) await this.retry()
  }

  /** Hearts of this user. */
  like(n = 1): void {
    this.likes.tap(n)
  }

  /** Page hidden: sockets and timers may be cut at any moment, so nothing is left to them. */
  hide(): void {
    if (this.status.hidden || this.deps.scope.ended) return
    this.status.setHidden(true)
    this.chat.hold(true)
    this.likes.hold(true)
    this.side.hide()
    this.attendance.rest()
  }

  /** Page shown: the truth first, then whatever it takes. */
  show(): void {
    if (!this.status.hidden || this.deps.scope.ended) return
    this.status.setHidden(false)
    this.chat.hold(false)
    this.likes.hold(false)
    this.side.show()
    this.attendance.goOn()
  }

  /** Disposes of everything; idempotent, from any state. Call it in `detached`. */
  end(): void {
    if (this.deps.scope.ended) return
    this.goodbye.say(this.inFlight.of('open'))
    this.side.release()
    this.deps.scope.end()
    this.status.setStage('ended')
  }

  /** One of the actions that `retry` can repeat. */
  private act(name: 'prepare' | 'open', run: () => Promise<void>): Promise<void> {
    if (this.deps.scope.ended) return Promise.resolve()
    return this.inFlight.join(name, () => {
      this.last = () => this.act(name, run)
      return run()
    })
  }
}
