import { RoomApiError } from '../../../../../miniprogram/services/room-api/port'
import { onStage, stageOf } from '../../../../support/fakes/link-mic'

const names = (list: readonly { link: { user: { userId: string } } }[]) => list.map(({ link }) => link.user.userId)

test('several ask: a queue with an answer for each, all at once if need be (M71, M73)', async () => {
  const { clock, desk, service, roomId, guests } = await stageOf('carl', 'dora')
  for (const { link } of guests) {
    await link.request()
    await clock.pass(100)
  }
  expect([names(desk.requests), desk.freeSeats, desk.mine]).toEqual([['bob', 'carl', 'dora'], 3, true])
  const [first, second, third] = desk.requests.map(({ link }) => link.linkId)
  const answering = [desk.accept(first ?? ''), desk.reject(second ?? '', 'later'), desk.accept(third ?? '')]
  expect(desk.requests.map(({ busy }) => busy)).toEqual([true, true, true])
  await Promise.all(answering)
  await clock.pass(100)
  expect([desk.requests, desk.freeSeats, desk.problem]).toEqual([[], 1, null])
  expect(service.rooms.get(roomId)?.view.seats.map(({ user }) => user?.userId)).toEqual(['bob', 'dora', undefined])
  expect(guests.map(({ link }) => link.state.phase)).toEqual(['held', 'off', 'held'])
})

test('who has waited too long, or takes it back, is gone by himself', async () => {
  const { clock, desk, guests, world } = await stageOf('carl')
  world.chat.tell = ((tell) => (userId: string, data: unknown, from?: string) => {
    if ((data as { answer?: string }).answer !== 'expired') tell(userId, data, from)
  })(world.chat.tell.bind(world.chat))
  for (const { link } of guests) await link.request()
  await clock.pass(100)
  await guests[1]?.link.cancel()
  await clock.pass(0)
  expect(names(desk.requests)).toEqual(['bob'])
  await clock.pass(31_000)
  expect(desk.requests).toEqual([])
})

test('an older answer of the server neither brings back who is answered nor takes away who has just asked', async () => {
  const { clock, desk, link, show, service } = await stageOf()
  await link.request()
  await clock.pass(10)
  let release = () => {}
  service.answerDelay = (user, action) =>
    user === 'ann' && action === 'beat'
      ? new Promise((resolve) => {
          release = resolve
        })
      : undefined
  await show.retry()
  await clock.pass(10)
  service.answerDelay = () => undefined
  await desk.reject(desk.requests[0]?.link.linkId ?? '')
  await clock.pass(2000)
  await link.request()
  await clock.pass(10)
  release()
  await clock.pass(10)
  expect([names(desk.requests), desk.requests.length]).toEqual([['bob'], 1])
  expect(desk.requests[0]?.link.linkId).toBe('link-2')
})

test('a request whose message is lost is in the next heartbeat', async () => {
  const { clock, world, desk, link, show } = await stageOf()
  world.chat.tell = () => {}
  await link.request()
  await clock.pass(100)
  expect(desk.requests).toEqual([])
  await show.retry()
  await clock.pass(100)
  expect(names(desk.requests)).toEqual(['bob'])
})

test.each(['full', 'stale', 'network', 'text-refused'] as const)(
  'an answer that is refused with %s is said in words',
  async (code) => {
    const { clock, service, desk, link } = await stageOf()
    await link.request()
    await clock.pass(100)
    service.hook = (_user, action) => {
      if (action === 'link.accept') throw new RoomApiError(code, 'no')
    }
    await desk.accept(desk.requests[0]?.link.linkId ?? '')
    expect(desk.problem?.code).toBe(code)
    // Nobody waits any more where the answer was too late; else he still does.
    expect(desk.requests.map(({ busy }) => busy)).toEqual(code === 'stale' ? [] : [false])
    desk.forget()
    expect(desk.problem).toBeNull()
  },
)

test('two taps are one answer', async () => {
  const { clock, service, desk, link } = await stageOf()
  await link.request()
  await clock.pass(100)
  const { linkId } = desk.requests[0]?.link ?? { linkId: '' }
  await Promise.all([desk.reject(linkId), desk.reject(linkId), desk.accept(linkId)])
  await desk.reject(linkId)
  expect([service.count('link.reject'), service.count('link.accept')]).toEqual([1, 0])
})

test('an admin sees the queue without being told, decides, and sees nothing once he is none', async () => {
  const { clock, service, roomId, guests } = await stageOf('carl')
  const [bob, carl] = guests
  if (!bob || !carl) throw new Error('two guests')
  expect([carl.room.desk.mine, service.count('link.list')]).toEqual([false, 0])
  service.alter(roomId, { admins: ['carl'] })
  await bob.link.request()
  await clock.pass(16_000)
  expect([carl.room.desk.mine, names(carl.room.desk.requests)]).toEqual([true, ['bob']])
  await carl.room.desk.accept(carl.room.desk.requests[0]?.link.linkId ?? '')
  await clock.pass(100)
  expect([bob.link.state.phase, carl.room.desk.requests]).toEqual(['held', []])
  service.alter(roomId, { admins: [] })
  await clock.pass(0)
  const asked = service.count('link.list')
  await clock.pass(60_000)
  expect([carl.room.desk.mine, service.count('link.list')]).toEqual([false, asked])
})

test('whoever decides is told who asks, and that another has decided', async () => {
  const { clock, service, roomId, desk, guests } = await stageOf('carl', 'dora')
  const [bob, carl, dora] = guests
  if (!bob || !carl || !dora) throw new Error('three guests')
  service.alter(roomId, { admins: ['carl'] })
  for (const { link } of [bob, dora]) await link.request()
  await clock.pass(100)
  const queues = () => [names(desk.requests), names(carl.room.desk.requests)]
  expect(queues()).toEqual([
    ['bob', 'dora'],
    ['bob', 'dora'],
  ])
  const [first, second] = desk.requests.map(({ link }) => link.linkId)
  await carl.room.desk.accept(first ?? '')
  await clock.pass(100)
  expect([queues(), bob.link.state.phase]).toEqual([[['dora'], ['dora']], 'held'])
  await carl.room.desk.reject(second ?? '')
  await clock.pass(100)
  expect([queues(), dora.link.ended?.why, desk.problem]).toEqual([[[], []], 'rejected', null])
})

test('lock, quiet, kick: the answer is known at once, without waiting for a message', async () => {
  const { world, desk, show } = await onStage()
  world.chat.loses = () => true
  await desk.lock(3, true)
  await desk.quiet(1, { mic: true, camera: false })
  expect([desk.freeSeats, show.room?.seats[0]?.quieted]).toEqual([1, { mic: true, camera: false }])
  await desk.kick('bob')
  expect(show.stage.places.map(({ slot }) => slot)).toEqual(['anchor'])
})

test('nothing of a stage survives its room (M68)', async () => {
  const { clock, desk, link, show } = await stageOf()
  await link.request()
  await clock.pass(100)
  await show.close()
  await clock.pass(100)
  expect([desk.requests, desk.invitations, desk.problem, link.state.phase, link.ended]).toEqual([
    [],
    [],
    null,
    'off',
    null,
  ])
})
