import type { Caller } from '../../../cloudfunctions/core/ports'
import { LINK_WAIT_MS } from '../../support/room-config'
import { dying } from './crashes'
import { takeSeat } from './link-people'
import { carol, pkCalls, show, viewer } from './pk-shows'
import { anna, bob, GRACE_MS, openWorld, refusal, type World } from './world'

let world: World
let a: string
let b: string
beforeEach(async () => {
  world = await openWorld()
  a = await show(world, anna)
  b = await show(world, bob)
})
afterEach(() => world.close())

const { invite, accept, refuse, end, like, pass, pks, free, consistent } = pkCalls(() => world)
const question = async () => (await invite(a, b)).room.pk?.pkId ?? ''
const fight = async () => {
  const pkId = await question()
  await accept(b, pkId)
  return pkId
}
const told = ({ userId }: Caller) =>
  world.told.flatMap(({ userId: to, message }) => (to === userId && message.type === 'pk' ? [message.what] : []))
const code = async (call: Promise<unknown>) => (await refusal(call)).code

describe('a question for a PK', () => {
  it('is seen in both rooms, and told to the anchor who is asked', async () => {
    const before = (await world.room(b)).version
    const { room } = await invite(a, b)
    expect(room.pk).toEqual({
      pkId: expect.stringMatching(/^p[0-9a-f]{24}$/),
      state: 'invited',
      rival: { roomId: b, title: 'A show', anchor: { userId: bob.userId, name: '' } },
      startedAt: null,
      endsInMs: LINK_WAIT_MS,
    })
    expect(await world.room(b)).toMatchObject({ version: before + 1, pk: { state: 'asked', rivalId: a } })
    expect([told(anna), told(bob)]).toEqual([[], ['asked']])
    const noticed = world.notices.flatMap(({ roomId, message }) =>
      message.type === 'room' && message.room.pk ? [roomId] : [],
    )
    expect(noticed.sort()).toEqual([a, b].sort())
    consistent()
  })

  it('can be asked again by a phone that heard no answer', async () => {
    const pkId = await question()
    expect((await invite(a, b)).room.pk?.pkId).toBe(pkId)
    expect(pks()).toHaveLength(1)
  })

  it('is refused, or taken back, as often as anybody likes', async () => {
    const first = await question()
    await refuse(b, first)
    expect((await refuse(b, first)).room.pk).toBeNull()
    await free(a, b)
    pass()
    const second = await question()
    expect((await refuse(a, second, anna)).room.pk).toBeNull()
    await free(a, b)
    expect([told(anna), told(bob)]).toEqual([['refused'], ['asked', 'asked', 'cancelled']])
  })

  it('times out, and both may ask again even before the sweeper came by', async () => {
    const pkId = await question()
    pass(LINK_WAIT_MS)
    expect(await code(accept(b, pkId))).toBe('stale')
    expect((await invite(b, a, bob)).room.pk?.state).toBe('invited')
    pass(LINK_WAIT_MS)
    await world.sweep()
    await free(a, b)
    expect(told(anna)).toEqual(['expired', 'asked', 'expired'])
    consistent()
  })

  it('is not for oneself, not by others, not for a show that is not on', async () => {
    expect(await code(invite(a, a))).toBe('bad-input')
    expect(await code(invite(a, b, carol))).toBe('forbidden')
    expect(await code(invite(`r${'0'.repeat(24)}`, b))).toBe('not-found')
    expect(await code(invite(a, `r${'0'.repeat(24)}`))).toBe('stale')
    const idle = await world.actions.create(carol, { title: 'C', cover: 'jade', requestId: 'c' })
    expect(await code(invite(a, idle.room.roomId))).toBe('stale')
    expect(await code(invite(idle.room.roomId, a, carol))).toBe('stale')
    await world.actions.close(bob, { roomId: b })
    expect(await code(invite(a, b))).toBe('stale')
    expect(await code(invite(b, a, bob))).toBe('room-closed')
    expect(pks()).toEqual([])
  })

  it('is one at a time, and not every moment', async () => {
    const c = await show(world, carol)
    await invite(a, b)
    expect(await refusal(invite(c, b, carol))).toEqual({ code: 'full', details: { what: 'pk' } })
    expect(await code(invite(c, b, carol))).toBe('rate-limited')
    pass()
    expect(await code(invite(a, c))).toBe('full')
    consistent()
  })

  it('is answered by whoever was asked, and by nobody else', async () => {
    const pkId = await question()
    expect(await code(accept(a, pkId, anna))).toBe('stale')
    expect(await code(accept(b, pkId, carol))).toBe('forbidden')
    expect(await code(refuse(b, pkId, carol))).toBe('forbidden')
    const c = await show(world, carol)
    expect(await code(accept(c, pkId, carol))).toBe('stale')
    await refuse(c, pkId, carol)
    await end(c, pkId, carol)
    expect((await world.room(b)).pk?.state).toBe('asked')
    expect(await code(accept(b, `p${'0'.repeat(24)}`))).toBe('stale')
  })
})

