import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { type Caller, callerOf, callOf, callOfTwo, seen } from '../../../support/fakes/calls'
import type { World } from '../../../support/fakes/world'

/** This phone's network is gone: no answer, no chat, and what it pushes does not arrive. */
function cut({ service }: World, { phone, room, tag, screen }: Caller): () => void {
  phone.messenger.disconnect()
  phone.device.goOnline(false)
  const { onPush } = tag
  const { plays } = screen
  tag.onPush = () => {}
  screen.plays = () => false
  service.hook = (user) => {
    if (user === phone.user) throw new RoomApiError('network', 'no network')
  }
  if (tag.pushing) service.stage.ended(tag.pushing)
  room.publisher.onCode(-1307)
  return () => {
    service.hook = () => {}
    Object.assign(tag, { onPush })
    Object.assign(screen, { plays })
    phone.device.goOnline(true)
    phone.messenger.reconnect()
  }
}

const kick = ({ service }: World, roomId: string, userId: string) =>
  service.apiFor('ann').call('seat.kick', { roomId, userId })

// ---- the network

test('a short cut: he keeps his seat, and is back on it with a fresh address and no tap', async () => {
  const { world, clock, ann, bob } = await callOfTwo()
  const before = bob.tag.pushing
  const back = cut(world, bob)
  await clock.pass(20_000)
  expect([bob.room.phase, seen(ann)]).toEqual(['on-air', []])
  back()
  await clock.pass(15_000)
  expect([bob.room.phase, bob.room.fault, bob.tag.pushing === before]).toEqual(['on-air', null, false])
  expect([seen(ann), seen(bob)]).toEqual([['seat-2-2'], ['seat-1-1']])
})

test('a long cut: the seat was given up; he is told so, and one tap brings him back to the same call', async () => {
  const { world, clock, service, roomId, ann, bob } = await callOfTwo()
  clock.every(1000, () => service.stage.sweep())
  const back = cut(world, bob)
  await clock.pass(200_000)
  back()
  await clock.pass(10_000)
  expect([bob.room.phase, bob.room.fault?.code, bob.room.fault?.remedy]).toEqual(['failed', 'seat-lost', 'resume'])
  expect([bob.tag.cameraOn, bob.phone.device.screenHolders]).toEqual([false, 0])
  await bob.room.retry()
  await clock.pass(1000)
  expect([bob.room.phase, bob.room.fault, bob.room.room?.roomId]).toEqual(['on-air', null, roomId])
  expect([seen(ann), seen(bob)]).toEqual([['seat-2-2'], ['seat-1-2']])
})

test('a long cut, and the call has ended meanwhile: the tap shows its card', async () => {
  const { world, clock, service, ann, bob } = await callOfTwo()
  clock.every(1000, () => service.stage.sweep())
  const back = cut(world, bob)
  await clock.pass(200_000)
  back()
  await clock.pass(10_000)
  await ann.room.leave()
  await clock.pass(500)
  await bob.room.retry()
  expect([bob.room.phase, bob.room.fault, bob.room.room?.reason]).toEqual(['ended', null, 'empty'])
})

test('the whole server restarts: everybody stays, is told of it, and goes on without a tap', async () => {
  const { clock, service, all } = await callOf(['bob', 'carol'])
  service.down = true
  for (const { phone, room, tag } of all) {
    phone.messenger.disconnect()
    if (tag.pushing) service.stage.ended(tag.pushing)
    room.publisher.onCode(-1307)
  }
  await clock.pass(60_000)
  for (const { room } of all) expect([room.phase, room.fault?.fatal]).toEqual(['on-air', false])
  service.down = false
  for (const { phone } of all) phone.messenger.reconnect()
  await clock.pass(20_000)
  for (const { room } of all) {
    expect([room.phase, room.fault, room.publisher.state]).toEqual(['on-air', null, 'publishing'])
  }
  for (const caller of all) expect(seen(caller)).toHaveLength(2)
})

