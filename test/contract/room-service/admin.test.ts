import { randomBytes } from 'node:crypto'
import { ADMIN_REFUSALS } from '../../../cloudfunctions/contract/admin'
import { ALWAYS } from '../../../cloudfunctions/contract/refusals'
import { signAdminToken } from '../../../cloudfunctions/core/admin/token'
import { publicUserId } from '../../../cloudfunctions/core/ids'
import { Refusal } from '../../../cloudfunctions/core/refusal'
import { signWebToken } from '../../../cloudfunctions/core/web-token'
import type { AdminActionName, AdminInput, AdminOutput } from '../../../miniprogram/protocol/admin'
import fc from '../../support/property'
import { type Answer, type Functions, startFunctions } from './functions'
import { anna, bob, liveRoom, openWorld, person, refusal, type World } from './world'

const DAY_MS = 24 * 3600_000
const carol = person('openid-carol')

describe('what operators do', () => {
  let world: World
  let roomId: string
  let stream: string
  beforeEach(async () => {
    world = await openWorld()
    ;({ roomId, stream } = await liveRoom(world))
  })
  afterEach(() => world.close())

  /** As the operator `op`; a refusal that the documents do not announce is an error of the test. */
  const run = async <A extends AdminActionName>(action: A, input: AdminInput<A>): Promise<AdminOutput<A>> => {
    world.clock.now += 1
    try {
      return await world.admin.run({ by: 'op', settings: {} }, action, input)
    } catch (error) {
      if (error instanceof Refusal && ![...ALWAYS, ...ADMIN_REFUSALS[action]].includes(error.code)) {
        throw new Error(`${action} refused with ${error.code}, which is not documented`)
      }
      throw error
    }
  }
  const forbid = (until = world.clock.now + 3600_000) => run('forbid', { roomId, reason: 'nudity', until })
  const close = () => run('close', { roomId, reason: 'as agreed' })

  describe('list and room', () => {
    it('show every room, newest first, page by page, in whatever state', async () => {
      const made = [roomId]
      for (let i = 0; i < 4; i++) {
        // Two of them at the same moment.
        if (i !== 1) world.clock.now += 1_000
        made.push((await liveRoom(world, person(`openid-${i}a`), 'other')).roomId)
      }
      await run('close', { roomId: made[2] ?? '', reason: 'x' })
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await run('list', { limit: 2, ...(cursor ? { cursor } : {}) })
        seen.push(...page.rooms.map(({ room }) => room.roomId))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect([...seen].sort()).toEqual([...made].sort())
      const at = await Promise.all(seen.map(async (id) => (await world.room(id)).createdAt))
      expect(at).toEqual([...at].sort((a, b) => b - a))
      const closed = await run('list', { state: 'closed' })
      expect(closed.rooms.map(({ room }) => room.roomId)).toEqual([made[2]])
      expect((await refusal(run('list', { cursor: 'x' }))).code).toBe('bad-input')
    })

    it('show all that is stored of one, and no signature', async () => {
      await world.actions.enter(bob, { roomId })
      const { room, present } = await run('room', { roomId })
      expect([room.stream, room.anchorId, present]).toEqual([stream, anna.userId, 1])
      expect(JSON.stringify(room)).not.toMatch(/txSecret|openid|push-key/)
      expect((await refusal(run('room', { roomId: `r${'0'.repeat(24)}` }))).code).toBe('not-found')
    })
  })

  describe('cut', () => {
    it("cuts the anchor's push and lets the next one in", async () => {
      expect(await run('cut', { roomId })).toEqual({ stream })
      expect([world.vendors.cut, world.forbidden]).toEqual([[stream], []])
      expect((await world.room(roomId)).state).toBe('live')
    })

    it('says when there is nothing to cut, and when it was not done', async () => {
      expect((await refusal(run('cut', { roomId, seat: 1 }))).code).toBe('not-found')
      world.down.add('cut')
      expect((await refusal(run('cut', { roomId }))).code).toBe('unavailable')
    })
  })

  describe('close and forbid', () => {
    it('end the show for everybody, and say who did it', async () => {
      world.notices.length = 0
      expect((await close()).room).toMatchObject({ state: 'closed', reason: 'ended-by-operator' })
      expect(world.notices.at(-1)?.message).toMatchObject({ room: { state: 'closed' }, summary: { likes: 0 } })
      expect(world.forbidden).toContain(stream)
      expect((await world.store.user(anna.userId))?.openRoom).toBe('')
      const { version } = await world.room(roomId)
      await close()
      expect((await world.room(roomId)).version).toBe(version)
    })

    it('M11: a forbidden room stays closed until its time is over, or it is allowed', async () => {
      await forbid()
      expect(world.forbidden).toContain(stream)
      expect((await world.room(roomId)).forbidden).toMatchObject({ reason: 'nudity' })
      expect((await refusal(run('reopen', { roomId }))).code).toBe('forbidden')
      await run('allow', { roomId })
      expect((await run('reopen', { roomId })).room.state).toBe('idle')
      await forbid(world.clock.now + 60_000)
      world.clock.now += 60_001
      expect((await run('reopen', { roomId })).room.state).toBe('idle')
    })

    it('forbid a room that is over already, so that it is not opened again', async () => {
      await close()
      await forbid()
      expect((await refusal(run('reopen', { roomId }))).code).toBe('forbidden')
      // Allowing it does not let anybody push to the old stream.
      await run('allow', { roomId })
      expect(world.vendors.allowed).toEqual([])
    })

    it('hold though streaming and chat are down', async () => {
      for (const method of ['forbid', 'notify', 'destroyGroup', 'cut'] as const) world.down.add(method)
      expect((await forbid()).room.state).toBe('closed')
      world.down.clear()
      world.clock.now += 120_000
      await world.sweep()
      expect(world.forbidden).toContain(stream)
    })

    it('know rooms that there are not', async () => {
      const nowhere = `r${'0'.repeat(24)}`
      for (const call of [
        () => run('close', { roomId: nowhere, reason: 'x' }),
        () => run('forbid', { roomId: nowhere, reason: 'x', until: 1 }),
        () => run('allow', { roomId: nowhere }),
        () => run('reopen', { roomId: nowhere }),
        () => run('cut', { roomId: nowhere }),
      ]) {
        expect((await refusal(call())).code).toBe('not-found')
      }
    })
  })

  describe('reopen', () => {
    it('makes a closed room wait for its anchor, at a new epoch and stream, with an empty stage', async () => {
      await world.actions.enter(bob, { roomId })
      await world.actions.like(bob, { roomId, count: 7 })
      await close()
      const before = await world.room(roomId)
      const { room } = await run('reopen', { roomId })
      expect(room).toMatchObject({ state: 'idle', reason: null, epoch: before.epoch + 1 })
      const after = await world.room(roomId)
      expect(after).toMatchObject({ viewers: 0, likes: 7, onStage: [], closedAt: 0 })
      expect(after.stream).not.toBe(stream)
      expect(world.groups.has(roomId)).toBe(true)
      expect(world.forbidden).toContain(stream)

      const resumed = await world.actions.resume(anna, { roomId })
      expect(resumed.room.roomId).toBe(roomId)
      const { stream: newest } = await world.room(roomId)
      await world.begin(newest, 's2')
      world.online.add(newest)
      expect((await world.room(roomId)).state).toBe('live')
      await world.actions.enter(bob, { roomId })
      for (let i = 0; i < 3; i++) {
        world.clock.now += 60_000
        await world.actions.beat(anna, { roomId, epoch: resumed.room.epoch, version: 0 })
        await world.actions.sync(bob, { roomId, version: 0 })
        await world.sweep()
      }
      expect(await world.room(roomId)).toMatchObject({ state: 'live', viewers: 1, tidyAt: 0 })
      expect(world.groups.has(roomId)).toBe(true)
      expect((await world.actions.list(bob, {})).rooms.map(({ room }) => room.roomId)).toEqual([roomId])
    })

    it('is safe to repeat, and twenty at once open it once', async () => {
      await close()
      const { epoch } = await world.room(roomId)
      await Promise.allSettled(Array.from({ length: 20 }, () => run('reopen', { roomId })))
      expect(await world.room(roomId)).toMatchObject({ state: 'idle', epoch: epoch + 1 })
      expect((await world.store.user(anna.userId))?.openRoom).toBe(roomId)
      expect((await run('reopen', { roomId })).room.epoch).toBe(epoch + 1)
    })

    it('is for a day, and not while its anchor has another room or is banned', async () => {
      await close()
      world.clock.now += 2_000
      const other = await liveRoom(world, anna, 'show-2')
      expect(await refusal(run('reopen', { roomId }))).toEqual({
        code: 'already-live',
        details: { roomId: other.roomId },
      })
      await world.actions.close(anna, { roomId: other.roomId })
      await run('banUser', { userId: anna.userId, reason: 'x' })
      expect((await refusal(run('reopen', { roomId }))).code).toBe('banned')
      await run('unbanUser', { userId: anna.userId })
      world.clock.now += DAY_MS
      expect((await refusal(run('reopen', { roomId }))).code).toBe('room-closed')
    })

    it('leaves the anchor free when the chat service is down', async () => {
      await close()
      world.down.add('createGroup')
      expect((await refusal(run('reopen', { roomId }))).code).toBe('unavailable')
      expect((await world.room(roomId)).state).toBe('closed')
      expect((await world.store.user(anna.userId))?.openRoom).toBe('')
      world.down.clear()
      expect((await run('reopen', { roomId })).room.state).toBe('idle')
    })

    it('ends like any other room when its anchor does not come', async () => {
      await close()
      await run('reopen', { roomId })
      world.clock.now += 3600_000
      await world.sweep()
      expect((await world.room(roomId)).state).toBe('closed')
    })
  })

  describe('banUser', () => {
    it('ends the show, and keeps the person out of every room until it is lifted', async () => {
      const other = await liveRoom(world, bob, 'show-2')
      expect(await run('banUser', { userId: anna.userId, reason: 'fraud' })).toEqual({ banned: true, closed: [roomId] })
      expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'ended-by-operator' })
      const create = () => world.actions.create(anna, { title: 'A', cover: 'jade', requestId: 'again' })
      world.clock.now += 2_000
      for (const call of [create, () => world.actions.enter(anna, { roomId: other.roomId })]) {
        expect((await refusal(call())).code).toBe('banned')
      }
      expect(await world.chat.beforeLine({ roomId: other.roomId, userId: anna.userId, text: 'hi' })).toBe('banned')
      expect(await run('unbanUser', { userId: anna.userId })).toEqual({ banned: false })
      world.clock.now += 5_000
      await world.actions.enter(anna, { roomId: other.roomId })
      await create()
    })

    it('frees the seats of the person, and tells him', async () => {
      await world.actions.enter(bob, { roomId })
      const { link } = await world.actions['link.request'](bob, { roomId })
      await world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
      expect((await world.room(roomId)).onStage).toEqual([bob.userId])
      world.told.length = 0
      await run('banUser', { userId: bob.userId, reason: 'x' })
      expect((await world.room(roomId)).onStage).toEqual([])
      expect(world.told.map(({ userId, message }) => [userId, message.type])).toContainEqual([bob.userId, 'order'])
    })

    it('works for somebody who has never been here, and keeps a name', async () => {
      await world.actions.profile(bob, { name: 'Bob' })
      for (const { userId } of [bob, carol]) await run('banUser', { userId, reason: 'x' })
      expect(await world.store.user(bob.userId)).toMatchObject({ name: 'Bob', banned: true })
      expect(await world.store.user(carol.userId)).toMatchObject({ name: '', banned: true })
    })
  })

  it('an event that is forbidden is not opened again before it is allowed', async () => {
    const event = { title: 'The keynote', cover: 'ocean', host: 'The house', requestId: 'e1' } as const
    const { room } = await run('event.open', event)
    const of = { roomId: room.roomId }
    await run('forbid', { ...of, reason: 'x', until: world.clock.now + 60_000 })
    expect((await refusal(run('event.reopen', of))).code).toBe('forbidden')
    expect((await refusal(run('reopen', of))).code).toBe('forbidden')
    await run('allow', of)
    expect((await run('event.reopen', of)).room.state).toBe('idle')
    // A show that is no event is not touched by what is done to events.
    expect((await refusal(run('event.reopen', { roomId }))).code).toBe('forbidden')
  })

  describe('the audit log', () => {
    it('holds who did what, to whom, why, and what came of it; newest first', async () => {
      await close()
      await refusal(run('room', { roomId: `r${'0'.repeat(24)}` }))
      await run('banUser', { userId: bob.userId, reason: 'fraud' })
      const { entries } = await run('audit', { limit: 3 })
      const [own, ban, missed] = entries
      expect(own).toMatchObject({ action: 'audit', result: 'begun' })
      expect(ban).toMatchObject({
        by: 'op',
        action: 'banUser',
        target: bob.userId,
        reason: 'fraud',
        result: 'done',
        at: world.clock.now - 1,
      })
      expect(missed).toMatchObject({ action: 'room', result: 'not-found' })
      // Those who read the log are in it too.
      const { nextCursor } = await run('audit', { limit: 4 })
      const more = await run('audit', { cursor: nextCursor ?? '' })
      expect(more.entries.map(({ action }) => action)).toEqual(['close'])
    })

    it('is written before anything is done: what cannot be noted is not done', async () => {
      const { beginAudit } = world.store
      world.store.beginAudit = () => Promise.reject(new Error('down'))
      await expect(close()).rejects.toThrow('down')
      expect((await world.room(roomId)).state).toBe('live')
      world.store.beginAudit = beginAudit
      world.store.endAudit = () => Promise.reject(new Error('down'))
      expect((await close()).room.state).toBe('closed')
      expect(world.docs('audit')).toMatchObject([{ action: 'close', result: 'begun' }])
    })
  })

  it('M3: diagnostics say what answers, and name no value', async () => {
    world.down.add('online')
    const operator = { by: 'op', settings: { LIVE_PUSH_KEY: 'set' } as const }
    expect(await world.admin.run(operator, 'diagnostics', {})).toEqual({
      settings: { LIVE_PUSH_KEY: 'set' },
      database: true,
      streaming: false,
    })
  })
})

