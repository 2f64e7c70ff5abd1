import { request } from 'node:http'

/** What a terminal reads of an answer: field by field, whatever the verb. */
// biome-ignore lint/suspicious/noExplicitAny: terminals of the old protocol know no types
export type Answer = Record<string, any> & { code: number; message: string }

export type Type = 'live_room' | 'double_room' | 'multi_room' | 'rtc_room'
/** Names of the first generation ("pusher", 2018) or of the second ("anchor", `platform`). */
export type Generation = 'first' | 'second'

const SECOND: Record<string, string> = {
  get_push_url: 'get_anchor_url',
  get_pushers: 'get_anchors',
  add_pusher: 'add_anchor',
  delete_pusher: 'delete_anchor',
  pusher_heartbeat: 'anchor_heartbeat',
}

/** One request as old clients send them: the query is put together by hand, and not encoded. Gives the HTTP status too. */
export function ask(
  base: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  method = body === undefined ? 'GET' : 'POST',
): Promise<{ status: number; answer: Answer; headers: Record<string, unknown> }> {
  const { hostname, port } = new URL(base)
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  // Said by hand: without it a GET with a body would run into the next request.
  const sized = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
  return new Promise((resolve, reject) => {
    const sent = request({ host: hostname, port, path, method, headers: { ...sized, ...headers } }, (response) => {
      let got = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        got += chunk
      })
      response.on('end', () => {
        try {
          const answer = got === '' ? {} : JSON.parse(got)
          resolve({ status: response.statusCode ?? 0, answer, headers: response.headers })
        } catch {
          reject(new Error(`${method} ${path}: HTTP ${response.statusCode} with ${got.slice(0, 200)}`))
        }
      })
    })
    sent.on('error', reject)
    sent.end(text)
  })
}

/** A terminal of the old system: it logs in, and sends `userID` and `token` in every query and `userID` in most bodies. */
export class OldClient {
  token = ''
  pushURL = ''
  roomID = ''
  roomStatusCode = 0

  constructor(
    readonly base: string,
    readonly type: Type,
    readonly generation: Generation,
    readonly userID: string,
    private readonly sig: { sdkAppID: number; userSig: string },
  ) {}

  private get platform(): string {
    return this.generation === 'second' ? '&platform=Android' : ''
  }

  /** A verb by its name of the first generation; terminals of the second use theirs. */
  async call(verb: string, body: Record<string, unknown> = {}): Promise<Answer> {
    const name = this.generation === 'second' ? (SECOND[verb] ?? verb) : verb
    const { status, answer } = await ask(
      this.base,
      `/weapp/${this.type}/${name}?userID=${this.userID}&token=${this.token}`,
      body,
    )
    if (status !== 200) throw new Error(`${name}: HTTP ${status}`)
    return answer
  }

  /** The same, which must succeed. */
  async ok(verb: string, body: Record<string, unknown> = {}): Promise<Answer> {
    const answer = await this.call(verb, body)
    if (answer.code !== 0) throw new Error(`${verb}: ${answer.message}[${answer.code}]`)
    return answer
  }

  async login(): Promise<Answer> {
    const { sdkAppID, userSig } = this.sig
    const query = `sdkAppID=${sdkAppID}&accountType=&userID=${this.userID}&userSig=${userSig}${this.platform}`
    const { answer } = await ask(this.base, `/weapp/${this.type}/login?${query}`, {})
    if (answer.code === 0) this.token = answer.token
    return answer
  }

  /** Step 1 of a show: where to push. A live room's terminals say only who they are. */
  async getPushURL(roomID = ''): Promise<string> {
    const { userID } = this
    const answer = await this.ok('get_push_url', roomID ? { userID, roomID } : { userID })
    this.pushURL = answer.pushURL
    return this.pushURL
  }

  async createRoom(roomInfo: string): Promise<string> {
    this.roomID = (await this.ok('create_room', { userID: this.userID, roomInfo })).roomID
    return this.roomID
  }

  addPusher(pushURL = this.pushURL, roomID = this.roomID): Promise<Answer> {
    const { userID } = this
    const userName = `Name of ${userID}`
    return this.call('add_pusher', { roomID, userID, userName, userAvatar: 'https://a.test/1.png', pushURL })
  }

  async getPushers(roomID = this.roomID): Promise<Answer> {
    const answer = await this.ok('get_pushers', { roomID })
    this.roomStatusCode = answer.roomStatusCode
    return answer
  }

  heartbeat(): Promise<Answer> {
    const { roomID, userID, roomStatusCode } = this
    const known = this.generation === 'second' ? { roomStatusCode } : {}
    return this.call('pusher_heartbeat', { roomID, userID, ...known })
  }

  deletePusher(userID = this.userID): Promise<Answer> {
    return this.call('delete_pusher', { roomID: this.roomID, userID })
  }

  async list(cnt = 20, index = 0): Promise<Answer[]> {
    return (await this.ok('get_room_list', { cnt, index })).rooms
  }
}
