import { createHmac } from 'node:crypto'
import { lowLatencyUrl, playUrls, pushGrant, rtmpPlayUrl } from '../live-urls'
import type { Parts, Terminal } from './parts'

/** A test stream is somebody's for an hour; its addresses end with the push address's own time. */
const SLOT_MS = 3600_000
const TEST_TTL_S = 3600

/** Addresses to try a terminal's pusher and player with, without a room. */
export function createTestUrls({ config, now }: Pick<Parts, 'config' | 'now'>) {
  /** The caller's own, the same for every question within the hour, and nobody else's to guess (M6, M9, M56). */
  const streamFor = ({ userId }: Pick<Terminal, 'userId'>): string => {
    const slot = Math.floor(now() / SLOT_MS)
    const secret = createHmac('sha256', config.userIdSecret).update(`test stream\n${userId}\n${slot}`)
    return `test_${secret.digest('hex').slice(0, 32)}`
  }
  const live = { ...config.live, pushTtlS: Math.min(config.live.pushTtlS, TEST_TTL_S) }

  return {
    push(terminal: Terminal) {
      const stream = streamFor(terminal)
      const { flv, hls } = playUrls(live, stream, now())
      const acc = lowLatencyUrl(live, stream, now()).url
      return {
        url_push: pushGrant(live, stream, now()).url,
        url_play_flv: flv,
        url_play_rtmp: rtmpPlayUrl(live, stream, now()),
        url_play_hls: hls,
        url_play_acc: acc,
      }
    },
    accelerated: (terminal: Terminal) => ({ url_rtmpacc: lowLatencyUrl(live, streamFor(terminal), now()).url }),
  }
}
