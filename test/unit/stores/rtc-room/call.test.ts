import { autorun } from 'mobx-miniprogram'
import type { ActionName } from '../../../../miniprogram/protocol/actions'
import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import type { RtcRoom } from '../../../../miniprogram/stores/rtc-room/rtc-room'
import { type Caller, callerOf, callOf, callOfTwo, seen } from '../../../support/fakes/calls'
import { World } from '../../../support/fakes/world'

/** What was asked so far, but for what was written before, which nobody waits for. */
const actionsOf = ({ service }: World, user: string): ActionName[] =>
  service.calls.filter(([who, action]) => who === user && action !== 'history').map(([, action]) => action)

const seatOf = (room: RtcRoom, userId: string) => room.room?.seats.find(({ user }) => user?.userId === userId)

// ---- coming in

test('a call is opened with one request, and its owner is on air as soon as he pushes', async () => {
  const world = new World()
  const ann = callerOf(world.phone('ann'))
  await ann.room.start({ title: 'A call' })
  expect([ann.room.phase, ann.room.fault, ann.room.owner]).toEqual(['on-air', null, true])
  await world.clock.pass(200)
  expect(ann.tag.pushing).toContain('_s1_1?')
  expect(actionsOf(world, 'ann')).toEqual(['create', 'seat.beat'])
  await world.clock.pass(1000)
  expect(seatOf(ann.room, 'ann')).toMatchObject({ seat: 1, state: 'on' })
})

test('one cloud call from the tap to the picture of somebody who talks already', async () => {
  const { world, clock, roomId } = await callOfTwo()
  const carol = callerOf(world.phone('carol'))
  // Once he is on air himself, he asks whether the server knows.
  carol.tag.onPush = () => {}
  await carol.room.enter(roomId)
  expect(actionsOf(world, 'carol')).toEqual(['enter'])
  await clock.pass(150)
  expect([seen(carol), actionsOf(world, 'carol')]).toEqual([['seat-1-1', 'seat-2-1'], ['enter']])
})

test('who comes in is seen by those who are in as soon as he pushes, and not before', async () => {
  const { world, clock, roomId, ann, bob } = await callOfTwo()
  const carol = callerOf(world.phone('carol'))
  const { onPush } = carol.tag
  carol.tag.onPush = () => {}
  await carol.room.enter(roomId)
  await clock.pass(2000)
  expect([seen(ann), seen(bob)]).toEqual([['seat-2-1'], ['seat-1-1']])
  onPush(carol.tag.pushing ?? '')
  await clock.pass(300)
  expect([seen(ann), seen(bob)]).toEqual([
    ['seat-2-1', 'seat-3-1'],
    ['seat-1-1', 'seat-3-1'],
  ])
})

test('nobody else is touched when somebody comes or goes: no player stops, and no tile changes its key (M80)', async () => {
  const { world, clock, roomId, ann, all } = await callOf(['bob', 'carol'])
  const done = () => all.map(({ screen }) => [...screen.players].map(([key, tag]) => [key, ...tag.done]))
  const before = done()
  const dave = callerOf(world.phone('dave'))
  await dave.room.enter(roomId)
  await clock.pass(1000)
  expect(seen(ann)).toEqual(['seat-2-1', 'seat-3-1', 'seat-4-1'])
  await dave.room.leave()
  await clock.pass(1000)
  expect(seen(ann)).toEqual(['seat-2-1', 'seat-3-1'])
  for (const [i, players] of before.entries()) expect(done()[i]).toEqual(expect.arrayContaining(players))
})

test('a second tap joins the first: start, enter and leave are one request each (M122)', async () => {
  const world = new World()
  const { clock, service } = world
  const [ann, bob] = [callerOf(world.phone('ann')), callerOf(world.phone('bob'))]
  await Promise.all([ann.room.start({ title: 'A call' }), ann.room.start({ title: 'A call' })])
  const roomId = ann.room.room?.roomId ?? ''
  await Promise.all([bob.room.enter(roomId), bob.room.enter(roomId)])
  await bob.room.enter(roomId)
  await clock.pass(1000)
  await Promise.all([bob.room.leave(), bob.room.leave()])
  await clock.pass(1000)
  expect([service.count('create'), service.count('enter'), service.count('leave')]).toEqual([1, 1, 1])
})

test('a title that is none, or too long, asks nobody', async () => {
  const world = new World()
  const { room } = callerOf(world.phone('ann'))
  for (const title of ['  ', 'x'.repeat(200)]) {
    await room.start({ title })
    expect([room.fault?.code, room.phase]).toEqual(['bad-input', 'setup'])
  }
  expect(world.service.calls).toEqual([])
})

test('a request whose answer was lost is made again by one tap, and opens no second call', async () => {
  const world = new World()
  const { clock, service } = world
  const { room, tag } = callerOf(world.phone('ann'))
  let lost = true
  service.answerDelay = (_user, action) =>
    lost && action === 'create' ? Promise.reject(new RoomApiError('timeout', 'no answer')) : undefined
  await room.start({ title: 'A call' })
  expect([room.phase, room.fault?.code]).toEqual(['setup', 'network'])
  lost = false
  await room.retry()
  await clock.pass(500)
  expect([service.rooms.size, room.phase, tag.pushing !== null]).toEqual([1, 'on-air', true])
})

