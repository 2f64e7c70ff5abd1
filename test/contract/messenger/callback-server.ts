import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One callback that the chat sent. */
export interface Seen {
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
  /** The JSON inside of the custom element. */
  data: unknown
}

/** Answers a callback, now or later; `undefined` never does. */
export type Reply = object | string | number | undefined
export type Judge = (seen: Seen) => Reply | Promise<Reply>

export const OK = { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' }
export const verdict = (ErrorCode: unknown, more: object = {}) => ({ ...OK, ErrorCode, ...more })
/** A changed message. */
export const instead = (Data: string) =>
  verdict(0, { MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data, Desc: '', Ext: '' } }] })

/** The receiver of the chat's callbacks: notes all, and asks `judge` what to say to those before a message. */
export class CallbackServer {
  readonly before: Seen[] = []
  readonly after: Seen[] = []
  judge: Judge = () => OK
  /** Says something to those after a message. */
  afterwards: Judge = () => OK
  private readonly http = createServer(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://callback')
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Seen['body']
    const [element] = body.MsgBody as [{ MsgContent: { Data: string } }]
    const seen = { path: url.pathname, query: url.searchParams, body, data: JSON.parse(element.MsgContent.Data) }
    const isAfter = body.CallbackCommand === 'Group.CallbackAfterSendMsg'
    ;(isAfter ? this.after : this.before).push(seen)
    answer(res, await (isAfter ? this.afterwards : this.judge)(seen))
  })

  static async start(): Promise<CallbackServer> {
    const server = new CallbackServer()
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/http/im-callback?tenant=1`
  }

  reset(): void {
    this.before.length = 0
    this.after.length = 0
    this.judge = () => OK
    this.afterwards = () => OK
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections()
    await new Promise((resolve) => this.http.close(resolve))
  }
}

function answer(res: ServerResponse, reply: Reply): void {
  if (typeof reply === 'number') res.writeHead(reply).end('{"ErrorCode":1}')
  else if (reply !== undefined) res.end(typeof reply === 'string' ? reply : JSON.stringify(reply))
}
