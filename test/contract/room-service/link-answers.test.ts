import { LINK_WAIT_MS } from '../../support/room-config'
import { ask, carol, eachInLiveRoom, makeAdmin, takeSeat, toldTo } from './link-people'
import { anna, bob, refusal, type World } from './world'

let world: World
let roomId: string
eachInLiveRoom((opened, id) => {
  world = opened
  roomId = id
})

describe('link.reject and link.cancel', () => {
  it('M70, M72: a rejection is told with its reason', async () => {
    const { link } = await ask(world, roomId)
    const reject = (who = anna) =>
      world.actions['link.reject'](who, { roomId, linkId: link.linkId, reason: 'Later, please' })
    expect((await refusal(reject(carol))).code).toBe('forbidden')
    expect(await reject()).toEqual({ rejected: true })
    expect(await reject()).toEqual({ rejected: false })
    expect(toldTo(world, bob)).toEqual([
      { type: 'link-answer', roomId, linkId: link.linkId, answer: 'rejected', reason: 'Later, please' },
    ])
  })

  it('a reason that others should not read is refused, and nothing has happened', async () => {
    world.vendors.badWords.push('filth')
    const { link } = await ask(world, roomId)
    const reject = world.actions['link.reject'](anna, { roomId, linkId: link.linkId, reason: 'filth' })
    expect(await refusal(reject)).toEqual({ code: 'text-refused', details: { field: 'reason' } })
    expect((await world.room(roomId)).linksUsed).toBe(1)
  })

  it('who leaves the room waits no longer, and whoever would have answered is told', async () => {
    const mine = (await ask(world, roomId)).link
    const invited = (await world.actions['link.invite'](anna, { roomId, userId: carol.userId })).link
    world.told.length = 0
    for (const who of [bob, carol]) {
      await world.actions.enter(who, { roomId })
      await world.actions.leave(who, { roomId })
    }
    expect(await world.room(roomId)).toMatchObject({ links: {}, linksUsed: 0 })
    const cancelled = { type: 'link-answer', roomId, answer: 'cancelled' }
    expect(toldTo(world, anna)).toEqual([
      { ...cancelled, linkId: mine.linkId },
      { ...cancelled, linkId: invited.linkId },
    ])
  })

  it('a viewer takes back his own request only, as often as he likes, and the anchor hears it once', async () => {
    const { link } = await ask(world, roomId)
    const cancel = (who: typeof bob) => world.actions['link.cancel'](who, { roomId, linkId: link.linkId })
    expect(await cancel(carol)).toEqual({ cancelled: false })
    expect(await cancel(anna)).toEqual({ cancelled: false })
    expect(await cancel(bob)).toEqual({ cancelled: true })
    expect(await cancel(bob)).toEqual({ cancelled: false })
    expect(toldTo(world, anna).slice(1)).toEqual([
      { type: 'link-answer', roomId, linkId: link.linkId, answer: 'cancelled' },
    ])
  })
})

describe('link.invite', () => {
  const invite = (who = anna, userId = bob.userId) => world.actions['link.invite'](who, { roomId, userId })

  it('asks a viewer, who alone can say yes, and whoever invited hears it', async () => {
    await makeAdmin(roomId, carol.userId)
    const { link } = await invite(carol)
    expect(link).toMatchObject({ kind: 'invite', user: { userId: bob.userId } })
    expect((await invite(anna)).link).toEqual(link)
    expect(toldTo(world, bob)).toEqual([{ type: 'link', roomId, link }])
    const accept = (who: typeof bob) => world.actions['link.accept'](who, { roomId, linkId: link.linkId })
    expect((await refusal(accept(anna))).code).toBe('forbidden')
    const { seat } = await accept(bob)
    expect(await accept(bob)).toMatchObject({ seat })
    expect(toldTo(world, carol)).toEqual([
      { type: 'link-answer', roomId, linkId: link.linkId, answer: 'accepted', seat },
    ])
  })

  it('is refused to viewers, and against the anchor or people on stage', async () => {
    expect((await refusal(invite(carol))).code).toBe('forbidden')
    expect((await refusal(invite(anna, anna.userId))).code).toBe('forbidden')
    await takeSeat(world, roomId)
    expect((await refusal(invite())).code).toBe('forbidden')
  })

  it('can be refused by the person, and taken back by those who keep order', async () => {
    const first = (await invite()).link
    world.clock.now += 500
    expect(await world.actions['link.reject'](bob, { roomId, linkId: first.linkId })).toEqual({ rejected: true })
    expect(toldTo(world, anna)).toEqual([{ type: 'link-answer', roomId, linkId: first.linkId, answer: 'rejected' }])
    const second = (await invite()).link
    expect(await world.actions['link.cancel'](bob, { roomId, linkId: second.linkId })).toEqual({ cancelled: false })
    expect(await world.actions['link.cancel'](anna, { roomId, linkId: second.linkId })).toEqual({ cancelled: true })
    expect(toldTo(world, bob).at(-1)).toMatchObject({ type: 'link-answer', answer: 'cancelled' })
  })

  it('inviting many at once is held to two a second', async () => {
    await invite()
    expect((await refusal(invite(anna, carol.userId))).code).toBe('rate-limited')
    world.clock.now += 500
    await invite(anna, carol.userId)
  })

  it('one ticket per person: who was invited and asks has the invitation to answer', async () => {
    const { link } = await invite()
    expect((await ask(world, roomId)).link).toEqual(link)
    expect((await world.room(roomId)).linksUsed).toBe(1)
  })

  it('is in what the invited person asks for, and nobody else, until it is answered or over', async () => {
    const { link } = await invite()
    const shown = async (who: typeof bob) => {
      const entered = await world.actions.enter(who, { roomId })
      const { invitation } = await world.actions.sync(who, { roomId, version: 0 })
      return [entered.invitation, invitation]
    }
    expect([await shown(bob), await shown(carol)]).toEqual([
      [link, link],
      [null, null],
    ])
    world.clock.now += LINK_WAIT_MS
    expect(await shown(bob)).toEqual([null, null])
    await ask(world, roomId)
    expect(await shown(bob)).toEqual([null, null])
  })
})

describe('admins', () => {
  it('hear who asks, takes it back, leaves, or was refused by somebody else', async () => {
    await makeAdmin(roomId, carol.userId)
    const refused = (await ask(world, roomId)).link
    await world.actions['link.reject'](carol, { roomId, linkId: refused.linkId })
    const answers = (who: typeof bob) =>
      toldTo(world, who).map((word) => (word.type === 'link-answer' ? word.answer : word.type))
    expect([answers(anna), answers(carol)]).toEqual([['link', 'rejected'], ['link']])
    world.clock.now += 1000
    const { linkId } = (await ask(world, roomId)).link
    await world.actions['link.cancel'](bob, { roomId, linkId })
    world.clock.now += 1000
    await world.actions.enter(bob, { roomId })
    await ask(world, roomId)
    await world.actions.leave(bob, { roomId })
    expect(answers(carol)).toEqual(['link', 'link', 'cancelled', 'link', 'cancelled'])
  })
})
