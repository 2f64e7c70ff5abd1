import type { RoomView } from '../../protocol/room'
import type { Device } from '../../services/device/port'
import { RoomApiError } from '../../services/room-api/port'
import type { ChatLogin } from '../chat-login'
import type { RetryPlan } from '../retry-plan'
import type { Scope } from '../scope'
import type { Session } from '../session'
import type { Chat } from './chat'
import { fault, faultOf, isMediaFault, type RoomFault } from './fault'
import type { Goodbye } from './goodbye'
import type { RoomPart } from './part'
import { readClosing } from './read-message'
import type { RoomTruth } from './room-truth'
import type { ShowClock } from './show-clock'
import type { Admission, Side } from './side'
import type { RoomStatus } from './status'
import { Visit } from './visit'

/** Credentials that are refused this soon (ms) after they were renewed are not renewed again: something else is wrong. */
const RENEW_EVERY_MS = 60_000

export interface AttendanceDeps {
  scope: Scope
  login: ChatLogin
  device: Device
  session: Session
  retry: RetryPlan
  truth: RoomTruth
  status: RoomStatus
  clock: ShowClock
  chat: Chat
  goodbye: Goodbye
  side: Side
  parts: readonly RoomPart[]
}

/** Goes into one room at a time, stays while the server lets us, and comes out again, for whichever reason. */
export class Attendance {
  visit: Visit | null = null
  /** The anchor wants out: what is still on its way is not pushed to any more. */
  closing = false
  /** From the tap that opens a room to the end of the visit. */
  private scope: Scope | null = null
  private sleep: (() => void) | null = null
  private renewed = Number.NEGATIVE_INFINITY
  /** Another device has the chat login, and the user has not taken it back. */
  private chatLost = false

  constructor(private readonly deps: AttendanceDeps) {
    deps.scope.onEnd(() => {
      this.visit = null
      this.letSleep()
    })
  }

  /** `call` asks the server to let us in, once the media are ready and the room before has been left. Never rejects. */
  async open(call: () => Promise<Admission>): Promise<void> {
    const { status, truth, clock, side, goodbye } = this.deps
    if (status.stage === 'open' || status.stage === 'ended') return
    const scope = this.deps.scope.child()
    this.scope = scope
    this.closing = false
    this.chatLost = false
    truth.forget()
    clock.reset()
    status.setFault(null)
    status.setStage('opening')
    await goodbye.said
    const refusal = scope.ended ? null : await side.ready()
    if (scope.ended) return
    if (refusal || this.closing) {
      scope.end()
      status.setStage('setup')
      status.setFault(refusal)
      return
    }
    try {
      const admission = await call()
      if (!scope.ended) this.admit(scope, admission)
    } catch (error) {
      if (scope.ended) return
      scope.end()
      this.refused(error)
    }
  }

  /** The page is hidden, or shown again. */
  rest(): void {
    for (const part of this.deps.parts) part.hide?.()
    this.visit?.loop.pause()
    this.deps.clock.pause()
  }
  goOn(): void {
    for (const part of this.deps.parts) part.show?.()
    this.visit?.loop.resume()
    if (this.scope) this.deps.clock.run(this.scope)
  }

  /** The show is over: the figures stay. */
  finish(): void {
    const { scope, status, session, truth, side } = this.deps
    if (scope.ended || status.stage === 'ended') return
    this.over('ended')
    if (side.owner) session.setOpenRoom(null)
    status.setFault(null)
    if (!truth.summary) void this.learnFigures()
  }

  /** Out of the room, without a word about why. */
  endVisit(): void {
    this.scope?.end()
    this.scope = null
    this.visit = null
    this.deps.clock.pause()
  }

  /** Trouble with the media, or null when they are well; what is over needs neither. */
  mediaFault(media: RoomFault | null): void {
    const { scope, status } = this.deps
    if (scope.ended || status.over) return
    if (media || isMediaFault(status.fault)) status.setFault(media ?? this.remaining())
  }

  /** The user tries again: a chat that was taken over is taken back. */
  rejoin(): void {
    if (!this.chatLost) return
    this.chatLost = false
    void this.visit?.group.join()
  }

  stayAwake(): void {
    this.sleep ??= this.deps.device.keepScreenOn()
  }

