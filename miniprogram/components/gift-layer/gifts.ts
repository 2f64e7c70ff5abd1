import type { CustomMessage } from '../../stores/room/chat'

/** Gifts by the name that travels; each is one of our icons. */
export const GIFTS = ['heart', 'bolt', 'bell', 'shield'] as const
export type Gift = (typeof GIFTS)[number]
/** Tag of the custom message that carries a gift, as `{ kind, count }`. */
export const GIFT_TAG = 'gift'
const COUNT_MAX = 99

/** A banner: who gives what, and how often in a row. */
export interface Banner {
  id: string
  userId: string
  name: string
  kind: Gift
  count: number
  /** Local time (ms) at which it goes. */
  until: number
}

/** Banners that are shown, and gifts that wait for one. */
export const SHOWN_MAX = 2
export const WAITING_MAX = 12
/** A banner stays so long after its last gift, ms. */
const STAY_MS = 3000

/** The gift in a message; null for anything else (M83). */
export function giftOf({ tag, data }: Pick<CustomMessage, 'tag' | 'data'>): { kind: Gift; count: number } | null {
  if (tag !== GIFT_TAG || typeof data !== 'object' || data === null) return null
  const { kind, count } = data as Record<string, unknown>
  const known = GIFTS.find((gift) => gift === kind)
  if (!known || typeof count !== 'number' || !(count >= 1)) return null
  return { kind: known, count: Math.min(Math.floor(count), COUNT_MAX) }
}

/** Gifts on their way to a banner. The same gift of the same person counts up on the one that is there. */
export class GiftQueue {
  shown: readonly Banner[] = []
  private waiting: Banner[] = []
  private given = 0

  add(from: Pick<CustomMessage, 'userId' | 'name'>, { kind, count }: { kind: Gift; count: number }, now: number): void {
    const same = (banner: Banner) => banner.userId === from.userId && banner.kind === kind
    const onShow = this.shown.some(same)
    if (onShow) {
      this.shown = this.shown.map((banner) =>
        same(banner) ? { ...banner, count: banner.count + count, until: now + STAY_MS } : banner,
      )
      return
    }
    const before = this.waiting.find(same)
    if (before) before.count += count
    else if (this.waiting.length < WAITING_MAX) {
      const { userId, name } = from
      this.waiting.push({ id: `${++this.given}`, userId, name, kind, count, until: 0 })
    }
  }

  /** Takes down what is over and puts up what waits. Returns the time (ms) until it is to be called again; 0: never. */
  turn(now: number): number {
    const still = this.shown.filter(({ until }) => until > now)
    while (still.length < SHOWN_MAX) {
      const next = this.waiting.shift()
      if (!next) break
      still.push({ ...next, until: now + STAY_MS })
    }
    this.shown = still
    return still.length === 0 ? 0 : Math.min(...still.map(({ until }) => until)) - now
  }
}
