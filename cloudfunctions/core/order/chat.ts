import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { ChatRefusal } from '../../../miniprogram/protocol/order'
import type { Context } from '../context'
import type { ChatLineDoc } from '../documents'
import { isInCharge } from '../guards'

/** A line on its way: the sender is the chat service's word, the text his. */
export interface Line {
  roomId: string
  userId: string
  text: string
}

/** A line that was delivered. */
export interface SaidLine extends Line {
  name: string
  /** ms, as the chat service counts. */
  at: number
  /** The chat service's number of the message; 0 where it tells none. */
  seq: number
  /** The same when the line is told again. */
  key: string
}

/** Lines of one person within a window; a phone sends fewer (10 in 5 s), and some may come late and together. */
const PACE = { lines: 15, ms: 5000 }

/** The server's part in the chat, which goes from phone to phone: what may be said, and what newcomers are shown. */
export function createChatOrder({ deps }: Pick<Context, 'deps'>) {
  const { store, text: checker, config, now, log } = deps

  const passes = async (text: string): Promise<boolean | null> => {
    try {
      return await checker.passes(text, { openid: null, scene: 'chat' })
    } catch (error) {
      log('the text check did not answer about a line', error)
      return null
    }
  }

  const judge = async ({ roomId, userId, text }: Line): Promise<{ name: string } | ChatRefusal> => {
    const [room, sanction, user, inPace, fine] = await Promise.all([
      store.room(roomId),
      store.sanction(roomId, userId),
      store.user(userId),
      store.countUse(`chat:${userId}`, now(), PACE.ms, PACE.lines),
      passes(text),
    ])
    if (!room || room.state === 'closed') return 'room-closed'
    if (user?.banned || sanction?.banned) return 'banned'
    if (sanction && sanction.mutedUntil > now()) return 'muted'
    if (room.muteAll && !isInCharge(room, userId)) return 'muted-all'
    if (!inPace) return 'rate-limited'
    if (fine === false) return 'text-refused'
    if (fine === null && config.textFailClosed) return 'unavailable'
    return { name: user?.name ?? '' }
  }

  return {
    /**
     * Whether a line may be said, and under which name: the one that its sender has chosen, whatever the line claims.
     * `name` is null when that could not be found out in time and the operator lets such lines pass.
     */
    async beforeLine(line: Line): Promise<{ name: string | null } | ChatRefusal> {
      try {
        return await inTime(judge(line), config.verdictMs)
      } catch (error) {
        log(`a line in ${line.roomId} could not be judged`, error)
        return config.textFailClosed ? 'unavailable' : { name: null }
      }
    },

    /** Keeps a line for newcomers. Safe to repeat. */
    async afterLine({ roomId, ...said }: SaidLine): Promise<void> {
      const line: ChatLineDoc = said
      if (await store.addLine(roomId, line, LIMITS.historyMax)) return
      // Told twice, the first line of the room, or too late.
      const room = await store.room(roomId)
      if (!room || room.state === 'closed') return
      if (!(await store.addFirstLine(roomId, line))) await store.addLine(roomId, line, LIMITS.historyMax)
    },
  }
}

export type ChatOrder = ReturnType<typeof createChatOrder>

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
