import { computed, makeObservable, observable, reaction, runInAction } from 'mobx-miniprogram'
import type { PersonalMessage, PkNews } from '../../../protocol/messages'
import type { PkView, RoomView, User } from '../../../protocol/room'
import type { RoomApi } from '../../../services/room-api/port'
import { InFlight } from '../../in-flight'
import { faultOf, type RoomFault } from '../../room/fault'
import type { Attended, RoomPart } from '../../room/part'
import type { RoomTruth } from '../../room/room-truth'
import type { Scope } from '../../scope'
import { Rivals } from './rivals'

/** How long (ms) the result of a PK, and what came of a question, are shown. */
export const SHOWN_MS = 8000

/** Lengths of a PK that an anchor may ask for. */
export const PK_MINUTES = [3, 5, 10] as const

/** Likes of both shows since a PK began. */
export interface Scores {
  readonly own: number
  readonly rival: number
}

/** How a PK went for this room. */
export interface PkResult extends Scores {
  readonly outcome: 'won' | 'lost' | 'draw'
  readonly against: User
}

/** What came of a question that led to no PK. */
export type PkAnswer = Extract<PkNews, 'refused' | 'cancelled' | 'expired'>

export interface PkDeps {
  scope: Scope
  api: RoomApi
  truth: RoomTruth
  /** This is the phone of the anchor, who alone may ask, answer and end. */
  mine: boolean
}

const NO_SCORES: Scores = { own: 0, rival: 0 }
const ANSWERS: readonly PkNews[] = ['refused', 'cancelled', 'expired'] satisfies PkAnswer[]

const outcomeOf = ({ own, rival }: Scores): PkResult['outcome'] =>
  own === rival ? 'draw' : own > rival ? 'won' : 'lost'

/**
 * Two shows side by side, with the likes of that time as scores. The room holds the truth; messages only say it sooner.
 * Actions never reject, and a second tap joins the first.
 */
export class Pk implements RoomPart {
  /** Local time (ms) at which the question or the PK ends; null while there is neither. */
  endsAt: number | null = null
  /** The last PK's end, for a while after it. */
  result: PkResult | null = null
  /** The last question's end, for a while after it. */
  answer: { readonly what: PkAnswer; readonly by: User } | null = null
  problem: RoomFault | null = null
  busy = false
  /** Shows that could be asked. */
  readonly rivals: Rivals

  private last: Scores = NO_SCORES
  /** What the server said about a question before the room did. */
  private hint: { pkId: string; what: PkAnswer } | null = null
  /** The last PK, or question, that is over. */
  private over = ''
  private readonly inFlight = new InFlight()
  private attended: Attended | null = null
  private forgetLater = () => {}
  /** The likes of now are not known: the page was hidden. */
  private blind = false

  constructor(private readonly deps: PkDeps) {
    this.rivals = new Rivals(deps.api, () => deps.truth.room?.roomId ?? '')
    makeObservable(this, {
      endsAt: observable,
      result: observable.ref,
      answer: observable.ref,
      problem: observable.ref,
      busy: observable,
      view: computed,
      scores: computed,
    })
    // The counts after a PK have no scores any more, and may come before the room says that it is over.
    const { scope, truth } = deps
    scope.onEnd(
      reaction(
        () => truth.counts.pk,
        (scores) => this.keep(scores),
        { fireImmediately: true },
      ),
    )
  }

  get view(): PkView | null {
    return this.deps.truth.room?.pk ?? null
  }

  get scores(): Scores {
    return this.deps.truth.counts.pk ?? NO_SCORES
  }

  /** Asks the anchor of another show for a PK of so many minutes. */
  invite(rivalRoomId: string, minutes: number): Promise<void> {
    const { api } = this.deps
    return this.act((roomId) => api.call('pk.invite', { roomId, rivalRoomId, durationS: minutes * 60 }))
  }
  accept(): Promise<void> {
    return this.decide('pk.accept', 'asked')
  }
  /** No; or one's own question taken back. */
  refuse(): Promise<void> {
    return this.decide('pk.refuse', 'asked', 'invited')
  }
  end(): Promise<void> {
    return this.decide('pk.end', 'on')
  }
  /** The user has read what went wrong. How a PK or a question ended stays for its while. */
  forget(): void {
    this.set({ problem: null })
  }

