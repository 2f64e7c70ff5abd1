import type { Streaming } from '../core/ports'

export interface CssConfig {
  secretId: string
  secretKey: string
  /** `live.tencentcloudapi.com`, or where a stand-in listens (host:port). */
  endpoint: string
  /** `https://` or, for a stand-in on the same machine, `http://`. */
  protocol: string
  pushDomain: string
  app: string
}

const notBuilt = async (): Promise<never> => {
  throw new Error('not built yet')
}
const TIMEOUT_S = 5
const PAGE = 20_000

/** The streaming cloud through Tencent's own client, which is loaded when first needed: most calls need none of it. */
export function createCssStreaming(config: CssConfig): Streaming {
  const connect = async () => {
    const { live } = await import('tencentcloud-sdk-nodejs/tencentcloud/services/live')
    return new live.v20180801.Client({
      credential: { secretId: config.secretId, secretKey: config.secretKey },
      region: '',
      profile: {
        httpProfile: { endpoint: config.endpoint, protocol: config.protocol, reqTimeout: TIMEOUT_S },
      },
    })
  }
  let client: ReturnType<typeof connect> | undefined
  const connected = () => {
    client ??= connect()
    return client
  }
  const place = { DomainName: config.pushDomain, AppName: config.app }

  return {
    async online() {
      const streams = new Set<string>()
      for (let page = 1; ; page++) {
        const answer = await (await connected()).DescribeLiveStreamOnlineList({
          ...place,
          PageNum: page,
          PageSize: PAGE,
        })
        // Anything but a list is no answer: nobody may be declared gone because of it.
        if (!Array.isArray(answer?.OnlineInfo)) throw new Error('the online list has an unknown shape')
        for (const { StreamName } of answer.OnlineInfo) if (StreamName) streams.add(StreamName)
        if (answer.OnlineInfo.length < PAGE) return streams
      }
    },
    async forbid(stream) {
      await (await connected()).ForbidLiveStream({ ...place, StreamName: stream, Reason: 'room over' })
    },
    async allow(stream) {
      await (await connected()).ResumeLiveStream({ ...place, StreamName: stream })
    },
    async cut(stream) {
      await (await connected()).DropLiveStream({ ...place, StreamName: stream })
    },
    startRecording: notBuilt,
    stopRecording: notBuilt,
    deleteRecording: notBuilt,
    mix: notBuilt,
    endMix: notBuilt,
  }
}
