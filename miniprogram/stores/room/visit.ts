import type { ChatCredentials, Settings, ViewerPlay } from '../../protocol/actions'
import type { LinkTicket, StagePlay } from '../../protocol/link'
import type { MemberMessage, PersonalMessage, SystemMessage } from '../../protocol/messages'
import type { RoomCounts, RoomView } from '../../protocol/room'
import { RoomApiError } from '../../services/room-api/port'
import type { ChatLogin } from '../chat-login'
import type { RetryPlan } from '../retry-plan'
import type { Scope } from '../scope'
import type { Chat, SystemEvent } from './chat'
import { GroupLink } from './group-link'
import { readClosing } from './read-message'
import type { RoomTruth } from './room-truth'
import { TruthLoop } from './truth-loop'

/** Without the chat nobody tells about changes, so the server is asked this often (ms) at least. */
const BLIND_RHYTHM_MS = 15_000
/** What is about to be decided by the server is looked at again after this (ms). */
const UNSETTLED_MS = 3000
/** Questions that fail in a row before the user is told. */
const TELL_AFTER = 3

/** What the server says about a room when it is asked. */
export interface Truth {
  room: RoomView | null
  counts: RoomCounts
  /** What a viewer plays. */
  play?: ViewerPlay
  /** What somebody on stage plays: the others; null while it is as before. */
  stage?: StagePlay[] | null
  /** To come on stage, for a viewer who has not answered yet. */
  invitation?: LinkTicket | null
  /** Everybody who waits for a seat, for those who decide. */
  links?: LinkTicket[]
  /** Of the room that this is about. */
  version?: number
}

export interface VisitHost {
  /** Asks the server: the anchor by `beat`, a viewer by `sync`. */
  question(version: number): Promise<Truth>
  rhythm(): 'heartbeatMs' | 'pollMs'
  /** The server is about to learn something from us, or we from it. */
  unsettled(): boolean
  changed(room: RoomView, before: RoomView): void
  /** The answer to a question, after `changed`. */
  answered(truth: Truth): void
  closed(): void
  /** The server refuses for good. */
  refused(error: RoomApiError): void
  /** Somebody in the group says something. */
  said(from: string, message: MemberMessage): void
  counted(counts: RoomCounts): void
  /** The server says something to this user alone, and it is not about order. */
  told(message: PersonalMessage): void
  /** Those who keep order do not want this user here. */
  sentOut(what: 'removed' | 'banned'): void
  /** The server has not been heard for a while, or is heard again. */
  silent(silent: boolean): void
  kicked(reason: 'multipleDevice' | 'expired'): void
}

export interface VisitDeps {
  scope: Scope
  retry: RetryPlan
  login: ChatLogin
  truth: RoomTruth
  chat: Chat
}

const FINAL: readonly RoomApiError['code'][] = ['room-closed', 'superseded', 'not-found', 'forbidden', 'banned']
/** The server refuses for good: this room is over for us. */
export const isFinal = (error: unknown): error is RoomApiError =>
  error instanceof RoomApiError && FINAL.includes(error.code)

/** From the moment the server lets us into a room until we are out of it: keeps what is known about it true. */
export class Visit {
  readonly group: GroupLink
  readonly loop: TruthLoop
  /** Of the anchor's place when we came in; a higher one in the room means that somebody else has it. */
  readonly epoch: number
  readonly roomId: string
  private chatOnline = false
  private failures = 0

