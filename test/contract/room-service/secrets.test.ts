import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inputs } from '../../../cloudfunctions/contract/actions'
import { adminInputs } from '../../../cloudfunctions/contract/admin'
import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { publicUserId } from '../../../cloudfunctions/core/ids'
import { readUserSig } from '../../../cloudfunctions/core/user-sig'
import { anyRequest } from './any-request'
import { type Answer, type Functions, startFunctions } from './functions'

const ALICE = 'alice-openid-7f3a'
const BOB = 'bob-openid-91cc'
const CAROL = 'carol-openid-04de'
const OPERATOR = 'operator-openid'
const PUSH_KEY = 'push-key-1'
/** What `startFunctions` configures, and what WeChat vouches for: none of it leaves the functions. */
const SECRETS =
  /push-key-1|callback-key-1|im-key-1|"key-1"|user-id-secret-1|web-token-secret-1|admin-token-secret-1|im-callback-token-1/
const OPENIDS = new RegExp([ALICE, BOB, CAROL, OPERATOR].join('|'))

let fns: Functions
let roomId: string
beforeAll(async () => {
  fns = await startFunctions()
  const wish = { action: 'create', title: 'Private title', cover: 'jade', requestId: 'r', seats: 2, lowLatency: 1 }
  roomId = (await fns.callRoom(wish, ALICE)).result.room.roomId
  await begin(roomOf().stream, 's1')
  await fns.callRoom({ action: 'enter', roomId }, BOB)
  const { link } = (await fns.callRoom({ action: 'link.request', roomId }, BOB)).result
  await fns.callRoom({ action: 'link.accept', roomId, linkId: link.linkId }, ALICE)
  await fns.callRoom({ action: 'seat.take', roomId }, BOB)
  await begin(roomOf().seats[1]?.stream ?? '', 's2')
})
afterAll(() => fns.close())

const now = () => Math.floor(Date.now() / 1000)
const roomOf = (): RoomDoc => (fns.docs('rooms') as RoomDoc[]).find(({ _id }) => _id === roomId) as RoomDoc
const begin = (stream_id: string, sequence: string) =>
  fns.callback({ event_type: 1, stream_id, sequence, event_time: now() })
const idOf = (openid: string) => publicUserId('user-id-secret-1', openid)

/** Streams of the room that some signature in this text opens for a push. */
function pushable(text: string): string[] {
  const { stream, seats, mix } = roomOf()
  const streams = [stream, mix, ...Object.values(seats).map((seat) => seat.stream)].filter((name) => name !== '')
  const proofs = new Set(text.match(/\b[0-9a-f]{32}\b/g))
  const times = [...new Set(text.match(/\b[0-9A-F]{8}\b/g))]
  const sign = (name: string, time: string) => createHash('md5').update(`${PUSH_KEY}${name}${time}`).digest('hex')
  return streams.filter((name) => times.some((time) => proofs.has(sign(name, time))))
}

const request = (action: string) =>
  anyRequest(action, roomId, { userId: idOf(BOB), title: 'Private title', name: 'Private name', host: 'Private name' })
/** What ends the room, or somebody's place in it, comes last. */
const LAST = ['seat.leave', 'leave', 'resume', 'close']
const ACTIONS = [...Object.keys(inputs).filter((name) => !LAST.includes(name)), ...LAST]

/** Every credential of the chat in an answer is the caller's own. */
function expectOwnChat(answer: Answer, openid: string): void {
  for (const [, sig = ''] of JSON.stringify(answer).matchAll(/"userSig":"([^"]+)"/g)) {
    expect(readUserSig({ sdkAppId: 1400000000, secretKey: 'im-key-1' }, sig, Date.now())).toBe(idOf(openid))
  }
}

it('M8: no answer of any action, refused or not, holds a key, an OPENID, or a way to push for who only watches', async () => {
  const given: string[] = []
  for (const openid of [CAROL, BOB, ALICE]) {
    for (const action of ACTIONS) {
      const answer = await fns.callRoom(request(action), openid)
      const text = JSON.stringify(answer)
      expect([action, SECRETS.exec(text), OPENIDS.exec(text)]).toEqual([action, null, null])
      if (openid === CAROL) expect([action, pushable(text)]).toEqual([action, []])
      else given.push(...pushable(text))
      expectOwnChat(answer, openid)
    }
  }
  // Those on stage are told: what is looked for can be found.
  expect(given.length).toBeGreaterThan(0)
})

it('M8: no answer of the operators’ door holds a key, an OPENID, or a signed address of somebody’s show', async () => {
  for (const action of Object.keys(adminInputs)) {
    const answer = await fns.post('/functions/admin', JSON.stringify(request(action)), { 'x-dev-openid': OPERATOR })
    const text = await answer.text()
    expect([action, SECRETS.exec(text), OPENIDS.exec(text), pushable(text)]).toEqual([action, null, null, []])
  }
})

it('M8, M12: no notice, no message, no log line and nothing stored holds one either', async () => {
  const sent = JSON.stringify(fns.calls.map(({ body }) => body))
  expect(fns.calls.length).toBeGreaterThan(5)
  const stored = ['users', 'rooms', 'members', 'limits', 'audit', 'callback_events', 'sanctions', 'lines', 'pks']
    .map((name) => JSON.stringify(fns.docs(name)))
    .join()
  const logged = fns.log()
  for (const text of [sent, stored, logged]) {
    expect([SECRETS.exec(text), OPENIDS.exec(text), pushable(text)]).toEqual([null, null, []])
    expect(text).not.toContain('txSecret')
  }
  expect(logged).not.toMatch(/Private|usersig|userSig|eJ[A-Za-z0-9*_-]{40}/)
})

