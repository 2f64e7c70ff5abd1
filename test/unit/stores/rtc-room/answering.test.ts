import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { callerOf, callOf, callOfTwo, seen } from '../../../support/fakes/calls'

// ---- a ring

test('yes to a ring is one request, and everybody sees everybody', async () => {
  const { world, clock, service, roomId, ann } = await callOf([])
  const bob = callerOf(world.phone('bob'))
  const ringId = service.rings.ring(roomId, 'ann', 'bob')
  await Promise.all([bob.room.answer(ringId), bob.room.answer(ringId)])
  await bob.room.answer(ringId)
  await clock.pass(500)
  expect([service.count('call.accept', 'bob'), service.count('enter', 'bob')]).toEqual([1, 0])
  expect([bob.room.room?.roomId, seen(bob), seen(ann)]).toEqual([roomId, ['seat-1-1'], ['seat-2-1']])
})

test.each([
  ['somebody else was faster', 'cancel'],
  ['the caller has gone', 'leave'],
] as const)('%s: told so, nothing is pushed, and the phone is free for the next ring', async (_why, what) => {
  const { world, clock, service, roomId, ann } = await callOf(['carol'])
  const bob = callerOf(world.phone('bob'))
  const ringId = service.rings.ring(roomId, 'ann', 'bob')
  if (what === 'cancel') service.rings.cancel(ringId)
  else await ann.room.leave()
  await clock.pass(100)
  await bob.room.answer(ringId)
  expect([bob.room.phase, bob.room.fault?.code, bob.room.fault?.remedy]).toEqual(['setup', 'stale', 'none'])
  expect(bob.tag.pushing).toBeNull()
  await bob.room.answer(service.rings.ring(roomId, 'carol', 'bob'))
  await clock.pass(500)
  expect([bob.room.phase, bob.room.fault]).toEqual(['on-air', null])
})

test('a ring that is answered from another call: straight over, and the seat there is free', async () => {
  const { world, clock, service, roomId, ann, bob } = await callOfTwo()
  const eve = callerOf(world.phone('eve'))
  await eve.room.start({ title: "Eve's call" })
  const there = eve.room.room?.roomId ?? ''
  await bob.room.answer(service.rings.ring(there, 'eve', 'bob'))
  await clock.pass(500)
  expect([bob.room.room?.roomId, seen(bob), seen(ann)]).toEqual([there, ['seat-1-2'], []])
  expect(service.rooms.get(roomId)?.view.seats[1]?.user).toBeNull()
})

test('hung up before the yes was answered: the seat is given back', async () => {
  const { world, clock, service, roomId } = await callOf([])
  const bob = callerOf(world.phone('bob'))
  let arrive = () => {}
  const waiting = new Promise<void>((resolve) => {
    arrive = resolve
  })
  service.answerDelay = (_user, action) => (action === 'call.accept' ? waiting : undefined)
  void bob.room.answer(service.rings.ring(roomId, 'ann', 'bob'))
  await clock.pass(100)
  void bob.room.leave()
  arrive()
  await clock.pass(500)
  expect([bob.tag.cameraOn, service.rooms.get(roomId)?.view.seats[1]?.user]).toEqual([false, null])
})

// ---- a call that is recorded

const WAYS = {
  enter: 'enter',
  answer: 'call.accept',
} as const

test.each(['enter', 'answer'] as const)(
  'a recorded call, by %s: asked before anybody hears of him; who agrees is in with one request',
  async (way) => {
    const { world, clock, service, roomId, ann } = await callOf([], { record: true })
    expect([ann.room.phase, ann.room.room?.recording]).toEqual(['on-air', true])
    const { room, tag } = callerOf(world.phone('bob'))
    await room[way](way === 'enter' ? roomId : service.rings.ring(roomId, 'ann', 'bob'))
    expect([room.phase, room.fault?.code, room.fault?.fatal]).toEqual(['setup', 'consent-needed', false])
    expect([tag.pushing, ann.room.room?.seats[1]?.user]).toEqual([null, null])
    await Promise.all([room.agree(), room.agree()])
    await clock.pass(500)
    expect([room.phase, room.fault, service.count(WAYS[way], 'bob')]).toEqual(['on-air', null, 2])
    expect(seen(ann)).toEqual(['seat-2-1'])
  },
)

test('who does not agree goes: his camera is off, nobody was told, and nothing is agreed to behind his back', async () => {
  const { world, clock, service, roomId } = await callOf([], { record: true })
  const { room, tag } = callerOf(world.phone('bob'))
  await room.enter(roomId)
  await room.leave()
  await clock.pass(100)
  expect([tag.cameraOn, service.count('leave', 'bob')]).toEqual([false, 0])
  await room.agree()
  await room.enter(roomId)
  expect(room.fault?.code).toBe('consent-needed')
  await room.retry()
  expect(room.fault?.code).toBe('consent-needed')
})

test('who agrees while the server is away agrees once: one more tap is enough', async () => {
  const { world, clock, service, roomId } = await callOf([], { record: true })
  const { room } = callerOf(world.phone('bob'))
  await room.enter(roomId)
  service.down = true
  await room.agree()
  expect([room.phase, room.fault?.code]).toEqual(['setup', 'network'])
  service.down = false
  await room.retry()
  await clock.pass(500)
  expect([room.phase, room.fault]).toEqual(['on-air', null])
})

test('who has agreed is not asked again when he comes back to the same call, and is in another one', async () => {
  const { world, clock, service, roomId } = await callOf([], { record: true })
  const { room } = callerOf(world.phone('bob'))
  await room.enter(roomId, { consent: true })
  await clock.pass(500)
  room.publisher.onCode(-1307)
  service.hook = (user, action) => {
    if (user === 'bob' && action === 'seat.push') throw new RoomApiError('network', 'away')
  }
  await clock.pass(30_000)
  await service.apiFor('bob').call('seat.leave', { roomId })
  await clock.pass(75_000)
  await clock.pass(500)
  service.hook = () => {}
  expect(room.fault?.code).toBe('seat-lost')
  await room.retry()
  await clock.pass(500)
  expect([room.phase, room.fault]).toEqual(['on-air', null])
  const eve = callerOf(world.phone('eve'))
  await eve.room.start({ title: 'Another', record: true })
  await room.enter(eve.room.room?.roomId ?? '')
  expect(room.fault?.code).toBe('consent-needed')
})
