import type { ActionName } from '../../../../miniprogram/protocol/actions'
import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { callerOf, callOf, callOfTwo, seen } from '../../../support/fakes/calls'
import { World } from '../../../support/fakes/world'

/** The answer to this action waits until the returned function is called; what was asked has its effect. */
function late({ service }: World, action: ActionName): () => void {
  let arrive = () => {}
  const waiting = new Promise<void>((resolve) => {
    arrive = resolve
  })
  service.answerDelay = (_user, asked) => (asked === action ? waiting : undefined)
  return () => {
    service.answerDelay = () => undefined
    arrive()
  }
}

const seated = ({ service }: World, roomId: string) =>
  service.rooms.get(roomId)?.view.seats.flatMap(({ user }) => user?.userId ?? [])

// ---- who leaves, and what that ends

test('who leaves has his camera off at once, and the others see him go; the call goes on', async () => {
  const { clock, service, roomId, ann, others } = await callOf(['bob', 'carol'])
  const [bob, carol] = others as [(typeof others)[number], (typeof others)[number]]
  void bob.room.leave()
  expect([bob.tag.cameraOn, bob.room.phase, bob.room.room]).toEqual([false, 'setup', null])
  await clock.pass(500)
  expect([seen(ann), seen(carol)]).toEqual([['seat-3-1'], ['seat-1-1']])
  expect([service.stateOf(roomId), ann.room.phase]).toEqual(['live', 'on-air'])
})

test.each([
  [false, 'live', 'on-air'],
  [true, 'closed', 'ended'],
] as const)('the owner leaves a call with endsWithOwner %s: it is %s', async (endsWithOwner, state, phase) => {
  const { clock, service, roomId, ann, bob } = await callOfTwo({ endsWithOwner })
  await ann.room.leave()
  await clock.pass(500)
  expect([service.stateOf(roomId), bob.room.phase, bob.room.fault]).toEqual([state, phase, null])
  expect(bob.tag.cameraOn).toBe(!endsWithOwner)
  if (endsWithOwner) expect(bob.room.room?.reason).toBe('owner-left')
})

test('the last one out ends the call', async () => {
  const { clock, service, roomId, ann, bob } = await callOfTwo()
  await ann.room.leave()
  await clock.pass(500)
  await bob.room.leave()
  await clock.pass(500)
  expect(service.rooms.get(roomId)?.view).toMatchObject({ state: 'closed', reason: 'empty' })
})

test('the owner ends it for everybody: his camera off at once, the card for all', async () => {
  const { clock, ann, bob } = await callOfTwo()
  void ann.room.close()
  expect([ann.tag.cameraOn, ann.tag.pushing]).toEqual([false, null])
  await clock.pass(500)
  for (const { room, tag } of [ann, bob]) {
    expect([room.phase, room.fault, room.summary?.totalViewers, tag.cameraOn]).toEqual(['ended', null, 1, false])
  }
})

test('nobody but the owner ends it', async () => {
  const { service, bob } = await callOfTwo()
  await bob.room.close()
  expect([service.count('close'), bob.room.phase, bob.tag.cameraOn]).toEqual([0, 'on-air', true])
})

test('the end cannot be told to the server: then he is out of it at least', async () => {
  const { clock, service, ann, bob } = await callOfTwo()
  service.hook = (user, action) => {
    if (user === 'ann' && action === 'close') throw new RoomApiError('network', 'away')
  }
  await ann.room.close()
  await clock.pass(500)
  expect([ann.room.phase, ann.tag.cameraOn, seen(bob), bob.room.phase]).toEqual(['setup', false, [], 'on-air'])
})

test('ended while every message is lost: the card, by the next question', async () => {
  const { world, clock, service, roomId, bob } = await callOfTwo()
  world.chat.loses = () => true
  service.closeRoom(roomId, 'ended-by-operator')
  await clock.pass(75_000)
  expect([bob.room.phase, bob.room.room?.reason, bob.tag.cameraOn]).toEqual(['ended', 'ended-by-operator', false])
  expect(bob.room.summary?.totalViewers).toBe(1)
})