test('messages are lost: the next one shows the gap, and the truth is asked for at once', async () => {
  const { world, clock, roomId, ann, bob } = await callOfTwo()
  world.chat.loses = (_message, to) => to === 'ann'
  const carol = callerOf(world.phone('carol'))
  await carol.room.enter(roomId)
  await clock.pass(1000)
  expect(seen(ann)).toEqual(['seat-2-1'])
  world.chat.loses = () => false
  bob.room.setMicOff(true)
  await clock.pass(1000)
  expect(seen(ann)).toEqual(['seat-2-1', 'seat-3-1'])
})

test('every message is lost: who comes is seen by the next beat all the same', async () => {
  const { world, clock, roomId, ann } = await callOfTwo()
  world.chat.loses = () => true
  const carol = callerOf(world.phone('carol'))
  await carol.room.enter(roomId)
  await clock.pass(75_000)
  expect([seen(ann), seen(carol)]).toEqual([
    ['seat-2-1', 'seat-3-1'],
    ['seat-1-1', 'seat-2-1'],
  ])
})

// ---- removed

test('removed: told so, camera off, and no way back is offered', async () => {
  const { world, clock, roomId, ann, bob } = await callOfTwo()
  await kick(world, roomId, 'bob')
  await clock.pass(500)
  expect([bob.room.phase, bob.room.fault?.code, bob.room.fault?.remedy]).toEqual(['failed', 'removed', 'none'])
  expect([bob.tag.cameraOn, seen(ann)]).toEqual([false, []])
})

test('removed, and every word of it was lost: told the same by the next beat', async () => {
  const { world, clock, roomId, bob } = await callOfTwo()
  world.chat.loses = () => true
  const { tell } = world.chat
  world.chat.tell = () => {}
  await kick(world, roomId, 'bob')
  world.chat.tell = tell
  await clock.pass(75_000)
  expect([bob.room.phase, bob.room.fault?.code, bob.tag.cameraOn]).toEqual(['failed', 'removed', false])
})

test('removed, and the cut of his stream is faster than every word of it: told the same', async () => {
  const { world, clock, roomId, bob } = await callOfTwo()
  world.chat.loses = () => true
  const { tell } = world.chat
  world.chat.tell = () => {}
  bob.room.publisher.onCode(-1307)
  await kick(world, roomId, 'bob')
  world.chat.tell = tell
  await clock.pass(5000)
  expect([bob.room.phase, bob.room.fault?.code, bob.tag.cameraOn]).toEqual(['failed', 'removed', false])
})

test('the word that he was removed is a hint: the truth is asked for at once, and decides', async () => {
  const { world, clock, roomId, bob } = await callOfTwo()
  world.chat.tell('bob', { type: 'seat', roomId, what: 'kicked' })
  await clock.pass(500)
  expect([bob.room.phase, bob.room.fault, bob.tag.cameraOn]).toEqual(['on-air', null, true])
  // He has no picture for a while, so that nothing but the word says why his seat is gone.
  world.service.hook = (user, action) => {
    if (user === 'bob' && action === 'seat.push') throw new RoomApiError('network', 'away')
  }
  bob.room.publisher.onCode(-1307)
  await clock.pass(30_000)
  world.chat.loses = () => true
  await kick(world, roomId, 'bob')
  await clock.pass(500)
  expect([bob.room.phase, bob.room.fault?.code]).toEqual(['failed', 'removed'])
})

// ---- a second device

test('a second device takes over: the first reads so with its camera off, and takes it back by one tap', async () => {
  const { world, clock, ann, bob, roomId } = await callOfTwo()
  const other = callerOf(world.phone('bob'))
  await other.room.enter(roomId)
  await clock.pass(500)
  expect([bob.room.phase, bob.room.fault?.code, bob.room.fault?.remedy]).toEqual(['failed', 'taken-over', 'resume'])
  expect([bob.tag.cameraOn, other.room.phase, other.tag.cameraOn]).toEqual([false, 'on-air', true])
  expect(ann.room.stage.places).toHaveLength(2)
  await clock.pass(1000)
  await bob.room.retry()
  await clock.pass(1000)
  expect([bob.room.phase, bob.tag.cameraOn, other.room.fault?.code, other.tag.cameraOn]).toEqual([
    'on-air',
    true,
    'taken-over',
    false,
  ])
  expect(seen(bob)).toHaveLength(1)
})