test('another call of his is open: he is told, and one tap brings him back to his own place in it', async () => {
  const { world, clock, roomId, ann } = await callOfTwo()
  ann.room.end()
  await clock.pass(100)
  await world.service.apiFor('ann').call('enter', { roomId })
  const again = callerOf(world.phone('ann'))
  await again.room.start({ title: 'Another call' })
  expect(again.room.fault).toMatchObject({ code: 'already-live', remedy: 'resume', roomId })
  await again.room.retry()
  await clock.pass(500)
  expect([again.room.room?.roomId, again.room.phase, seen(again)]).toEqual([roomId, 'on-air', ['seat-2-1']])
})

// ---- refused

test('a full call: told so, nothing is pushed, and one tap tries again', async () => {
  const { world, clock, service, roomId, ann } = await callOfTwo({ seats: 2 })
  const carol = callerOf(world.phone('carol'))
  await carol.room.enter(roomId)
  expect([carol.room.phase, carol.room.fault?.code, carol.room.fault?.remedy]).toEqual(['setup', 'full', 'retry'])
  expect([carol.tag.pushing, ann.room.counts.viewers]).toEqual([null, 1])
  await service.apiFor('bob').call('leave', { roomId })
  await carol.room.retry()
  await clock.pass(500)
  expect([carol.room.phase, seen(carol)]).toEqual(['on-air', ['seat-1-1']])
})

test('a call that is over: the card with its figures, and the camera is off', async () => {
  const { world, roomId, ann } = await callOfTwo()
  await ann.room.close()
  const carol = callerOf(world.phone('carol'))
  await carol.room.enter(roomId)
  expect([carol.room.phase, carol.room.fault, carol.room.summary?.totalViewers]).toEqual(['ended', null, 1])
  expect(carol.tag.cameraOn).toBe(false)
})

test('an id that names no call, or is none', async () => {
  const world = new World()
  const { room, tag } = callerOf(world.phone('ann'))
  await room.enter('nowhere')
  expect([room.phase, room.fault?.code, tag.cameraOn]).toEqual(['failed', 'not-found', false])
})

// ---- camera and microphone

test.each(['camera', 'microphone'] as const)(
  'no %s: told before anybody is asked; the settings lead straight into the call (P83)',
  async (permission) => {
    const { world, clock, service, roomId } = await callOfTwo()
    const { phone, room, screen, tag } = callerOf(world.phone('carol'))
    phone.device.answers[permission] = 'denied'
    await room.enter(roomId)
    expect([room.phase, room.fault?.code, room.fault?.remedy]).toEqual([
      'setup',
      `permission-${permission}`,
      'open-settings',
    ])
    expect([service.count('enter', 'carol'), tag.mounted]).toEqual([0, false])
    phone.device.inSettings = () => {
      phone.device.answers[permission] = 'granted'
    }
    await room.openSettings()
    await clock.pass(500)
    expect([room.phase, room.fault, service.count('enter', 'carol')]).toEqual(['on-air', null, 1])
    expect(Object.keys(screen.playing)).toHaveLength(2)
  },
)

test('no camera, and he comes in with his voice alone: it is neither asked for nor opened, and everybody is told', async () => {
  const { world, clock, roomId, ann } = await callOfTwo()
  const { phone, room } = callerOf(world.phone('carol'))
  phone.device.answers.camera = 'denied'
  await room.enter(roomId)
  room.publisher.setPureAudio(true)
  phone.device.asked = []
  await room.retry()
  await clock.pass(1000)
  expect([room.phase, room.fault, phone.device.asked]).toEqual(['on-air', null, ['microphone']])
  expect(seatOf(ann.room, 'carol')).toMatchObject({ state: 'on', micOff: false, cameraOff: true })
})

test('the camera is refused while he talks: a banner, the others run on, and the settings bring it back', async () => {
  const { clock, bob } = await callOfTwo()
  bob.room.publisher.onError(10001)
  await clock.pass(100)
  expect([bob.room.phase, bob.room.fault?.code, seen(bob)]).toEqual(['on-air', 'permission-camera', ['seat-1-1']])
  await bob.room.openSettings()
  await clock.pass(5000)
  expect([bob.room.fault, bob.room.publisher.state]).toEqual([null, 'publishing'])
})

// ---- while nobody moves

test('nothing that is observed changes while nobody moves', async () => {
  const { clock, ann, all } = await callOf(['bob', 'carol'])
  await clock.pass(70_000)
  const changes = new Map<string, number>()
  const stops = all.flatMap(({ room, phone }: Caller) => {
    const watch = (name: string, read: () => unknown) =>
      autorun(() => {
        read()
        const key = `${phone.user} ${name}`
        changes.set(key, (changes.get(key) ?? -1) + 1)
      })
    return [
      watch('room', () => room.room),
      watch('counts', () => room.counts),
      watch('status', () => [room.phase, room.fault, room.closesAt, room.summary]),
      watch('tiles', () => room.stage.tiles),
      watch('places', () => [room.stage.shown, room.stage.pages, room.stage.talking, room.stage.speaker]),
      watch('camera', () => [room.publisher.url, room.publisher.state, room.publisher.muted, room.publisher.cameraOn]),
      watch('hold', () => [room.hold.hand, room.hold.away]),
      watch('desk', () => [room.desk.requests, room.desk.invitations]),
      watch('chat', () => [room.chat.online, room.chat.notice, room.chat.bar]),
    ]
  })
  await clock.pass(180_000)
  for (const stop of stops) stop()
  expect(Object.fromEntries([...changes].filter(([, n]) => n > 0))).toEqual({})
  expect(ann.room.phase).toBe('on-air')
})
