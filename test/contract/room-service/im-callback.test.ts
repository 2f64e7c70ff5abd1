import { createHash } from 'node:crypto'
import { BELIEVED_MS } from '../../../cloudfunctions/core/order/chat'
import type { HistoryLine } from '../../../miniprogram/protocol/order'
import { CHAT_REFUSALS, type ChatRefusal } from '../../../miniprogram/protocol/order'
import fc from '../../support/property'
import { RoundTrips } from '../../support/round-trips'
import { type Functions, startFunctions } from './functions'
import { anna, bob, liveRoom, openWorld, person, type World } from './world'

const BEFORE = 'Group.CallbackBeforeSendMsg'
const AFTER = 'Group.CallbackAfterSendMsg'

describe('what may be said', () => {
  let world: World
  let roomId: string
  beforeEach(async () => {
    world = await openWorld()
    roomId = (await liveRoom(world)).roomId
  })
  afterEach(() => world.close())

  const says = (who: typeof bob, text = 'hello') => world.chat.beforeLine({ roomId, userId: who.userId, text })

  it('passes under the name that the sender has chosen', async () => {
    expect(await says(bob)).toEqual({ name: '' })
    await world.actions.profile(bob, { name: 'Bob' })
    world.clock.now += BELIEVED_MS
    expect(await says(bob)).toEqual({ name: 'Bob' })
  })

  it('counts an order for every line that comes a second after it, at the latest', async () => {
    expect(await says(bob)).toEqual({ name: '' })
    await world.actions['order.mute'](anna, { roomId, userId: bob.userId, seconds: 60 })
    world.clock.now += BELIEVED_MS
    expect(await says(bob)).toBe('muted')
    await world.actions['order.muteAll'](anna, { roomId, on: true })
    world.clock.now += BELIEVED_MS
    expect(await says(person('openid-carol'))).toBe('muted-all')
    await world.actions.close(anna, { roomId })
    world.clock.now += BELIEVED_MS
    expect(await says(anna)).toBe('room-closed')
  })

  it('does not believe for a second that the database was down', async () => {
    const { room } = world.store
    world.store.room = () => Promise.reject(new Error('down'))
    expect(await says(bob)).toEqual({ name: null })
    world.store.room = room
    expect(await says(bob)).toEqual({ name: '' })
  })

  it('puts the true name of whom a line answers', async () => {
    await world.actions.profile(bob, { name: 'Bob' })
    const answer = { roomId, userId: anna.userId, text: 'yes', to: bob.userId }
    expect(await world.chat.beforeLine(answer)).toEqual({ name: '', toName: 'Bob' })
  })

  it('sheds arrivals first, and lets one person arrive three times a minute', async () => {
    const arrives = (who: typeof bob) => world.chat.beforeLine({ kind: 'joined', roomId, userId: who.userId, text: '' })
    for (let i = 0; i < 3; i++) expect(await arrives(bob)).toEqual({ name: '' })
    expect(await arrives(bob)).toBe('rate-limited')
    const crowd = await Promise.all(Array.from({ length: 40 }, (_, i) => arrives(person(`openid-${i}`))))
    expect(crowd.filter((judged) => judged === 'shed')).toHaveLength(34)
    expect(await says(bob)).toEqual({ name: '' })
  })

  it('counts custom messages apart from lines, and checks their texts', async () => {
    world.vendors.badWords.push('awful')
    const custom = (text: string) => world.chat.beforeLine({ kind: 'custom', roomId, userId: bob.userId, text })
    const all = await Promise.all(Array.from({ length: 30 }, () => custom('rose')))
    expect(all.filter((judged) => judged === 'rate-limited').length).toBeGreaterThanOrEqual(15)
    expect(await says(bob)).toEqual({ name: '' })
    world.clock.now += 5000
    expect(await custom('how awful')).toBe('text-refused')
  })

  it('is nothing while muted, and everything again once that is over', async () => {
    await world.actions['order.mute'](anna, { roomId, userId: bob.userId, seconds: 60 })
    expect(await says(bob)).toBe('muted')
    expect(await says(anna)).toEqual({ name: '' })
    world.clock.now += 60_000
    expect(await says(bob)).toEqual({ name: '' })
  })

  it('is nothing for the banned, here or everywhere', async () => {
    await world.actions['order.ban'](anna, { roomId, userId: bob.userId, on: true })
    expect(await says(bob)).toBe('banned')
    const carol = person('openid-carol')
    await world.store.setBanned(carol.userId, true)
    expect(await says(carol)).toBe('banned')
  })

  it('is for the anchor and the admins only, while all are muted', async () => {
    await world.actions['order.admin'](anna, { roomId, userId: bob.userId, on: true })
    world.clock.now += 1000
    await world.actions['order.muteAll'](anna, { roomId, on: true })
    expect(await says(person('openid-carol'))).toBe('muted-all')
    for (const who of [anna, bob]) expect(await says(who)).toEqual({ name: '' })
  })

  it('is nothing in a room that is over, or never was', async () => {
    const nowhere = { roomId: `r${'0'.repeat(24)}`, userId: bob.userId, text: 'hello' }
    expect(await world.chat.beforeLine(nowhere)).toBe('room-closed')
    await world.actions.close(anna, { roomId })
    expect(await says(anna)).toBe('room-closed')
  })

  it('M24: is what a person can type, also when everything is sent at once', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => says(bob)))
    expect(all.filter((judged) => judged === 'rate-limited').length).toBeGreaterThanOrEqual(20)
    expect(all.filter((judged) => typeof judged === 'object').length).toBeGreaterThanOrEqual(10)
    expect(await says(anna)).toEqual({ name: '' })
    world.clock.now += 5_000
    expect(await says(bob)).toEqual({ name: '' })
  })

  it('M29: is nothing that the check refuses', async () => {
    world.vendors.badWords.push('awful')
    expect(await says(bob, 'how awful')).toBe('text-refused')
    world.down.add('passes')
    expect(await says(bob, 'how awful')).toEqual({ name: '' })
  })

  it('passes when the database is down: rather a bad line than no line', async () => {
    world.store.room = () => Promise.reject(new Error('down'))
    expect(await says(bob)).toEqual({ name: null })
    expect(world.log).toEqual([`a line in ${roomId} could not be judged`])
  })

  it('passes when the database takes too long, before the chat service stops waiting', async () => {
    jest.useFakeTimers()
    try {
      const never = () => new Promise<never>(() => undefined)
      Object.assign(world.store, { room: never, user: never, sanction: never, countUse: never })
      const judged = says(bob)
      await jest.runAllTimersAsync()
      expect(await judged).toEqual({ name: null })
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      jest.useRealTimers()
    }
  })
})