describe('a PK', () => {
  it('begins in both rooms with the answer, which may be given twice', async () => {
    const pkId = await question()
    const { room } = await accept(b, pkId)
    expect(room.pk).toMatchObject({ state: 'on', startedAt: world.clock.now, endsInMs: 60_000 })
    expect((await accept(b, pkId)).room.pk?.pkId).toBe(pkId)
    expect((await world.room(a)).pk?.state).toBe('on')
    expect(told(anna)).toEqual(['accepted'])
    consistent()
  })

  it('shows the rival to viewers and anchors by addresses that cannot push', async () => {
    world.down.add('mix')
    await world.actions.enter(viewer, { roomId: a })
    expect(await world.actions['pk.play'](anna, { roomId: a })).toEqual({ rival: null })
    await fight()
    const { stream } = await world.room(b)
    const { push } = await world.actions.push(bob, { roomId: b, epoch: 1 })
    const canPush = new URL(push.url).searchParams.get('txSecret') ?? ''
    expect(canPush).toMatch(/^[0-9a-f]{32}$/)
    const { play } = await world.actions.sync(viewer, { roomId: a, version: 0 })
    const { rival } = await world.actions['pk.play'](anna, { roomId: a })
    for (const urls of [play.rival, rival]) {
      expect(urls?.flv).toMatch(new RegExp(`^http://play.test/live/${stream}\\.flv\\?txSecret=`))
      expect(JSON.stringify(urls)).not.toContain('rtmp:')
      expect(JSON.stringify(urls)).not.toContain(canPush)
    }
  })

  it('is mixed side by side in each room, and then needs no second picture', async () => {
    const pkId = await fight()
    const [own, rival] = [await world.room(a), await world.room(b)]
    expect(
      [...world.vendors.mixes].map(([session, { layout }]) => [session, layout.tiles.map((t) => t.stream)]),
    ).toEqual(
      expect.arrayContaining([
        [`mix_${a}`, [own.stream, rival.stream]],
        [`mix_${b}`, [rival.stream, own.stream]],
      ]),
    )
    await world.actions.enter(viewer, { roomId: a })
    const { play } = await world.actions.sync(viewer, { roomId: a, version: 0 })
    expect([play.rival, play.flv.includes(own.mix)]).toEqual([null, true])
    await takeSeat(world, a, viewer)
    const onStage = await world.actions.sync(viewer, { roomId: a, version: 0 })
    expect(onStage.play.rival?.flv).toContain(rival.stream)
    pass()
    await end(b, pkId)
    expect(world.vendors.mixes.size).toBe(0)
  })

  it('counts the likes of its time for both sides', async () => {
    await like(a, 7)
    pass()
    await fight()
    await like(a, 5)
    pass(1000)
    await like(b, 3)
    const counts = async (roomId: string) => (await world.actions.sync(viewer, { roomId, version: 0 })).counts.pk
    expect([await counts(a), await counts(b)]).toEqual([
      { own: 5, rival: 3 },
      { own: 3, rival: 5 },
    ])
    pass(100)
    await world.actions.like(carol, { roomId: a, count: 50 }) // within the pace of notices
    pass(1000)
    await world.sweep()
    expect(await counts(b)).toEqual({ own: 3, rival: 55 })
    consistent()
  })

  it('costs viewers no further call to the database', async () => {
    await world.actions.enter(viewer, { roomId: a })
    const calls = jest.spyOn(world.database, 'run')
    const cost = async (work: () => Promise<unknown>) => {
      calls.mockClear()
      await work()
      return calls.mock.calls.length
    }
    const { version } = await world.room(a)
    const beat = () => world.actions.beat(anna, { roomId: a, epoch: 1, version })
    const sync = () => world.actions.sync(viewer, { roomId: a, version: 0 })
    const before = [await cost(beat), await cost(sync)]
    await fight()
    await like(b, 3)
    expect([await cost(beat), await cost(sync)]).toEqual(before)
  })

  it('tells the last figures before it is over, and is over by either side', async () => {
    const pkId = await fight()
    await like(a, 5)
    pass(10)
    await world.actions.like(carol, { roomId: a, count: 2 })
    world.notices.length = 0
    await end(b, pkId)
    await end(b, pkId)
    await end(a, pkId, anna)
    const last = world.notices.flatMap(({ roomId, message }) =>
      message.type === 'counts' && roomId === b ? [message.counts.pk] : [],
    )
    expect(last).toEqual([{ own: 0, rival: 7 }])
    await free(a, b)
    expect((await world.actions.sync(viewer, { roomId: a, version: 0 })).counts.pk).toBeNull()
    expect(told(anna)).toEqual(['accepted', 'ended'])
  })

  it('is over when its time is', async () => {
    await fight()
    pass(59_999)
    await world.sweep()
    expect((await world.room(a)).pk).not.toBeNull()
    pass(1)
    await world.sweep()
    await free(a, b)
    expect([told(anna), told(bob)]).toEqual([
      ['accepted', 'ended'],
      ['asked', 'ended'],
    ])
  })

  it('is over when a side closes, and the other one goes on', async () => {
    await fight()
    await world.actions.close(anna, { roomId: a })
    await free(a, b)
    expect((await world.room(b)).state).toBe('live')
    expect(told(bob)).toEqual(['asked', 'ended'])
  })

  // Each dies right after its own room has changed: the close is its first write, the end of a push its second.
  it.each([
    ['close', 0],
    ['interrupt', 1],
  ] as const)('hears with the next sweep what a function that died did not tell: %s', async (what, at) => {
    await fight()
    await world.sweep()
    const { stream } = await world.room(a)
    await dying(world, { at, when: 'after' }, () =>
      what === 'close' ? world.actions.close(anna, { roomId: a }) : world.end(stream, 's1'),
    )
    expect((await world.room(a)).state).toBe(what === 'close' ? 'closed' : 'interrupted')
    pass(1000)
    await world.sweep()
    if (what === 'close') await free(a, b)
    consistent()
  })

  it('waits for a side that is interrupted, within its grace and not longer', async () => {
    world.down.add('mix')
    await fight()
    const { stream } = await world.room(b)
    await world.end(stream, 's1')
    expect((await world.room(a)).pk?.rivalStream).toBe('')
    expect((await world.actions['pk.play'](anna, { roomId: a })).rival).toBeNull()
    await world.actions.resume(bob, { roomId: b })
    const { stream: next } = await world.room(b)
    await world.begin(next, 's1')
    expect((await world.room(a)).pk?.rivalStream).toBe(next)
    consistent()
    await world.end(next, 's1')
    world.online.delete(next)
    pass(GRACE_MS - 1)
    await world.sweep()
    pass(1)
    await world.sweep()
    await free(a)
  })

  it('goes on unseen while the anchor moves to another device', async () => {
    await fight()
    await world.actions.resume(bob, { roomId: b })
    expect((await world.room(a)).pk?.rivalStream).toBe('')
  })
})
