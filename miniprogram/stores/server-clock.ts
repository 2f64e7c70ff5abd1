import type { Clock } from '../services/clock'
import type { ServerTimeListener } from '../services/room-api/port'

/** A sample this old (ms) gives way to a newer one, because clocks of phones drift and are set by hand. */
const SAMPLE_LIFE_MS = 600_000

/** The server's clock as this phone knows it: the offset of the answer with the lowest round trip (M98). */
export class ServerClock {
  private best: { offset: number; roundTrip: number; at: number } | null = null

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  readonly observe: ServerTimeListener = ({ serverNow, sentAt, receivedAt }) => {
    const roundTrip = receivedAt - sentAt
    if (!Number.isFinite(serverNow) || roundTrip < 0) return
    const { best } = this
    const stale = best !== null && Math.abs(receivedAt - best.at) > SAMPLE_LIFE_MS
    if (best && !stale && best.roundTrip <= roundTrip) return
    this.best = { offset: serverNow - (sentAt + receivedAt) / 2, roundTrip, at: receivedAt }
  }

  /** ms since the epoch; the local clock until the server was heard. */
  now(): number {
    return Math.round(this.clock.now() + (this.best?.offset ?? 0))
  }
}