  private admit(scope: Scope, admission: Admission): void {
    const { session, retry, login, truth, chat, side, status, clock, parts } = this.deps
    const { roomId } = admission.room
    session.learn(admission)
    this.visit = new Visit({ scope, retry, login, truth, chat }, admission, {
      question: (version) => side.question(roomId, version),
      rhythm: () => side.rhythm,
      unsettled: () => side.unsettled(),
      changed: (room, before) => this.changed(room, before),
      answered: (answer) => {
        side.answered(answer)
        for (const part of parts) part.answered?.(answer)
      },
      said: (from, message) => {
        for (const part of parts) part.said?.(from, message)
      },
      counted: (counts) => {
        for (const part of parts) part.counted?.(counts)
      },
      told: (message) => {
        for (const part of parts) part.told?.(message)
      },
      closed: () => this.finish(),
      refused: (error) => this.fail(faultOf(error)),
      sentOut: (what) => this.fail(fault(what)),
      silent: (silent) => this.silent(silent),
      kicked: (reason) => void this.kicked(scope, reason),
    })
    // Nobody finds out by being refused.
    if ('mutedForMs' in admission) chat.setMuted(admission.mutedForMs)
    status.setStage('open')
    this.stayAwake()
    if (side.owner) session.setOpenRoom({ room: admission.room, counts: admission.counts })
    if (!this.closing) side.admitted(admission)
    for (const part of parts) part.entered?.({ visit: this.visit, scope }, admission)
    if (status.hidden) this.visit.loop.pause()
    else clock.run(scope)
  }

  private changed(room: RoomView, before: RoomView): void {
    const { clock, side, parts } = this.deps
    const loss = side.lost(room, before)
    if (loss) {
      this.fail(loss)
      return
    }
    clock.tick()
    side.changed(room, before)
    for (const part of parts) part.changed?.(room, before)
  }

  /** The room could not be opened. */
  private refused(error: unknown): void {
    const { truth, status } = this.deps
    const closed = error instanceof RoomApiError && error.code === 'room-closed'
    const { room, summary } = readClosing(closed ? error.details : {})
    const refusal = faultOf(error)
    if (summary) {
      if (room) truth.open(room, truth.counts)
      truth.setSummary(summary)
      this.finish()
    } else if (refusal.fatal) {
      this.fail(refusal)
    } else {
      this.deps.goodbye.forget()
      status.setStage('setup')
      status.setFault(refusal)
    }
  }

  /** For good: camera off, and the reason stays. */
  fail(refusal: RoomFault): void {
    const { scope, status } = this.deps
    if (scope.ended || status.stage === 'ended') return
    this.over('failed')
    status.setFault(refusal)
  }

  private over(stage: 'ended' | 'failed'): void {
    this.deps.side.release()
    this.endVisit()
    this.deps.goodbye.forget()
    this.letSleep()
    this.deps.status.setStage(stage)
  }

  /** The message with the closing figures was lost: once more, and then the card goes without. */
  private async learnFigures(): Promise<void> {
    const { scope, truth, side } = this.deps
    const { room } = truth
    if (!room) return
    try {
      truth.setSummary(await scope.guard(side.figures(room.roomId)))
    } catch {
      // The card says that the figures are not known.
    }
  }

  private async kicked(scope: Scope, reason: 'multipleDevice' | 'expired'): Promise<void> {
    const { visit } = this
    if (!visit) return
    const now = scope.clock.now()
    if (reason === 'expired' && now - this.renewed >= RENEW_EVERY_MS) {
      this.renewed = now
      try {
        return void visit.group.join(await scope.guard(this.deps.side.freshChat(visit.roomId)))
      } catch {
        // Then the user is told.
      }
    }
    this.chatLost = true
    this.deps.status.setFault(fault('chat-kicked'))
    // Whoever has the chat may have the camera's place in this room, too.
    visit.loop.now()
  }

  private silent(silent: boolean): void {
    const { status } = this.deps
    if (silent && !status.fault) status.setFault(fault('network'))
    if (!silent && status.fault?.code === 'network') status.setFault(this.remaining())
  }

  /** What is still wrong when another trouble, which covered it, is over. */
  private remaining(): RoomFault | null {
    return this.chatLost && !this.deps.chat.online ? fault('chat-kicked') : null
  }

  private letSleep(): void {
    this.sleep?.()
    this.sleep = null
  }
}