  entered(attended: Attended, { room }: { room: RoomView }): void {
    this.attended = attended
    this.count(room)
    attended.scope.onEnd(() => {
      this.attended = null
      this.hint = null
      this.rivals.clear()
      this.inFlight.forget('pk')
      this.set({ endsAt: null, busy: false })
      this.clear()
    })
  }

  changed(room: RoomView, before: RoomView): void {
    const { pk: was } = before
    const { pk: is } = room
    if (was && was.pkId !== is?.pkId) {
      if (was.state === 'on') this.tell({ result: this.blind ? null : this.resultOf(was) })
      else this.tell({ answer: this.answerOf(was) })
      this.over = was.pkId
    }
    if (is?.state === 'on' && was?.state !== 'on') {
      this.last = this.scores
      this.clear()
    }
    this.count(room)
  }

  answered(): void {
    this.blind = false
  }
  hide(): void {
    this.blind = true
  }

  told(message: PersonalMessage): void {
    if (message.type !== 'pk' || !this.deps.mine) return
    const { pkId, what } = message
    if (ANSWERS.includes(what)) {
      this.hint = { pkId, what: what as PkAnswer }
      // The room has said already that the question is over, and not how.
      if (this.answer && this.over === pkId) this.set({ answer: { ...this.answer, what: this.hint.what } })
    }
    // The room says the rest; its message may be lost, or on its way.
    this.attended?.visit.loop.now()
  }

  private keep(scores: Scores | null): void {
    if (scores) this.last = scores
  }

  private resultOf({ rival }: PkView): PkResult {
    return { ...this.last, outcome: outcomeOf(this.last), against: rival.anchor }
  }

  private answerOf({ pkId, rival }: PkView): Pk['answer'] {
    if (!this.deps.mine) return null
    const what = this.hint?.pkId === pkId ? this.hint.what : 'expired'
    this.hint = null
    return { what, by: rival.anchor }
  }

  private count({ pk }: RoomView): void {
    this.set({ endsAt: pk ? this.deps.scope.clock.now() + pk.endsInMs : null })
  }

  private clear(): void {
    this.forgetLater()
    this.set({ problem: null, result: null, answer: null })
  }

  private tell(ended: { result?: PkResult | null; answer?: Pk['answer'] }): void {
    this.forgetLater()
    // The newest word takes the place of any older one.
    this.set({ result: null, answer: null, ...ended })
    this.forgetLater = this.deps.scope.after(SHOWN_MS, () => this.set({ result: null, answer: null }))
  }

  /** An answer to the question, or the PK, that there is now; anything later is stale and does nothing. */
  private async decide(
    action: 'pk.accept' | 'pk.refuse' | 'pk.end',
    ...states: readonly PkView['state'][]
  ): Promise<void> {
    const { view } = this
    if (!view || !states.includes(view.state)) return
    const { pkId } = view
    // One's own word is no news.
    if (view.state === 'invited') this.hint = { pkId, what: 'cancelled' }
    await this.act((roomId) => this.deps.api.call(action, { roomId, pkId }))
  }

  private act(call: (roomId: string) => Promise<{ room: RoomView }>): Promise<void> {
    const { attended } = this
    if (!attended || !this.deps.mine) return Promise.resolve()
    return this.inFlight.join('pk', async () => {
      this.set({ busy: true, problem: null })
      try {
        const { room } = await attended.scope.guard(call(attended.visit.roomId))
        attended.visit.learn(room)
      } catch (error) {
        this.set({ problem: faultOf(error) })
        // It was decided by somebody else: the room knows how.
        attended.visit.loop.now()
      }
      this.set({ busy: false })
    })
  }

  private set(fields: Partial<Pick<Pk, 'endsAt' | 'result' | 'answer' | 'problem' | 'busy'>>): void {
    runInAction(() => Object.assign(this, fields))
  }
}
