import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError } from './api-error'
import type { Action } from './api-params'
import type { StreamingConfig } from './options'
import { readBody } from './reply'
import { verifyTc3 } from './tc3'

const MAX_BODY_BYTES = 1 << 20

/** One API by its version: live is 2018-08-01, vod 2018-07-17. */
export interface ApiService {
  version: string
  actions: Readonly<Record<string, Action>>
}

/**
 * The APIs of the streaming cloud, as far as rooms need them. Same wire as live.tencentcloudapi.com and
 * vod.tencentcloudapi.com: status 200 always, errors inside `Response.Error`.
 */
export class StreamingApi {
  constructor(
    private readonly config: Pick<StreamingConfig, 'apiSecretId' | 'apiSecretKey'>,
    private readonly services: readonly ApiService[],
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
      return await this.#call(request, body, action)
    } catch (error) {
      if (!(error instanceof ApiError)) console.error(error)
      const code = error instanceof ApiError ? error.code : 'InternalError'
      return { Error: { Code: code, Message: error instanceof ApiError ? error.message : 'internal error' } }
    }
  }

  #call(request: IncomingMessage, body: Buffer, action: string): object | Promise<object> {
    const credential = { secretId: this.config.apiSecretId, secretKey: this.config.apiSecretKey }
    const failure = verifyTc3({ headers: request.headers, body }, credential, this.now())
    if (failure) throw new ApiError(failure, 'the signature does not hold')
    const service = this.services.find(({ version }) => version === request.headers['x-tc-version'])
    if (!service) throw new ApiError('NoSuchVersion', 'no such API version here')
    const run = Object.hasOwn(service.actions, action) ? service.actions[action] : undefined
    if (!run) throw new ApiError('InvalidAction', `no such action here: ${action}`)
    return run(parseParams(body))
  }
}

function parseParams(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Falls through to the same answer.
  }
  throw new ApiError('InvalidRequest', 'the body is not a JSON object')
}