  constructor(
    private readonly deps: VisitDeps,
    entered: { room: RoomView; counts: RoomCounts; chat: ChatCredentials; settings: Settings },
    private readonly host: VisitHost,
  ) {
    const { scope, retry, login, truth, chat } = deps
    const { roomId, epoch } = entered.room
    this.roomId = roomId
    this.epoch = epoch
    truth.open(entered.room, entered.counts)
    this.loop = new TruthLoop({
      scope,
      retry,
      ask: () => this.ask(),
      rhythmMs: () => this.rhythmMs(entered.settings[host.rhythm()]),
    })
    this.group = new GroupLink({
      scope,
      chat: login,
      retry,
      roomId,
      credentials: entered.chat,
      onSystem: (message) => this.heard(message),
      onMember: (from, message) => {
        if (message.type !== 'like') chat.receive(from, message)
        host.said(from, message)
      },
      onPersonal: (message) => {
        if (message.type === 'order') this.ordered(message)
        else host.told(message)
      },
      onDoubt: () => this.loop.now(),
      onOnline: (online) => {
        this.chatOnline = online
        chat.setOnline(online)
      },
      onKicked: (reason) => host.kicked(reason),
    })
    chat.connect((message) => this.group.post(message, message.type === 'joined' ? 'low' : 'normal'))
    if (entered.room.notice) chat.proclaim(entered.room.notice)
    scope.onEnd(() => chat.disconnect())
    void this.group.join()
    this.loop.start()
  }

  /** One question to the server, applied. Rejects while it is worth another try. */
  async ask(): Promise<void> {
    const { scope, truth } = this.deps
    const known = truth.room?.version ?? 0
    try {
      const answer = await scope.guard(this.host.question(known))
      this.failures = 0
      this.host.silent(false)
      if (answer.room) this.apply(answer.room)
      if (scope.ended) return
      this.learnCounts(answer.counts)
      this.host.answered({ ...answer, version: answer.room?.version ?? known })
    } catch (error) {
      if (isFinal(error)) {
        this.finish(error)
        return
      }
      this.failures++
      if (this.failures >= TELL_AFTER) this.host.silent(true)
      throw error
    }
  }

  /** A refusal that ends the visit; a closed room's carries its figures. */
  finish(error: RoomApiError): void {
    if (this.deps.scope.ended) return
    if (error.code !== 'room-closed') {
      this.host.refused(error)
      return
    }
    const { room, summary } = readClosing(error.details)
    this.deps.truth.setSummary(summary)
    // The card says why it ended.
    if (room) this.deps.truth.apply(room)
    this.host.closed()
  }

  /** A room that an action of ours was answered with. */
  learn(room: RoomView): void {
    if (this.deps.scope.ended) return
    if (this.apply(room) === 'gap') this.loop.now()
  }

  private ordered({ what, seconds }: Extract<PersonalMessage, { type: 'order' }>): void {
    const { chat } = this.deps
    if (what !== 'muted') {
      this.host.sentOut(what)
      return
    }
    chat.announce(seconds === 0 ? 'unmuted' : 'muted')
    chat.setMuted(1000 * (seconds ?? 0))
  }

  private heard(message: SystemMessage): void {
    if (message.type === 'counts') {
      this.learnCounts(message.counts)
      return
    }
    if (message.room.state === 'closed') this.deps.truth.setSummary(message.summary ?? null)
    this.learn(message.room)
  }

  private apply(room: RoomView): 'old' | 'new' | 'gap' {
    const { truth, chat, scope } = this.deps
    const before = truth.room
    const news = truth.apply(room)
    if (news === 'old' || !before) return news
    const event = eventOf(before, room)
    if (event) chat.announce(event)
    if (room.notice !== before.notice) chat.proclaim(room.notice)
    if (room.state === 'closed') this.host.closed()
    else this.host.changed(room, before)
    return scope.ended ? 'old' : news
  }

  private learnCounts(counts: RoomCounts): void {
    this.deps.truth.setCounts(counts)
    this.host.counted(counts)
  }

  private rhythmMs(usual: number): number {
    const { truth, scope } = this.deps
    const bounds = [usual]
    if (!this.chatOnline) bounds.push(BLIND_RHYTHM_MS)
    if (this.host.unsettled()) bounds.push(UNSETTLED_MS)
    // The room ends by itself then; the message about it may be lost.
    if (truth.closesAt !== null) bounds.push(Math.max(truth.closesAt - scope.clock.now(), 0) + UNSETTLED_MS)
    return Math.min(...bounds)
  }
}

function eventOf(before: RoomView, now: RoomView): SystemEvent | null {
  if (before.state === now.state) return null
  if (now.state === 'live') return before.state === 'interrupted' ? 'back' : 'started'
  return now.state === 'interrupted' ? 'interrupted' : now.state === 'closed' ? 'ended' : null
}
