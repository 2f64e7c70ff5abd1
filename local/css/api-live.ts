import * as v from 'valibot'
import { ApiError } from './api-error'
import { type Action, action, name, streamTarget, whole } from './api-params'
import type { ForbidList } from './forbid-list'
import type { StreamingConfig } from './options'
import { END, type StreamTable } from './stream-table'

const DAY = 86_400_000
const MAX_PAGE_SIZE = 300_000

const target = v.object(streamTarget)
const forbid = v.object({ ...streamTarget, ResumeTime: v.optional(name) })
const page = v.object({
  StreamName: v.optional(name),
  PageNum: v.optional(whole(1, Number.MAX_SAFE_INTEGER), 1),
  PageSize: v.optional(whole(10, MAX_PAGE_SIZE), 10),
})

export interface LiveActionDeps {
  config: Pick<StreamingConfig, 'app' | 'domain'>
  table: StreamTable
  forbidden: ForbidList
  now: () => number
}

/** Actions on live streams: state, online list, drop, forbid, resume. */
export function liveActions(deps: LiveActionDeps): Record<string, Action> {
  const { config, table, forbidden, now } = deps

  /** The domain is not compared: there is only one. */
  const streamName = (params: v.InferOutput<typeof target>): string => {
    requireApp(params.AppName, config.app)
    return params.StreamName
  }

  return {
    DescribeLiveStreamState: action(target, (params) => {
      const stream = streamName(params)
      if (table.get(stream)) return { StreamState: 'active' }
      return { StreamState: forbidden.has(stream) ? 'forbid' : 'inactive' }
    }),

    DropLiveStream: action(target, (params) => {
      table.kick(streamName(params), END.drop)
      return {}
    }),

    ForbidLiveStream: action(forbid, (params) => {
      const stream = streamName(params)
      const asked = params.ResumeTime === undefined ? now() + 7 * DAY : Date.parse(params.ResumeTime)
      if (Number.isNaN(asked)) throw new ApiError('InvalidParameterValue', 'ResumeTime is not a time')
      forbidden.add(stream, Math.min(asked, now() + 90 * DAY))
      table.kick(stream, END.forbid)
      return {}
    }),

    ResumeLiveStream: action(target, (params) => {
      forbidden.remove(streamName(params))
      return {}
    }),

    DescribeLiveStreamOnlineList: action(page, ({ StreamName, PageNum, PageSize }) => {
      const online = table.list().filter((push) => StreamName === undefined || push.name === StreamName)
      const shown = online.slice((PageNum - 1) * PageSize, PageNum * PageSize)
      return {
        TotalNum: online.length,
        TotalPage: Math.ceil(online.length / PageSize),
        PageNum,
        PageSize,
        OnlineInfo: shown.map((push) => ({
          StreamName: push.name,
          AppName: push.app,
          DomainName: config.domain,
          PublishTimeList: [{ PublishTime: isoSeconds(push.startedAt) }],
          PushToDelay: 0,
        })),
      }
    }),
  }
}

/** There is one path of streams here. */
export function requireApp(given: string, app: string): void {
  if (given !== app) throw new ApiError('InvalidParameterValue', `no such AppName: ${given}`)
}

/** Unix ms as Tencent writes times: UTC, no fraction. */
export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '')
}