describe('the door', () => {
  let fns: Functions
  beforeAll(async () => {
    fns = await startFunctions()
  })
  afterAll(() => fns.close())

  const inAnHour = () => Math.floor(Date.now() / 1000) + 3600
  const SECRET = 'admin-token-secret-1'
  const bearer = (token = signAdminToken(SECRET, 'ops@desk', inAnHour())) => ({ authorization: `Bearer ${token}` })
  const http = async (event: unknown, headers: Record<string, string> = bearer()) => {
    const response = await fns.post('/http/admin', typeof event === 'string' ? event : JSON.stringify(event), headers)
    return { status: response.status, body: (await response.json()) as Answer }
  }
  const call = async (event: unknown, openid?: string) => {
    const headers = openid ? { 'x-dev-openid': openid } : undefined
    return (await (await fns.post('/functions/admin', JSON.stringify(event), headers)).json()) as Answer
  }
  const entries = async () => (await http({ action: 'audit' })).body.result.entries as Record<string, unknown>[]

  it('opens for an operator by his OPENID, and by his token', async () => {
    expect((await call({ action: 'list' }, 'operator-openid')).result.rooms).toEqual([])
    expect((await http({ action: 'list' })).body.result.rooms).toEqual([])
    const by = (await entries()).filter(({ action }) => action === 'list').map((entry) => entry.by)
    expect(by).toEqual(['ops@desk', publicUserId('user-id-secret-1', 'operator-openid')])
  })

  it('M3: has one answer for everybody else, whatever is asked for', async () => {
    const payload = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url')
    const tokens = [
      signAdminToken(SECRET, 'ops', Math.floor(Date.now() / 1000) - 1),
      signAdminToken('another-secret-1234', 'ops', inAnHour()),
      signAdminToken(SECRET, 'no <name>', inAnHour()),
      signWebToken(SECRET, 'ops', inAnHour()),
      `v1.${payload({ aud: 'admin', sub: 'ops', exp: inAnHour() })}.`,
      `v1.${payload({ aud: 'admin', sub: 'ops', exp: inAnHour() })}.${randomBytes(32).toString('base64url')}`,
      'v1',
      '',
    ]
    const noted = (await entries()).length
    const answers = new Set<string>()
    const remember = ({ error, result }: Answer) => answers.add(JSON.stringify({ error, result }))
    for (const headers of [...tokens.map(bearer), {}, { authorization: 'Basic YTpi' }] as Record<string, string>[]) {
      for (const event of [{ action: 'diagnostics' }, { action: 'nope' }, '{', '']) {
        const { status, body } = await http(event, headers)
        expect(status).toBe(401)
        remember(body)
      }
    }
    remember((await (await fetch(`${fns.url}/http/admin`)).json()) as Answer)
    for (const event of [{ action: 'diagnostics' }, { action: 'nope' }, {}]) {
      remember(await call(event, 'mallory'))
      remember(await call(event))
    }
    // A client cannot hand in a request of somebody else's making.
    const forged = { httpMethod: 'POST', headers: bearer(), body: '{"action":"diagnostics"}' }
    remember(await call(forged, 'mallory'))
    expect([...answers]).toEqual([
      JSON.stringify({ error: { code: 'unauthenticated', message: 'this door is for operators' } }),
    ])
    // And leaves no trace in the log of what operators do.
    expect((await entries()).length).toBe(noted + 1)
  })

  it("is not opened by a token of the web door, nor the web door by an operator's", async () => {
    const response = await fns.post('/http/web-room', '{"action":"login"}', {
      authorization: `Bearer ${signAdminToken('web-token-secret-1', 'ops', inAnHour())}`,
    })
    expect(response.status).toBe(401)
  })

  it('is closed where no secret and no OPENID is set', async () => {
    const closed = await startFunctions({ ADMIN_TOKEN_SECRET: '', ADMIN_OPENIDS: '' })
    const answer = await closed.post('/http/admin', '{"action":"list"}', bearer(signAdminToken('', 'ops', inAnHour())))
    expect(answer.status).toBe(401)
    const asNobody = await closed.post('/functions/admin', '{"action":"list"}', { 'x-dev-openid': 'x' })
    expect(((await asNobody.json()) as Answer).error?.code).toBe('unauthenticated')
    await closed.close()
  })

  it('M3: names every setting, and the value of none', async () => {
    const { result } = (await http({ action: 'diagnostics' })).body
    expect(result).toMatchObject({ database: true, streaming: true })
    expect(result.settings).toMatchObject({
      LIVE_PUSH_KEY: 'set',
      ADMIN_TOKEN_SECRET: 'set',
      GRACE_MS: 'default',
      LIVE_PLAY_KEY: 'none',
    })
    expect([...new Set(Object.values(result.settings))].sort()).toEqual(['default', 'none', 'set'])
    expect(JSON.stringify(result)).not.toMatch(/push-key|secret-1|im-key|callback-key|127\.0\.0\.1/)
  })

  it('notes a refused request too', async () => {
    for (const event of [{ action: 'close', roomId: 'x' }, { action: 'nope' }, { action: 'constructor' }]) {
      expect((await http(event)).body.error?.code).toBe('bad-input')
    }
    expect((await entries()).slice(1, 4)).toMatchObject([
      { by: 'ops@desk', action: '', result: 'bad-input' },
      { by: 'ops@desk', action: '', result: 'bad-input' },
      { by: 'ops@desk', action: 'close', result: 'bad-input' },
    ])
  })

  it('maps refusals to HTTP, and speaks POST', async () => {
    expect((await http({ action: 'room', roomId: `r${'0'.repeat(24)}` })).status).toBe(404)
    expect((await fetch(`${fns.url}/http/admin`, { headers: bearer() })).status).toBe(400)
  })

  it('never falls over, whatever it is asked, and says nothing of its inside', async () => {
    const json = fc.jsonValue({ maxDepth: 4 })
    const actions = fc.constantFrom(...Object.keys(ADMIN_REFUSALS), 'nope', '__proto__', 'constructor')
    const field = fc.constantFrom('roomId', 'userId', 'reason', 'until', 'seat', 'state', 'cursor', 'limit')
    const ids = fc.constantFrom<unknown>(`r${'0'.repeat(24)}`, `u${'0'.repeat(22)}`, 'closed', 1, 'x')
    const event = fc
      .tuple(actions, fc.dictionary(field, fc.oneof(json, ids)))
      .map(([action, fields]) => JSON.stringify({ ...fields, action }))
    const body = fc.oneof(
      event,
      json.map((value) => JSON.stringify(value)),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (text, operator) => {
        const { status, body: answer } = await http(text, operator ? bearer() : {})
        expect([200, 400, 401, 403, 404, 409, 410, 503]).toContain(status)
        if (status !== 200) expect(answer.error?.code).toMatch(/^[a-z-]+$/)
        expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:|secret-1|push-key/)
      }),
      { numRuns: 200 },
    )
    expect(fns.log()).not.toMatch(/request [0-9a-f]+ failed/)
  })
})