it('closed: what could not be checked is not said', async () => {
  const world = await openWorld(':memory:', { config: { textFailClosed: true } })
  const { roomId } = await liveRoom(world)
  const line = { roomId, userId: bob.userId, text: 'hello' }
  world.down.add('passes')
  expect(await world.chat.beforeLine(line)).toBe('unavailable')
  world.down.clear()
  expect(await world.chat.beforeLine(line)).toEqual({ name: '' })
  world.store.countUse = () => Promise.reject(new Error('down'))
  expect(await world.chat.beforeLine(line)).toBe('unavailable')
  await world.close()
})

it('asks the database once: everything in parallel', async () => {
  const trips = new RoundTrips()
  const world = await openWorld(':memory:', trips)
  const { roomId } = await liveRoom(world)
  const line = { roomId, userId: bob.userId, text: 'hello' }
  await world.chat.beforeLine(line) // the first one of a person also notes that he writes
  const again = await trips.measure(() => world.chat.beforeLine(line))
  expect(again.result).toEqual({ name: '' })
  expect(again.rounds).toHaveLength(1)
  // Of the room and of its people nothing is read twice within a second.
  expect(new Set(again.calls.map(({ collection }) => collection))).toEqual(new Set(['limits']))
  await world.close()
})

describe('the last lines', () => {
  let world: World
  let roomId: string
  beforeEach(async () => {
    world = await openWorld()
    roomId = (await liveRoom(world)).roomId
  })
  afterEach(() => world.close())

  const said = (seq: number, at = seq * 1000) =>
    world.chat.afterLine({ roomId, userId: bob.userId, name: 'Bob', text: `line ${seq}`, at, seq, key: `${at}:${seq}` })
  const seqs = async () =>
    (await world.actions.history(anna, { roomId })).lines.map(({ text }) => Number(text.split(' ')[1]))

  it('are fifty, oldest first, whatever order they are told in', async () => {
    const order = Array.from({ length: 60 }, (_, i) => ((i * 7) % 60) + 1)
    for (const seq of order) await said(seq)
    expect(await seqs()).toEqual(Array.from({ length: 50 }, (_, i) => i + 11))
    const [line] = (await world.actions.history(anna, { roomId })).lines
    expect(line).toEqual<HistoryLine>({ userId: bob.userId, name: 'Bob', text: 'line 11', at: 11_000 })
  })

  it('are each there once, however often they are told, and all at once', async () => {
    await Promise.all([1, 2, 3, 1, 2, 3, 1, 2, 3].map((seq) => said(seq)))
    expect(await seqs()).toEqual([1, 2, 3])
    await said(2)
    expect(await seqs()).toEqual([1, 2, 3])
  })

  it('go on when the chat service begins to count anew', async () => {
    await said(1, 1000)
    await said(1, 2000)
    expect(await seqs()).toEqual([1, 1])
  })

  it('are none before the first', async () => {
    expect(await world.actions.history(bob, { roomId })).toEqual({ lines: [] })
  })
})

