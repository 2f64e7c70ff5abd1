import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { ChatRefusal } from '../../../miniprogram/protocol/order'
import type { Context } from '../context'
import type { ChatLineDoc, RoomDoc, SanctionDoc, UserDoc } from '../documents'
import { isInCharge } from '../guards'
import { Recent, RecentlyRead } from './recent'

/** What a member sends to everybody, on its way: the sender is the chat service's word, the texts are his. */
export interface Line {
  roomId: string
  userId: string
  /** Everything in it that others may read. */
  text: string
  /** `line` when absent. */
  kind?: keyof typeof PACES
  /** Whom it answers: a user id. */
  to?: string | undefined
}

/** What the others are told: true names, or null where they could not be found out in time. */
export interface Passed {
  name: string | null
  /** Of the person who is answered; absent where nobody is. */
  toName?: string | null
}

/** A line that was delivered. */
export interface SaidLine {
  roomId: string
  userId: string
  text: string
  name: string
  /** ms, as the chat service counts. */
  at: number
  /** The chat service's number of the message; 0 where it tells none. */
  seq: number
  /** The same when the line is told again. */
  key: string
}

/**
 * What one person may send within a window. A phone sends fewer lines (10 in 5 s), and some may come late and together;
 * it says once that its user has come in, and again when he comes again.
 */
const PACES = {
  line: { max: 15, ms: 5000 },
  custom: { max: 10, ms: 5000 },
  joined: { max: 3, ms: 60_000 },
} as const

/**
 * A room, and what holds a person back, are believed for so long (ms), by every process for itself: in a room where
 * hundreds talk, a line then reads nothing but its own sender. An order counts for every line that comes later than this
 * after it; a mute by the anchor also stands in the chat service itself, at once.
 */
export const BELIEVED_MS = 1000
/** Arrivals in one room that one process lets pass in that time. They are shed first, before anything is read. */
const ARRIVALS = 10

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

  const rooms = new RecentlyRead<RoomDoc | null>(BELIEVED_MS, now)
  const people = new RecentlyRead<UserDoc | null>(BELIEVED_MS, now)
  const sanctions = new RecentlyRead<SanctionDoc | null>(BELIEVED_MS, now)
  const arrivals = new Recent<{ n: number }>(BELIEVED_MS, now)
  const personOf = (userId: string) => people.get(userId, () => store.user(userId))

  const judge = async ({ roomId, userId, text, kind = 'line', to }: Line): Promise<Passed | ChatRefusal> => {
    const { max, ms } = PACES[kind]
    const [room, sanction, user, inPace, fine, answered] = await Promise.all([
      rooms.get(roomId, () => store.room(roomId)),
      sanctions.get(`${roomId} ${userId}`, () => store.sanction(roomId, userId)),
      personOf(userId),
      store.countUse(`${kind === 'line' ? 'chat' : kind}:${userId}`, now(), ms, max),
      text === '' ? true : passes(text),
      to === undefined ? null : personOf(to),
    ])
    if (!room || room.state === 'closed') return 'room-closed'
    if (user?.banned || sanction?.banned) return 'banned'
    if (sanction && sanction.mutedUntil > now()) return 'muted'
    if (room.muteAll && !isInCharge(room, userId)) return 'muted-all'
    if (!inPace) return 'rate-limited'
    if (fine === false) return 'text-refused'
    if (fine === null && config.textFailClosed) return 'unavailable'
    return { name: user?.name ?? '', ...(to === undefined ? {} : { toName: answered?.name ?? '' }) }
  }

  return {
    /**
     * Whether a message may be sent, and under which names: those that people have chosen, whatever the message claims.
     * A name is null when it could not be found out in time and the operator lets such messages pass. `shed`: there are
     * too many of its kind; nobody is told.
     */
    async beforeLine(line: Line): Promise<Passed | ChatRefusal | 'shed'> {
      if (line.kind === 'joined' && ++arrivals.get(line.roomId, () => ({ n: 0 })).n > ARRIVALS) return 'shed'
      try {
        return await inTime(judge(line), config.verdictMs)
      } catch (error) {
        log(`a line in ${line.roomId} could not be judged`, error)
        if (config.textFailClosed) return 'unavailable'
        return { name: null, ...(line.to === undefined ? {} : { toName: null }) }
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