describe('callbacks that are repeated', () => {
  const everything = () =>
    ['rooms', 'recordings', 'lines', 'members', 'callback_events'].map((name) => JSON.stringify(fns.docs(name)))
  const fresh = async () => {
    const wish = { action: 'create', title: 'Again', cover: 'jade', requestId: `again-${Math.random()}` }
    // One of these calls a second is welcome.
    for (;;) {
      const { result, error } = await fns.callRoom(wish, 'dave')
      if (result) return result.room.roomId as string
      if (error?.code === 'already-live') await fns.callRoom({ action: 'close', roomId: error.details?.roomId }, 'dave')
      else await new Promise((resolve) => setTimeout(resolve, Number(error?.details?.retryInMs ?? 100)))
    }
  }

  it('change nothing: not one by one, and not when all are repeated in another order', async () => {
    const id = await fresh()
    const { stream } = (fns.docs('rooms') as RoomDoc[]).find(({ _id }) => _id === id) as RoomDoc
    const common = { stream_id: stream, event_time: now() }
    const file = { file_id: '7', record_file_id: '7', task_id: '1', end_time: now(), duration: 5, file_size: 9 }
    const bodies = [
      { ...common, event_type: 1, sequence: '1' },
      { ...common, ...file, event_type: 100, video_url: 'http://vod.test/7.mp4' },
      { ...common, event_type: 332, task_id: '1', record_event: 'record_ended' },
      { ...common, event_type: 0, sequence: '1' },
    ].map((fields) => fns.signed(fields))
    const send = async (body: string) => expect((await fns.post('/http/live-callback', body)).status).toBe(200)
    for (const body of bodies) {
      await send(body)
      const before = everything()
      await send(body)
      expect(everything()).toEqual(before)
    }
    const before = everything()
    for (const body of [...bodies].reverse()) await send(body)
    expect(everything()).toEqual(before)
  })

  it('of the chat service neither: a line that is told again is kept once', async () => {
    const id = await fresh()
    const time = now()
    const Sign = createHash('sha256').update(`im-callback-token-1${time}`).digest('hex')
    const query = {
      SdkAppid: '1400000000',
      CallbackCommand: 'Group.CallbackAfterSendMsg',
      RequestTime: `${time}`,
      Sign,
    }
    const Data = JSON.stringify({ type: 'barrage', id: '1', text: 'Hello', name: 'Dave' })
    const MsgBody = [{ MsgType: 'TIMCustomElem', MsgContent: { Data } }]
    const body = JSON.stringify({ GroupId: id, From_Account: idOf('dave'), MsgBody, MsgSeq: 3, MsgTime: time })
    const send = () => fns.post(`/http/im-callback?${new URLSearchParams(query)}`, body)
    await send()
    const before = everything()
    expect(before[2]).toContain(id)
    await send()
    expect(everything()).toEqual(before)
  })
})

describe('in the source', () => {
  const root = path.resolve(__dirname, '../../..')
  const filesOf = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|wxml|json|wxs)$/.test(name))
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
  const read = (name: string) => readFileSync(path.join(root, name), 'utf8')

  /** Modules that compute a digest to compare it with one that somebody brings. */
  const CHECKING = [
    'cloudfunctions/core/callback-sign.ts',
    'cloudfunctions/core/order/im-sign.ts',
    'cloudfunctions/core/stream-sign.ts',
    'cloudfunctions/core/trtc/callback-sign.ts',
    'cloudfunctions/core/user-sig.ts',
    'cloudfunctions/core/web-token.ts',
  ]
  /** Those that only make names of digests. */
  const NAMING = [
    'cloudfunctions/core/ids.ts',
    'cloudfunctions/core/mixing/output.ts',
    'cloudfunctions/core/recording/key.ts',
    'cloudfunctions/core/room-service/logins.ts',
    'cloudfunctions/core/room-service/utils.ts',
  ]

  it('every digest that somebody brings is compared in constant time, and by nothing else', () => {
    const digesting = filesOf('cloudfunctions').filter((name) => /createHash|createHmac/.test(read(name)))
    // A new one belongs into one of both lists above.
    expect(digesting.sort()).toEqual([...CHECKING, ...NAMING].sort())
    for (const name of CHECKING) {
      const text = read(name)
      expect([name, /timingSafeEqual\(/.test(text)]).toEqual([name, true])
      // Lengths may be compared: they are no secret.
      const compared =
        text.match(/\b(sign|got|want|given|right|proof|digest|mac)\)?\s*[!=]==?\s*(?!undefined)\w+/g) ?? []
      expect([name, compared]).toEqual([name, []])
    }
  })

  it('what runs on phones knows no key, signs nothing, and imports nothing of the server', () => {
    const names = filesOf('miniprogram')
    expect(names.length).toBeGreaterThan(50)
    for (const name of names) {
      const text = read(name)
      expect([name, /cloudfunctions\/|['"]node:|pushKey|secretKey|createHmac|process\.env/.exec(text)]).toEqual([
        name,
        null,
      ])
    }
  })
})