describe('the door', () => {
  let fns: Functions
  let roomId: string
  let anchor: string
  beforeAll(async () => {
    fns = await startFunctions()
    const { result } = await fns.callRoom({ action: 'create', title: 'A', cover: 'jade', requestId: '1' }, 'alice')
    roomId = result.room.roomId
    anchor = result.room.anchor.userId
  })
  afterAll(() => fns.close())

  const seconds = () => Math.floor(Date.now() / 1000)
  const query = (command: string, { at = seconds(), token = 'im-callback-token-1', app = '1400000000' } = {}) =>
    new URLSearchParams({
      SdkAppid: app,
      CallbackCommand: command,
      contenttype: 'json',
      ClientIP: '127.0.0.1',
      OptPlatform: 'Web',
      RequestTime: String(at),
      Sign: createHash('sha256').update(`${token}${at}`).digest('hex'),
    })
  const post = (search: URLSearchParams | string, body: string) => fns.post(`/http/im-callback?${search}`, body)
  const message = (data: unknown, more: object = {}) => ({
    CallbackCommand: BEFORE,
    GroupId: roomId,
    Type: 'AVChatRoom',
    From_Account: anchor,
    MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data), Desc: '', Ext: '' } }],
    ...more,
  })
  const barrage = (text: string, more: object = {}) => ({ type: 'barrage', id: 'b1', text, name: '', ...more })
  const ask = async (body: object, command = BEFORE) => {
    const response = await post(query(command), JSON.stringify(body))
    return { status: response.status, ...((await response.json()) as { ErrorCode: number; MsgBody?: unknown[] }) }
  }
  const refused = (why: ChatRefusal) => ({ status: 200, ErrorCode: CHAT_REFUSALS[why], ErrorInfo: why })
  /** An order counts a second later, at the latest. */
  const settles = async (body: object, why: ChatRefusal) => {
    for (const end = Date.now() + 60_000; ; ) {
      const answer = await ask(body)
      if (answer.ErrorCode === CHAT_REFUSALS[why]) return
      if (Date.now() > end) expect(answer).toMatchObject(refused(why))
    }
  }
  const someone = 'u0123456789abcdefghijkl'.padEnd(23, '0')

  it('lets a line pass as it is', async () => {
    expect(await ask(message(barrage('hello')))).toEqual({
      status: 200,
      ActionStatus: 'OK',
      ErrorCode: 0,
      ErrorInfo: '',
    })
  })

  it('M28: puts the true name in the place of the claimed one, and drops what is no part of a line', async () => {
    const { MsgBody } = await ask(message({ ...barrage(' hello\nthere '), name: 'The Bank', evil: '<b>' }))
    const [element] = MsgBody as [{ MsgType: string; MsgContent: { Data: string } }]
    expect(element.MsgType).toBe('TIMCustomElem')
    expect(JSON.parse(element.MsgContent.Data)).toEqual({ type: 'barrage', id: 'b1', text: 'hello there', name: '' })
  })

  it('M29: refuses a line with a word of the list', async () => {
    expect(await ask(message(barrage('a FORBIDDEN-word')))).toMatchObject(refused('text-refused'))
  })

  it('lets likes pass, in a room that is over too, and refuses more than a thumb can do', async () => {
    const gone = { GroupId: `r${'0'.repeat(24)}` }
    expect((await ask(message({ type: 'like', n: 3 }, gone))).ErrorCode).toBe(0)
    for (const n of [0, 51, 1.5, '3', null]) {
      expect(await ask(message({ type: 'like', n }))).toMatchObject(refused('misshapen'))
    }
    expect(await ask(message(barrage('hello'), gone))).toMatchObject(refused('room-closed'))
  })

  it('M10: refuses what only the server may say, whoever claims it', async () => {
    for (const type of ['room', 'counts', 'link', 'link-answer', 'seat', 'order']) {
      expect(await ask(message({ type, room: { roomId }, userId: 'administrator' }))).toMatchObject(
        refused('misshapen'),
      )
    }
    expect((await ask(message({ type: 'room' }, { From_Account: 'administrator' }))).ErrorCode).toBe(0)
  })

  it('refuses what is no message of ours', async () => {
    const element = (MsgType: string, MsgContent: unknown) => ({ MsgBody: [{ MsgType, MsgContent }] })
    for (const more of [
      { MsgBody: [] },
      element('TIMTextElem', { Text: 'hello' }),
      element('TIMCustomElem', {}),
      element('TIMCustomElem', { Data: '{' }),
      element('TIMCustomElem', { Data: 'null' }),
      element('TIMCustomElem', { Data: JSON.stringify(barrage('x')).padEnd(9000) }),
      { MsgBody: [...message(barrage('a')).MsgBody, ...message(barrage('b')).MsgBody] },
      { From_Account: 'not-one-of-us' },
    ]) {
      expect(await ask(message(barrage('x'), more))).toMatchObject(refused('misshapen'))
    }
    for (const data of [barrage(''), barrage(' '), barrage('x'.repeat(201)), barrage('\ud800'), { type: 'barrage' }]) {
      expect(await ask(message(data))).toMatchObject(refused('misshapen'))
    }
  })

  it('knows an answer, an arrival and a custom message, and cuts each to its shape', async () => {
    await fns.callRoom({ action: 'profile', name: 'Bob' }, 'bob')
    const bobs = (await fns.callRoom({ action: 'login' }, 'bob')).result.me.userId
    const dataOf = (answer: { MsgBody?: unknown[] }) => {
      const [element] = answer.MsgBody as [{ MsgContent: { Data: string } }]
      return JSON.parse(element.MsgContent.Data)
    }
    const answer = await ask(message(barrage('yes', { to: { userId: bobs, name: 'the boss', admin: true } })))
    expect(dataOf(answer).to).toEqual({ userId: bobs, name: 'Bob' })
    const arrival = await ask(message({ type: 'joined', name: 'the boss', text: 'hi' }, { From_Account: bobs }))
    expect(dataOf(arrival)).toEqual({ type: 'joined', name: 'Bob' })
    const gift = { type: 'custom', id: 'g1', tag: 'gift', data: { kind: 'rose', count: 2 }, name: 'x' }
    expect(dataOf(await ask(message(gift, { From_Account: bobs })))).toEqual({ ...gift, name: 'Bob' })
  })

  it('refuses custom messages without a shape, too large, or with a word of the list', async () => {
    const gift = { type: 'custom', id: 'g1', tag: 'gift', data: {}, name: '' }
    for (const more of [
      { tag: 'Gift' },
      { tag: '' },
      { tag: 'x'.repeat(33) },
      { tag: 'a b' },
      { data: 'x'.repeat(1023) },
      { data: { text: '弹'.repeat(350) } },
      { id: '' },
    ]) {
      expect(await ask(message({ ...gift, ...more }))).toMatchObject(refused('misshapen'))
    }
    expect(await ask(message(barrage('x', { to: { userId: 'me', name: '' } })))).toMatchObject(refused('misshapen'))
    const words = { ...gift, data: { list: [{ note: 'a forbidden-word' }] } }
    expect(await ask(message(words))).toMatchObject(refused('text-refused'))
    expect(await ask(message({ ...gift, data: { 'forbidden-word': 1 } }))).toMatchObject(refused('text-refused'))
  })

  it('leaves groups alone that are no rooms', async () => {
    expect((await ask(message(barrage('a forbidden-word'), { GroupId: 'support-desk' }))).ErrorCode).toBe(0)
  })

  it('keeps what was said for newcomers, once', async () => {
    const after = message(barrage('kept', { name: 'Al' }), {
      CallbackCommand: AFTER,
      MsgSeq: 7,
      MsgTime: 1_700_000_000,
    })
    for (let i = 0; i < 3; i++) expect(await ask(after, AFTER)).toMatchObject({ status: 200, ErrorCode: 0 })
    await ask(message({ type: 'like', n: 3 }, { MsgSeq: 8, MsgTime: 1_700_000_001 }), AFTER)
    const { result } = await fns.callRoom({ action: 'history', roomId }, 'bob')
    expect(result.lines).toEqual([{ userId: anchor, name: 'Al', text: 'kept', at: 1_700_000_000_000 }])
  })

  it('knows who is muted, banned and in charge', async () => {
    const bobs = (await fns.callRoom({ action: 'login' }, 'bob')).result.me.userId
    const order = async (action: string, input: object) => {
      const act = () => fns.callRoom({ action, roomId, ...input }, 'alice')
      let answer = await act()
      while (answer.error?.code === 'rate-limited') answer = await act()
      expect(answer.error).toBeUndefined()
    }
    const from = { From_Account: bobs }
    await order('order.mute', { userId: bobs, seconds: 600 })
    await settles(message(barrage('hello'), from), 'muted')
    await order('order.ban', { userId: bobs, on: true })
    await settles(message(barrage('hello'), from), 'banned')
    await order('order.muteAll', { on: true })
    await settles(message(barrage('hello'), { From_Account: someone }), 'muted-all')
    expect((await ask(message(barrage('hello')))).ErrorCode).toBe(0)
    await order('order.muteAll', { on: false })
  })

  it('acknowledges commands that it does not need, whatever is in them', async () => {
    for (const command of ['Group.CallbackAfterGroupDestroyed', 'State.StateChange', 'constructor', '__proto__']) {
      expect((await ask({ anything: 1 }, command)).ErrorCode).toBe(0)
    }
  })

  it('refuses a wrong signature, an old one, one from the future, and another application', async () => {
    const body = JSON.stringify(message(barrage('hello')))
    for (const wrong of [
      { token: 'another-token' },
      { token: '' },
      { at: seconds() - 310 },
      { at: seconds() + 310 },
      { app: '1400000001' },
      { app: 'x' },
    ]) {
      const response = await post(query(BEFORE, wrong), body)
      expect([wrong, response.status]).toEqual([wrong, 403])
    }
    const short = query(BEFORE)
    short.set('Sign', 'abc')
    for (const search of ['', short, 'SdkAppid=1400000000&CallbackCommand=x']) {
      expect((await post(search, body)).status).toBe(403)
    }
    const old = query(BEFORE, { at: seconds() - 290 })
    expect((await post(old, body)).status).toBe(200)
  })

  it('refuses other methods, other bodies, and a client that calls it as a function', async () => {
    expect((await fetch(`${fns.url}/http/im-callback?${query(BEFORE)}`)).status).toBe(405)
    for (const body of ['', '{', 'null', '[]', '7', '{}', 'x'.repeat(1 << 17)]) {
      expect((await post(query(BEFORE), body)).status).toBe(400)
    }
    const event = {
      httpMethod: 'POST',
      headers: {},
      queryStringParameters: Object.fromEntries(query(BEFORE)),
      body: JSON.stringify(message(barrage('hello'))),
    }
    const answer = await fns.post('/functions/im-callback', JSON.stringify(event), { 'x-dev-openid': 'mallory' })
    expect(((await answer.json()) as { result: { statusCode: number } }).result.statusCode).toBe(403)
  })

  it('never falls over, whatever is in a body or in the address', async () => {
    const json = fc.jsonValue({ maxDepth: 4 })
    const mutated = fc
      .tuple(fc.constantFrom(...Object.keys(message({}))), json)
      .map(([field, value]) => JSON.stringify(message(barrage('hello'), { [field]: value })))
    const inner = json.map((data) => JSON.stringify(message(data)))
    const parts = fc
      .dictionary(fc.constantFrom('type', 'id', 'text', 'name', 'n', 'to', 'tag', 'data'), json)
      .map((data) => JSON.stringify(message({ ...barrage('x'), ...data })))
    const body = fc.oneof(
      mutated,
      inner,
      parts,
      json.map((value) => JSON.stringify(value)),
      fc.string(),
    )
    const address = fc.oneof(
      fc.constantFrom(BEFORE, AFTER).map((command) => query(command).toString()),
      fc
        .tuple(fc.constantFrom('SdkAppid', 'Sign', 'RequestTime', 'CallbackCommand'), fc.string())
        .map(([name, value]) => {
          const search = query(BEFORE)
          search.set(name, value)
          return search.toString()
        }),
    )
    await fc.assert(
      fc.asyncProperty(address, body, async (search, text) => {
        const response = await post(search, text)
        expect([200, 400, 403]).toContain(response.status)
        const answer = (await response.json()) as { ErrorCode: number; ActionStatus: string }
        expect(Number.isSafeInteger(answer.ErrorCode)).toBe(true)
        if (response.status === 200) expect([0, 2, ...Object.values(CHAT_REFUSALS)]).toContain(answer.ErrorCode)
        expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts|token|im-key/i)
      }),
      { numRuns: 200 },
    )
    expect(fns.log()).not.toMatch(/could not be answered/)
  })
})

it('is closed where no token is set', async () => {
  const fns = await startFunctions({ IM_CALLBACK_TOKEN: '' })
  const at = Math.floor(Date.now() / 1000)
  const Sign = createHash('sha256').update(String(at)).digest('hex')
  const search = new URLSearchParams({
    SdkAppid: '1400000000',
    CallbackCommand: BEFORE,
    RequestTime: String(at),
    Sign,
  })
  expect((await fns.post(`/http/im-callback?${search}`, '{}')).status).toBe(403)
  await fns.close()
})
