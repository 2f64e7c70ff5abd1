import { randomInt } from 'node:crypto'
import type { ChatError, ChatPriority } from '../../miniprogram/protocol/local-chat'
import { AfterQueue } from './after-queue'
import type { CallbackClient } from './callback-client'
import { AFTER_SEND, afterSend, BEFORE_SEND, beforeSend, type GroupMessage, readVerdict } from './callback-events'
import type { Counters } from './counters'
import type { Group } from './group'
import type { Hub } from './hub'

/** Messages of one group whose verdict is not there yet; above it they are shed like those above the group's ceiling. */
export const OUT_MAX = 100
/** Tencent's; a message whose verdict is later is delivered without it (documented, not observed). */
export const VERDICT_MS = 2000

/** What happened between the chat and the receiver of its callbacks. */
export interface CallbackStats {
  /** Messages that were asked about, and how many of them are without a verdict now. */
  asked: number
  out: number
  refused: number
  /** Messages that were delivered because no verdict came. */
  unanswered: number
  /** Messages that the receiver was told about afterwards, that wait for it, and that were given up. */
  told: number
  waiting: number
  lost: number
}

/** A message as its sender's session hands it over. */
export interface Draft {
  from: string
  /** What `dataText` says. */
  data: unknown
  dataText: string
  priority: ChatPriority
}

/** The messages of one group that are out. */
interface Out {
  size: number
  /** The last message of each sender: the next one is not delivered before it. */
  tails: Map<string, Promise<unknown>>
}

/**
 * Asks the callback before a member's message is delivered, and tells it afterwards. Messages of one sender keep their
 * order; those of others, and other groups, wait for nothing.
 */
export class Moderation {
  private readonly groups = new WeakMap<Group, Out>()
  private readonly after: AfterQueue
  private readonly asked = { asked: 0, out: 0, refused: 0, unanswered: 0 }

  constructor(
    private readonly client: CallbackClient,
    private readonly context: { hub: Hub; counters: Counters; now: () => number; verdictMs: number },
  ) {
    this.after = new AfterQueue(client)
  }

  get stats(): CallbackStats {
    return { ...this.asked, ...this.after.counters, waiting: this.after.waiting }
  }

  /**
   * Hearts carry no words; whatever else a member sends is looked at, however it is labelled. Tencent asks about every
   * message of a group, those of the server included: there the receiver lets them pass at once.
   */
  concerns(data: unknown, priority: ChatPriority): boolean {
    return priority !== 0 || !isLike(data)
  }

  /** Null once it is delivered, shed or discarded; otherwise what the sender is told. Never rejects. */
  publish(group: Group, draft: Draft): Promise<ChatError | null> {
    const out = this.outOf(group)
    const { data, ...said } = draft
    const priority = priorityOf(data, draft.priority)
    if (out.size >= OUT_MAX || !group.admit(priority)) {
      this.context.counters.dropped += 1
      return Promise.resolve(null)
    }
    const message = { ...said, priority, groupId: group.id, random: randomInt(2 ** 32) }
    const turn = this.inTurn(group, message, out.tails.get(draft.from))
    out.size += 1
    this.asked.out += 1
    out.tails.set(draft.from, turn)
    void turn.finally(() => {
      out.size -= 1
      this.asked.out -= 1
      if (out.tails.get(draft.from) === turn) out.tails.delete(draft.from)
    })
    return turn
  }

  close(): void {
    this.client.close()
  }

  private outOf(group: Group): Out {
    const known = this.groups.get(group)
    if (known) return known
    const out: Out = { size: 0, tails: new Map() }
    this.groups.set(group, out)
    return out
  }

  /** Asks at once, so that a burst of one sender is out together; acts when his message before has been dealt with. */
  private async inTurn(group: Group, message: GroupMessage, before?: Promise<unknown>): Promise<ChatError | null> {
    this.asked.asked += 1
    const answer = await this.client.post(BEFORE_SEND, beforeSend(message), this.context.verdictMs)
    await before
    if (this.client.closed) return 'offline'
    const verdict = readVerdict(answer)
    if (!verdict) this.asked.unanswered += 1
    // The group may be over by now, and the sender muted for this very message.
    if (this.context.hub.group(group.id) !== group) return 'no-such-room'
    if (verdict?.do === 'refuse') {
      this.asked.refused += 1
      return 'refused'
    }
    if (group.mutes.silences(message.from)) return 'muted'
    if (verdict?.do !== 'discard') this.deliver(group, { ...message, dataText: verdict?.dataText ?? message.dataText })
    return null
  }

  private deliver(group: Group, message: GroupMessage): void {
    group.deliver({ from: message.from, system: false, dataText: message.dataText, priority: message.priority })
    // What has no number cannot be named afterwards.
    if (message.priority === 0) return
    this.after.push(AFTER_SEND, afterSend(message, group.lastSeq, Math.floor(this.context.now() / 1000)))
  }
}

/**
 * What is looked at has a number, so that those who watch over it can name it, however its sender labels it. Only who has
 * come in is never worth one: that goes first where there is too much.
 */
const priorityOf = (data: unknown, priority: ChatPriority): ChatPriority =>
  typeOf(data) === 'joined' ? 0 : priority === 0 ? 1 : priority

const typeOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null ? (data as { type?: unknown }).type : undefined

/** `{ type: 'like', n }` of the protocol and nothing more. */
function isLike(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  const { type, n, ...more } = data as Record<string, unknown>
  return type === 'like' && typeof n === 'number' && Object.keys(more).length === 0
}
