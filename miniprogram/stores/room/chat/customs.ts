import { bytesOf, CUSTOM_TAG, LIMITS } from '../../../protocol/limits'
import type { MemberMessage } from '../../../protocol/messages'
import type { Scope } from '../../scope'
import { Pace } from './pace'

/** What a mini program of one's own has sent to everybody in the room. Any client may be at the other end: check `data`. */
export interface CustomMessage {
  tag: string
  /** JSON of at most LIMITS.customBytes. */
  data: unknown
  userId: string
  name: string
  mine: boolean
}

type Custom = Extract<MemberMessage, { type: 'custom' }>

/** One's own in 5 s. */
const OWN = { max: 5, ms: 5000 }
/** Calls of a handler in a second; what comes faster cannot be drawn anyway. */
const HEARD = { max: 30, ms: 1000 }

/** Messages with a tag, from member to member. */
export class Customs {
  readonly pace: Pace
  private readonly heard: Pace
  private readonly handlers = new Set<(message: CustomMessage) => void>()

  constructor(scope: Scope) {
    const now = () => scope.clock.now()
    this.pace = new Pace(now, OWN.max, OWN.ms)
    this.heard = new Pace(now, HEARD.max, HEARD.ms)
    scope.onEnd(() => this.handlers.clear())
  }

  on(handler: (message: CustomMessage) => void): () => void {
    const entry = (message: CustomMessage) => handler(message)
    this.handlers.add(entry)
    return () => {
      this.handlers.delete(entry)
    }
  }

  /** False: not a message that the server would take. */
  fits(tag: string, data: unknown): boolean {
    if (!CUSTOM_TAG.test(tag)) return false
    try {
      return bytesOf(JSON.stringify(data) ?? 'null') <= LIMITS.customBytes
    } catch {
      return false
    }
  }

  tell(userId: string, { tag, data, name }: Custom, mine: boolean): void {
    if (!mine) {
      if (this.heard.wait > 0) return
      this.heard.spend()
    }
    for (const handler of [...this.handlers]) handler({ tag, data, userId, name, mine })
  }
}