test('a second device takes over and no message says so: the lost chat login makes the first one ask', async () => {
  const { world, clock, service, roomId, bob } = await callOfTwo()
  world.chat.loses = () => true
  await service.apiFor('bob').call('enter', { roomId })
  bob.phone.messenger.kick('multipleDevice')
  await clock.pass(100)
  expect([bob.room.phase, bob.room.fault?.code, bob.tag.cameraOn]).toEqual(['failed', 'taken-over', false])
})

test('the seat is taken over while this phone has no address to push to: its next one is refused, and it stops', async () => {
  const { world, clock, service, roomId, bob } = await callOfTwo()
  world.chat.loses = () => true
  bob.room.publisher.onCode(-1307)
  await service.apiFor('bob').call('enter', { roomId })
  await clock.pass(5000)
  expect([bob.room.fault?.code, bob.tag.cameraOn]).toEqual(['taken-over', false])
})

test('the first device goes without a word to the server: the seat is the other one’s', async () => {
  const { world, clock, service, roomId, bob } = await callOfTwo()
  const other = callerOf(world.phone('bob'))
  await other.room.enter(roomId)
  await clock.pass(500)
  await bob.room.leave()
  bob.room.end()
  await clock.pass(500)
  expect([service.count('leave', 'bob'), other.room.phase, other.tag.cameraOn]).toEqual([0, 'on-air', true])
})

// ---- the chat

test('the chat login has expired: a fresh one by login, and the own seat is not taken anew', async () => {
  const { clock, service, bob } = await callOfTwo()
  const pushed = bob.tag.pushing
  bob.phone.messenger.kick('expired')
  await clock.pass(1000)
  expect([service.count('login', 'bob'), service.count('enter', 'bob')]).toEqual([1, 1])
  expect([bob.room.chat.online, bob.room.fault, bob.tag.pushing]).toEqual([true, null, pushed])
})

test('the chat alone was taken over: a banner, the call goes on, and one tap takes it back', async () => {
  const { clock, service, bob } = await callOfTwo()
  bob.phone.messenger.kick('multipleDevice')
  await clock.pass(1000)
  expect([bob.room.phase, bob.room.fault?.code, seen(bob)]).toEqual(['on-air', 'chat-kicked', ['seat-1-1']])
  await bob.room.retry()
  await clock.pass(1000)
  expect([bob.room.chat.online, bob.room.fault, service.count('enter', 'bob')]).toEqual([true, null, 1])
})

// ---- the phone

test('hidden and shown: the seat is his, the camera comes back, and so do the others', async () => {
  const { clock, service, ann, bob } = await callOfTwo()
  const url = bob.tag.pushing ?? ''
  bob.room.hide()
  bob.room.publisher.onCode(5000)
  service.stage.ended(url)
  expect([bob.room.phase, bob.tag.pushing]).toEqual(['suspended', null])
  await clock.pass(20_000)
  bob.room.show()
  await clock.pass(10_000)
  expect([bob.room.phase, bob.room.publisher.state, seen(bob).length, seen(ann).length]).toEqual([
    'on-air',
    'publishing',
    1,
    1,
  ])
})

test('who came while he was away is seen on return, and who went is not', async () => {
  const { world, clock, roomId, others } = await callOf(['bob', 'carol'])
  const [bob, carol] = others as [Caller, Caller]
  bob.room.hide()
  world.chat.loses = () => true
  await carol.room.leave()
  const dave = callerOf(world.phone('dave'))
  await clock.pass(1000)
  await dave.room.enter(roomId)
  await clock.pass(1000)
  bob.room.show()
  await clock.pass(1000)
  expect(bob.room.stage.places.map(({ user }) => user.userId)).toEqual(['ann', 'dave', 'bob'])
  expect(seen(bob)).toHaveLength(2)
})

test('a phone call: the pusher waits for its end, and goes on by itself', async () => {
  const { clock, bob } = await callOfTwo()
  bob.phone.device.interrupt('begin')
  bob.room.publisher.onCode(5001)
  expect([bob.room.publisher.state, bob.tag.pushing]).toEqual(['suspended', null])
  await clock.pass(5000)
  bob.phone.device.interrupt('end')
  await clock.pass(5000)
  expect([bob.room.publisher.state, bob.room.fault, seen(bob)]).toEqual(['publishing', null, ['seat-1-1']])
})
