import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ForbidList } from './forbid-list'
import type { StreamingConfig } from './options'
import { readBody } from './reply'
import { END, type StreamTable } from './stream-table'
import { verifyTc3 } from './tc3'

const DAY = 86_400_000
const MAX_BODY_BYTES = 1 << 20
const MAX_PAGE_SIZE = 300_000

/** An error as the API words it: code of Tencent, message ours. */
class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** Parameters of an action: a JSON object, every field still unchecked. */
type Params = Map<string, unknown>

/**
 * The streaming API 2018-08-01, as far as rooms need it: state, online list, drop, forbid, resume. Same wire as
 * live.tencentcloudapi.com: status 200 always, errors inside `Response.Error`.
 */
export class StreamingApi {
  readonly #actions = new Map<string, (params: Params) => object>([
    ['DescribeLiveStreamState', (params) => this.#state(params)],
    ['DescribeLiveStreamOnlineList', (params) => this.#onlineList(params)],
    ['DropLiveStream', (params) => this.#drop(params)],
    ['ForbidLiveStream', (params) => this.#forbid(params)],
    ['ResumeLiveStream', (params) => this.#resume(params)],
  ])

  constructor(
    private readonly config: StreamingConfig,
    private readonly table: StreamTable,
    private readonly forbidden: ForbidList,
    private readonly now: () => number = Date.now,
  ) {}

  /** Answers `POST /` with header `X-TC-Action`. */
  serve(request: IncomingMessage, response: ServerResponse, action: string): void {
    this.#answer(request, action).then(
      (result) => {
        const body = JSON.stringify({ Response: { ...result, RequestId: randomUUID() } })
        response.writeHead(200, { 'content-type': 'application/json' }).end(body)
      },
      () => response.destroy(),
    )
  }

  async #answer(request: IncomingMessage, action: string): Promise<object> {
    const body = await readBody(request, MAX_BODY_BYTES)
    try {
      if (!body) throw new ApiError('RequestSizeLimitExceeded', 'the request is too long')
      return this.#call(request, body, action)
    } catch (error) {
      if (!(error instanceof ApiError)) console.error(error)
      const code = error instanceof ApiError ? error.code : 'InternalError'
      return { Error: { Code: code, Message: error instanceof ApiError ? error.message : 'internal error' } }
    }
  }

  #call(request: IncomingMessage, body: Buffer, action: string): object {
    const credential = { secretId: this.config.apiSecretId, secretKey: this.config.apiSecretKey }
    const failure = verifyTc3({ headers: request.headers, body }, credential, this.now())
    if (failure) throw new ApiError(failure, 'the signature does not hold')
    const run = this.#actions.get(action)
    if (!run) throw new ApiError('InvalidAction', `no such action here: ${action}`)
    return run(parseParams(body))
  }

  #state(params: Params): object {
    const name = this.#streamName(params)
    if (this.table.get(name)) return { StreamState: 'active' }
    return { StreamState: this.forbidden.has(name) ? 'forbid' : 'inactive' }
  }

  #drop(params: Params): object {
    this.table.kick(this.#streamName(params), END.drop)
    return {}
  }

  #forbid(params: Params): object {
    const name = this.#streamName(params)
    const now = this.now()
    const asked = params.has('ResumeTime') ? Date.parse(text(params, 'ResumeTime')) : now + 7 * DAY
    if (Number.isNaN(asked)) throw new ApiError('InvalidParameterValue', 'ResumeTime is not a time')
    this.forbidden.add(name, Math.min(asked, now + 90 * DAY))
    this.table.kick(name, END.forbid)
    return {}
  }

  #resume(params: Params): object {
    this.forbidden.remove(this.#streamName(params))
    return {}
  }

  #onlineList(params: Params): object {
    const name = params.has('StreamName') ? text(params, 'StreamName') : null
    const pageNum = integer(params, 'PageNum', 1, 1, Number.MAX_SAFE_INTEGER)
    const pageSize = integer(params, 'PageSize', 10, 10, MAX_PAGE_SIZE)
    const online = this.table.list().filter((push) => name === null || push.name === name)
    const page = online.slice((pageNum - 1) * pageSize, pageNum * pageSize)
    return {
      TotalNum: online.length,
      TotalPage: Math.ceil(online.length / pageSize),
      PageNum: pageNum,
      PageSize: pageSize,
      OnlineInfo: page.map((push) => ({
        StreamName: push.name,
        AppName: push.app,
        DomainName: this.config.domain,
        PublishTimeList: [{ PublishTime: new Date(push.startedAt).toISOString().replace(/\.\d+/, '') }],
        PushToDelay: 0,
      })),
    }
  }

  /** All actions on one stream demand these three. The domain is not compared: there is only one. */
  #streamName(params: Params): string {
    text(params, 'DomainName')
    if (text(params, 'AppName') !== this.config.app) throw new ApiError('InvalidParameterValue', 'no such AppName')
    return text(params, 'StreamName')
  }
}

function parseParams(body: Buffer): Params {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new Map(Object.entries(value))
  } catch {
    // Falls through to the same answer.
  }
  throw new ApiError('InvalidRequest', 'the body is not a JSON object')
}

function text(params: Params, name: string): string {
  const value = params.get(name)
  if (value === undefined || value === '') throw new ApiError('MissingParameter', `${name} is missing`)
  if (typeof value !== 'string') throw new ApiError('InvalidParameter', `${name} is not a string`)
  return value
}

function integer(params: Params, name: string, fallback: number, min: number, max: number): number {
  const value = params.get(name) ?? fallback
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new ApiError('InvalidParameter', `${name} is not an integer`)
  if (value < min || value > max) throw new ApiError('InvalidParameterValue', `${name} is out of range`)
  return value
}
