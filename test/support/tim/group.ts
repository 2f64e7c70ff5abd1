import { type Body, EVENT, REPORT, seconds } from './wire'

type Answer = (body: object) => void

/** A long poll that an SDK has open. */
interface Poll {
  from: number
  answer: Answer
}

/** The longest that a poll is held; Tencent holds up to 90 s. */
const HOLD_MS = 2_000
const KEPT = 500

/** An AVChatRoom: a log that its members poll. */
export class TimGroup {
  readonly members = new Set<string>()
  /** Says which `LongPollingKey` is valid: a group made anew under the same name has another. */
  readonly key: string
  private seq = 1
  private readonly log: { seq: number; message: object }[] = []
  private readonly polls = new Map<Poll, NodeJS.Timeout>()

  constructor(
    readonly id: string,
    private readonly admin: string,
    life: number,
  ) {
    this.key = `key-${id}-${life}`
  }

  get nextSeq(): number {
    return this.seq + 1
  }

  get info(): object {
    return { GroupId: this.id, GroupType: 'AVChatRoom', GroupName: this.id }
  }

  profile(): object {
    return {
      GroupId: this.id,
      Type: 'AVChatRoom',
      Name: this.id,
      Owner_Account: this.admin,
      CreateTime: seconds(),
      MemberNum: this.members.size,
      ErrorCode: 0,
    }
  }

  /** A message that a member or the administrator has sent; returns its number. */
  say(from: string, sent: Body): number {
    return this.append({
      Event: EVENT.message,
      From_Account: from,
      TinyId: from,
      MsgRandom: sent.Random,
      MsgPriority: sent.MsgPriority ?? 'Normal',
      MsgClientTime: sent.MsgClientTime ?? seconds(),
      MsgBody: sent.MsgBody,
    })
  }

  /** A system notice of the administrator, as the members poll it. */
  notice(content: string, from = this.admin): number {
    return this.append({
      Event: EVENT.system,
      From_Account: from,
      MsgRandom: this.seq,
      MsgBody: { ReportType: REPORT.custom, UserDefinedField: content },
    })
  }

  poll(from: number, answer: Answer): void {
    const poll = { from, answer }
    this.polls.set(
      poll,
      setTimeout(() => this.reply(poll), HOLD_MS),
    )
    if (from <= this.seq) this.reply(poll)
  }

  /** Answers every poll with this code. */
  close(code: number): void {
    for (const [poll, timer] of this.polls) {
      clearTimeout(timer)
      poll.answer({ ErrorCode: code })
    }
    this.polls.clear()
  }

  private append(message: object): number {
    this.seq += 1
    const about = { ToGroupId: this.id, MsgSeq: this.seq, MsgTimeStamp: seconds() }
    this.log.push({ seq: this.seq, message: { ...about, GroupInfo: this.info, ...message } })
    this.log.splice(0, this.log.length - KEPT)
    for (const poll of [...this.polls.keys()]) this.reply(poll)
    return this.seq
  }

  private reply(poll: Poll): void {
    clearTimeout(this.polls.get(poll))
    this.polls.delete(poll)
    const news = this.log.filter(({ seq }) => seq >= poll.from)
    poll.answer({ Key: this.key, NextSeq: this.nextSeq, RspMsgList: news.map(({ message }) => message) })
  }
}
