import type { ChatPriority } from '../../miniprogram/protocol/local-chat'
import { encode, encodeMessage } from './frames'
import { Mutes } from './mutes'
import { TokenBucket } from './token-bucket'

/** Messages kept for members who come back after a short cut; both bounds hold. */
export const REPLAY = { messages: 100, bytes: 100_000 } as const
/** Tencent's figure for one group; above it priority 0 is not delivered. */
export const GROUP_BUDGET_PER_SECOND = 40
/**
 * Above this priority 1 is not delivered either: Tencent drops barrage too, and a group that nobody can read would end
 * with every reader let go as too slow. Five times Tencent's figure, so that a flood is still a flood for those who watch.
 */
export const BARRAGE_CEILING = { perSecond: 200, burst: 400 } as const

/** Somebody connected, as a group sees them. */
export interface Member {
  readonly userId: string
  send(text: string, priority: ChatPriority): void
  /** The group is gone; called after the member was told. */
  left(groupId: string): void
}

interface GroupMessage {
  from: string
  system: boolean
  dataText: string
  priority: ChatPriority
}

/** One chat group of this run of the server: its members, its sequence and the last few messages. */
export class Group {
  readonly mutes: Mutes
  private seq = 0
  private readonly recent: { seq: number; text: string; dataText: string; from: string; system: boolean }[] = []
  private recentBytes = 0
  private readonly members = new Map<string, Member>()
  private readonly budget: TokenBucket
  private readonly ceiling: TokenBucket

  constructor(
    readonly id: string,
    readonly owner: string,
    now: () => number,
  ) {
    this.mutes = new Mutes(owner, now)
    this.budget = new TokenBucket(GROUP_BUDGET_PER_SECOND, GROUP_BUDGET_PER_SECOND, now)
    this.ceiling = new TokenBucket(BARRAGE_CEILING.perSecond, BARRAGE_CEILING.burst, now)
  }

  get online(): number {
    return this.members.size
  }

  /** Of the last message that has one; 0 before the first. */
  get lastSeq(): number {
    return this.seq
  }

  join(member: Member): { seq: number; online: number } {
    this.members.set(member.userId, member)
    return { seq: this.seq, online: this.members.size }
  }

  /** Joins and sends again what came after `lastSeq`; the first of it says `gap` when older messages are gone. */
  resume(member: Member, lastSeq: number): void {
    this.members.set(member.userId, member)
    let expected = lastSeq + 1
    for (const message of this.recent) {
      if (message.seq <= lastSeq) continue
      member.send(message.seq === expected ? message.text : this.withGap(message), 1)
      expected = message.seq + 1
    }
  }

  /** Does nothing when another connection of the same user has taken the place. */
  leave(member: Member): void {
    if (this.members.get(member.userId) === member) this.members.delete(member.userId)
  }

  /** Returns to how many members it went. What is not admitted goes to nobody and takes no number. */
  publish(message: GroupMessage): number {
    return this.admit(message.priority) ? this.deliver(message) : 0
  }

  /** Counts a message: priority 0 is refused while the group is above its budget, priority 1 above the ceiling. */
  admit(priority: ChatPriority): boolean {
    const withinBudget = this.budget.take()
    return priority === 0 ? withinBudget : priority === 2 || this.ceiling.take()
  }

  /** Sends what was admitted; returns to how many members. */
  deliver(message: GroupMessage): number {
    if (message.priority === 0) {
      this.broadcast(encodeMessage(envelope(this.id, message), message.dataText), 0)
      return this.members.size
    }
    const seq = ++this.seq
    const text = encodeMessage({ ...envelope(this.id, message), seq }, message.dataText)
    this.keep({ seq, text, dataText: message.dataText, from: message.from, system: message.system })
    this.broadcast(text, message.priority)
    return this.members.size
  }

  dissolve(): void {
    const members = [...this.members.values()]
    this.broadcast(encode({ c: 'dissolved', room: this.id }), 2)
    this.members.clear()
    for (const member of members) member.left(this.id)
  }

  private broadcast(text: string, priority: ChatPriority): void {
    for (const member of [...this.members.values()]) member.send(text, priority)
  }

  private keep(message: (typeof this.recent)[number]): void {
    this.recent.push(message)
    this.recentBytes += message.text.length
    while (this.recent.length > REPLAY.messages || this.recentBytes > REPLAY.bytes) {
      this.recentBytes -= this.recent.shift()?.text.length ?? 0
    }
  }

  private withGap(message: (typeof this.recent)[number]): string {
    return encodeMessage({ ...envelope(this.id, message), seq: message.seq, gap: true }, message.dataText)
  }
}

function envelope(room: string, message: { from: string; system: boolean }) {
  return message.system ? { room, from: message.from, system: true as const } : { room, from: message.from }
}
