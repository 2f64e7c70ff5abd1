import type { Streaming } from '../core/ports'
import { type CssConfig, createCssClient } from './css/client'
import { CssError, unless } from './css/error'
import { mixRequest } from './css/mix'
import { createRecorder } from './css/record'
import { createTrtc } from './css/trtc'

export { type CssConfig, CssError }

const PAGE = 20_000

/** The streaming cloud and the store of its recordings. Every method rejects with CssError, or RangeError for `mix`. */
export function createCssStreaming(
  config: CssConfig,
  { now = Date.now, timeoutS }: { now?: () => number; timeoutS?: number } = {},
): Streaming {
  const call = createCssClient(config, timeoutS)
  const place = { DomainName: config.pushDomain, AppName: config.app }

  return {
    async online() {
      const streams = new Set<string>()
      for (let page = 1; ; page++) {
        const asked = { ...place, PageNum: page, PageSize: PAGE }
        const { OnlineInfo: list } = await call('live', 'DescribeLiveStreamOnlineList', asked)
        // Anything but a list is no answer: nobody may be declared gone because of it.
        if (!Array.isArray(list))
          throw new CssError('DescribeLiveStreamOnlineList', null, 'the list has an unknown shape')
        for (const entry of list as ({ StreamName?: unknown } | null)[]) {
          if (typeof entry?.StreamName === 'string' && entry.StreamName !== '') streams.add(entry.StreamName)
        }
        if (list.length < PAGE) return streams
      }
    },
    async forbid(stream) {
      await call('live', 'ForbidLiveStream', { ...place, StreamName: stream, Reason: 'room over' })
    },
    async allow(stream) {
      await call('live', 'ResumeLiveStream', { ...place, StreamName: stream })
    },
    async cut(stream) {
      await call('live', 'DropLiveStream', { ...place, StreamName: stream })
    },
    ...createRecorder(call, config, now),
    ...createTrtc(call, config),
    async mix(session, layout, output) {
      await call('live', 'CreateCommonMixStream', mixRequest(session, layout, output))
    },
    async endMix(session) {
      const ended = call('live', 'CancelCommonMixStream', { MixStreamSessionId: session })
      await ended.catch(unless('FailedOperation.CancelSessionNotExist', 'InvalidParameter.CancelSessionNotExist'))
    },
  }
}
