import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { NetStatus, Quality } from './handles'

/** Signal bars: 3 is fine, 0 is nothing at all; null while nothing is known. */
export type Bars = 0 | 1 | 2 | 3 | null

/** The bars change at most this often (ms): a figure that flickers says nothing. */
const STEADY_MS = 3000

/** `netQualityLevel` of a tag: 1 (excellent) to 6 (none). */
function barsOf(info: NetStatus): Bars {
  const level = Number((info as Record<string, unknown> | null | undefined)?.netQualityLevel)
  if (!(level >= 1 && level <= 6)) return null
  if (level <= 2) return 3
  return level === 3 ? 2 : level <= 5 ? 1 : 0
}

/** Wider than this is no standing picture, and no two of them side by side (a PK): a shared screen, or a phone that lies. */
const LYING = 1.3

/** What a media tag says about its network and its picture, twice a second or so. */
export class NetHealth {
  bars: Bars = null
  /** The picture lies: it is to be seen whole. False while nobody has said how large it is. */
  lies = false
  /** The last figures as they came; not observable, for whoever looks at them by a clock of his own. */
  latest: NetStatus | null = null
  private changedAt = Number.NEGATIVE_INFINITY

  constructor() {
    makeObservable(this, { bars: observable, lies: observable })
  }

  note(info: NetStatus, now: number): void {
    this.latest = info
    const { videoWidth, videoHeight } = (info ?? {}) as Record<string, unknown>
    const lies = Number(videoWidth) > Number(videoHeight) * LYING
    // A stream between two pictures has no size: what was known stays.
    if (Number(videoWidth) > 0 && lies !== this.lies) {
      runInAction(() => {
        this.lies = lies
      })
    }
    const bars = barsOf(info)
    if (bars === null || bars === this.bars || now - this.changedAt < STEADY_MS) return
    this.changedAt = now
    runInAction(() => {
      this.bars = bars
    })
  }
}

/** What a tag's codes and its figures say together: poor is what one of them calls so. */
export const qualityOf = ({ quality, net }: { quality: Quality; net: NetHealth }): Quality =>
  net.bars !== null && net.bars <= 1 ? 'poor' : quality