test.each(['enter', 'answer', 'start'] as const)(
  'the card of a call that is over does not stand in the way of the next one: %s',
  async (way) => {
    const { world, clock, service, roomId, bob } = await callOfTwo()
    const eve = callerOf(world.phone('eve'))
    await eve.room.start({ title: "Eve's call" })
    const there = eve.room.room?.roomId ?? ''
    service.closeRoom(roomId, 'ended-by-operator')
    await clock.pass(1000)
    expect([bob.room.phase, bob.tag.cameraOn]).toEqual(['ended', false])
    if (way === 'enter') await bob.room.enter(there)
    else if (way === 'answer') await bob.room.answer(service.rings.ring(there, 'eve', 'bob'))
    else await bob.room.start({ title: "Bob's call" })
    await clock.pass(1000)
    expect([bob.room.phase, bob.room.summary, bob.tag.cameraOn]).toEqual(['on-air', null, true])
  },
)

// ---- late answers

test('left before enter was answered: no camera comes on, and the seat is given back (M66)', async () => {
  const { world, clock, roomId } = await callOfTwo()
  const carol = callerOf(world.phone('carol'))
  const arrive = late(world, 'enter')
  void carol.room.enter(roomId)
  await clock.pass(100)
  expect(seated(world, roomId)).toContain('carol')
  void carol.room.leave()
  arrive()
  await clock.pass(500)
  expect([carol.tag.cameraOn, carol.tag.pushing, carol.room.phase]).toEqual([false, null, 'setup'])
  expect(seated(world, roomId)).toEqual(['ann', 'bob'])
})

test('left before enter was asked, while the camera was still being allowed: nobody is asked anything', async () => {
  const { world, clock, service, roomId } = await callOfTwo()
  const carol = callerOf(world.phone('carol'))
  void carol.room.enter(roomId)
  void carol.room.leave()
  await clock.pass(500)
  expect([service.count('enter', 'carol'), carol.tag.cameraOn, seated(world, roomId)]).toEqual([
    0,
    false,
    ['ann', 'bob'],
  ])
})

test.each(['leave', 'end'] as const)(
  'create is answered after %s: the server is told to free the seat',
  async (out) => {
    const world = new World()
    const ann = callerOf(world.phone('ann'))
    const arrive = late(world, 'create')
    void ann.room.start({ title: 'A call' })
    await world.clock.pass(100)
    expect(world.service.rooms.size).toBe(1)
    void ann.room[out]()
    arrive()
    await world.clock.pass(500)
    expect([world.service.rooms.get('room-1')?.view.state, ann.tag.cameraOn]).toEqual(['closed', false])
  },
)

test('another call is opened while the one before is still being opened: the first is given up before', async () => {
  const world = new World()
  const { clock, service } = world
  const ann = callerOf(world.phone('ann'))
  const arrive = late(world, 'create')
  void ann.room.start({ title: 'A call' })
  await clock.pass(100)
  void ann.room.leave()
  void ann.room.start({ title: 'A better call' })
  await clock.pass(100)
  arrive()
  await clock.pass(500)
  expect([ann.room.phase, ann.room.room?.title, ann.room.fault]).toEqual(['on-air', 'A better call', null])
  expect([service.stateOf('room-1'), service.stateOf('room-2')]).toEqual(['closed', 'live'])
})

test('from one call straight over to another: the first seat is free, also while it is still being taken', async () => {
  const { world, clock, roomId, bob } = await callOfTwo()
  const eve = callerOf(world.phone('eve'))
  await eve.room.start({ title: "Eve's call" })
  await clock.pass(500)
  const there = eve.room.room?.roomId ?? ''
  await bob.room.enter(there)
  await clock.pass(500)
  expect([bob.room.room?.roomId, seated(world, roomId), seated(world, there)]).toEqual([there, ['ann'], ['eve', 'bob']])
  const arrive = late(world, 'enter')
  void bob.room.enter(roomId)
  await clock.pass(100)
  void bob.room.enter(there)
  arrive()
  await clock.pass(500)
  expect([bob.room.room?.roomId, bob.room.phase]).toEqual([there, 'on-air'])
  expect([seated(world, roomId), seated(world, there)]).toEqual([['ann'], ['eve', 'bob']])
})
