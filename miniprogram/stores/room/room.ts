import type { RoomCounts, RoomView, ShowSummary } from '../../protocol/room'
import type { Device, MediaGap } from '../../services/device/port'
import { type RoomApi, RoomApiError } from '../../services/room-api/port'
import type { ChatLogin } from '../chat-login'
import { InFlight } from '../in-flight'
import type { Lease } from '../lease'
import type { Publisher } from '../media/publisher'
import type { RetryPlan } from '../retry-plan'
import type { Scope } from '../scope'
import type { Session } from '../session'
import { mendedAway } from './admit-media'
import { Attendance } from './attendance'
import { Chat } from './chat'
import { ChatEntry } from './chat/chat-entry'
import type { StageDesk } from './desk/types'
import { isMediaFault, type RoomFault } from './fault'
import { Goodbye } from './goodbye'
import type { RoomPart } from './part'
import { People } from './people/people'
import { RequestIds } from './request-ids'
import { RoomTruth } from './room-truth'
import { ShowClock } from './show-clock'
import type { Side } from './side'
import type { RoomStage } from './stage/stage'
import { type Phase, RoomStatus } from './status'

/** What a room of any kind is made with. */
export interface RoomDeps {
  scope: Scope
  api: RoomApi
  login: ChatLogin
  device: Device
  session: Session
  pusherLease: Lease
  retry: RetryPlan
  log(message: string): void
}

/** What one kind of room adds to `Room`. */
interface Cast<S extends Side> {
  readonly side: S
  readonly parts: readonly RoomPart[]
  /** Says to everybody in the chat that this user has come in. */
  readonly greets: boolean
}

/** Who comes by the id of a room has filled nothing in: an id that is none is a room that is not there. */
export const named = <T>(call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => {
    const misshapen = error instanceof RoomApiError && error.code === 'bad-input'
    throw misshapen ? new RoomApiError('not-found', error.message) : error
  })

/**
 * One room on one phone, without a platform in it: what a show and a call have in common. Whoever opened it calls `end()`;
 * two rooms share nothing but the leases of the kit (M62). Actions never reject: what went wrong is in `fault`. A second
 * call of an action joins the first.
 */
export abstract class Room<S extends Side = Side> {
  /** False in DevTools and on old phones: draw the placeholder instead of the tags. */
  readonly canShowMedia: boolean
  readonly mediaGap: MediaGap | null
  readonly chat: Chat
  /** Who is here, and the order among them. */
  readonly people: People
  /** Who is on stage, and what draws them here. */
  abstract readonly stage: RoomStage
  /** The stage in the hands of those who keep order. */
  abstract readonly desk: StageDesk
  /** One's own camera, for who has one from the beginning: an anchor, and everybody in a call. */
  abstract readonly publisher: Publisher | null

  protected readonly truth: RoomTruth
  protected readonly status: RoomStatus
  protected readonly requestIds: RequestIds
  protected readonly goodbye: Goodbye
  protected readonly inFlight = new InFlight()
  protected side!: S
  protected attendance!: Attendance
  private readonly clock: ShowClock
  /** What `retry` does again. */
  private last: (() => Promise<void>) | null = null

  constructor(protected readonly deps: RoomDeps) {
    const { scope, device, session, api } = deps
    this.canShowMedia = device.canShowMedia
    this.mediaGap = device.mediaGap
    this.truth = new RoomTruth(scope.clock)
    this.status = new RoomStatus(this.truth)
    this.clock = new ShowClock(
      () => session.now(),
      () => this.truth.room,
    )
    this.requestIds = new RequestIds(scope.clock)
    this.goodbye = new Goodbye(api)
    this.people = new People({ scope, api, truth: this.truth, me: () => this.me })
    this.chat = new Chat(
      scope,
      () => session.me,
      () => session.now(),
    )
  }

  /** Once, by the constructor of each kind: from here on the room hears what happens. */
  protected assemble({ side, parts, greets }: Cast<S>): void {
    const { deps, chat, people, truth, status, clock, goodbye } = this
    const { scope, device, api } = deps
    const entry = new ChatEntry({ chat, api, me: () => this.me, greets })
    this.side = side
    this.attendance = new Attendance({
      ...deps,
      truth,
      status,
      clock,
      chat,
      goodbye,
      side,
      parts: [people, entry, ...parts],
    })
    scope.onEnd(
      device.onNetwork((online) => {
        if (!online) return
        side.online()
        this.attendance.visit?.loop.now()
      }),
    )
    scope.onEnd(device.onInterruption((phase) => side.call(phase)))
    // The settings page is none of ours: coming back from it is an app that is shown again.
    scope.onEnd(device.onShow(() => (mendedAway(this.fault) || mendedAway(this.problem)) && this.retry()))
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
    return this.clock.elapsedMs
  }
  /** Local time (ms) at which the server closes an idle or interrupted room; null otherwise. */
  get closesAt(): number | null {
    return this.truth.closesAt
  }

  /** Does again what `fault` stopped. */
  async retry(): Promise<void> {
    const stopped = this.fault
    const other = this.otherwise(stopped)
    if (other) return other()
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

  /** This user has opened the room. */
  get owner(): boolean {
    return this.side.owner
  }
  /** The room is over for everybody when this user leaves it. */
  abstract readonly endsByLeaving: boolean
  /** Its owner ends the room for everybody; camera and microphone are off at once. */
  abstract close(): Promise<void>

  /** Opens the settings page, then tries again. */
  async openSettings(): Promise<void> {
    await this.deps.device.openSettings()
    if (!this.deps.scope.ended) await this.retry()
  }

  /** Page hidden: sockets and timers may be cut at any moment, so nothing is left to them. */
  hide(): void {
    if (this.status.hidden || this.deps.scope.ended) return
    this.status.setHidden(true)
    this.chat.hold(true)
    this.side.hide()
    this.attendance.rest()
  }

  /** Page shown: the truth first, then whatever it takes. */
  show(): void {
    if (!this.status.hidden || this.deps.scope.ended) return
    this.status.setHidden(false)
    this.chat.hold(false)
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

  /** User id of this phone's user, or '' before the server has said it. */
  protected get me(): string {
    return this.deps.session.me?.userId ?? ''
  }

  /** Trouble of a part, which `retry` tries to mend when the room itself is well. */
  protected get problem(): RoomFault | null {
    return null
  }

  /** What `retry` does for this fault instead of the usual; null: the usual. */
  protected otherwise(_stopped: RoomFault | null): (() => Promise<void> | undefined) | null {
    return null
  }

  /** Camera, microphone and what allows them, before a room is opened. */
  protected preview(): Promise<void> {
    return this.act('prepare', async () => {
      if (this.status.stage !== 'setup') return
      this.status.setFault(null)
      const refusal = await this.side.ready()
      if (this.deps.scope.ended) return
      if (refusal) this.status.setFault(refusal)
      else this.attendance.stayAwake()
    })
  }

  /** Out of the room that was entered. The server's answer is not waited for by anything but the next `enter`. */
  protected goOut(): void {
    if (this.deps.scope.ended) return
    this.goodbye.say(this.inFlight.of('open'))
    this.inFlight.forget('open')
    this.side.release()
    this.attendance.endVisit()
    this.status.setFault(null)
    this.truth.forget()
    this.status.setStage('setup')
  }

  /** One of the actions that `retry` can repeat. */
  protected act(name: 'prepare' | 'open', run: () => Promise<void>): Promise<void> {
    if (this.deps.scope.ended) return Promise.resolve()
    return this.inFlight.join(name, () => {
      this.last = () => this.act(name, run)
      return run()
    })
  }
}
