import type { ActionName } from '../../../../miniprogram/protocol/actions'
import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { World } from '../../../support/fakes/world'

const FORM = { title: 'A show', cover: 'jade' } as const

/** Refuses the calls of one action with one error, as long as the test likes. */
/** Bob has watched the show of Ann for half a second. */
async function watching() {
  const world = new World()
  const roomId = world.service.liveRoom('ann')
  const bob = world.phone('bob')
  const { room, tag } = bob.viewer()
  await room.enter(roomId)
  await world.clock.pass(500)
  return { world, roomId, bob, room, tag }
}

function refuse(world: World, action: ActionName, error: RoomApiError | null) {
  world.service.hook = (_user, called) => {
    if (error && called === action) throw error
  }
}

test.each([
  ['empty', '   '],
  ['41 characters', 'x'.repeat(41)],
  ['41 emoji', '🎈'.repeat(41)],
])('a title that is %s is refused before anything opens', async (_what, title) => {
  const world = new World()
  const { room } = world.phone('ann').anchor()
  await room.start({ title, cover: 'jade' })
  expect([room.phase, room.fault?.code, world.service.count('create')]).toEqual(['setup', 'bad-input', 0])
})

test('40 emoji and a script tag are titles like any other (M124)', async () => {
  for (const title of ['🎈'.repeat(40), '<script>alert(1)</script>']) {
    const world = new World()
    const { room } = world.phone('ann').anchor()
    await room.start({ title, cover: 'jade' })
    expect(room.room?.title).toBe(title)
  }
})

test.each([
  ['camera', 'denied', 'permission-camera', 'open-settings'],
  ['microphone', 'denied', 'permission-microphone', 'open-settings'],
  ['microphone', 'privacy-refused', 'privacy', 'retry'],
] as const)('%s %s: no camera, no room, and the way out is offered', async (permission, answer, code, remedy) => {
  const world = new World()
  const phone = world.phone('ann')
  phone.device.answers[permission] = answer
  const { room, tag } = phone.anchor()
  await room.start(FORM)
  expect([room.phase, room.fault?.code, room.fault?.remedy, room.fault?.fatal]).toEqual(['setup', code, remedy, false])
  expect([tag.mounted, world.service.count('create')]).toEqual([false, 0])
  phone.device.inSettings = () => {
    phone.device.answers[permission] = 'granted'
  }
  await room.openSettings()
  await world.clock.pass(500)
  expect([room.phase, room.fault]).toEqual(['on-air', null])
})

test('a permission that is withdrawn on air is asked for again, and the same show goes on', async () => {
  const world = new World()
  const phone = world.phone('ann')
  const { room, tag } = phone.anchor()
  await room.start(FORM)
  await world.clock.pass(500)
  room.publisher?.onError(10001)
  await world.clock.pass(0)
  expect([tag.cameraOn, room.fault?.code]).toEqual([false, 'permission-camera'])
  await room.openSettings()
  await world.clock.pass(500)
  expect([room.publisher?.state, room.fault, world.service.rooms.size]).toEqual(['publishing', null, 1])
})

test('a second camera on one phone is refused until the first is given back (promise 2)', async () => {
  const world = new World()
  const phone = world.phone('ann')
  const first = phone.anchor()
  const second = phone.anchor()
  await first.room.prepare()
  await second.room.prepare()
  expect([second.room.fault?.code, second.tag.mounted]).toEqual(['pusher-busy', false])
  first.room.end()
  await second.room.retry()
  await world.clock.pass(10)
  expect([second.room.fault, second.tag.previewing]).toEqual([null, true])
})

test('the end of a show gives the camera back without the component being gone', async () => {
  const world = new World()
  const phone = world.phone('ann')
  const first = phone.anchor()
  await first.room.start(FORM)
  await first.room.close()
  const second = phone.anchor()
  await second.room.start(FORM)
  await world.clock.pass(500)
  expect([second.room.fault, second.room.phase]).toEqual([null, 'on-air'])
})

test('a place that cannot show the tags opens rooms all the same, and asks for nothing', async () => {
  const world = new World()
  const phone = world.phone('ann')
  phone.device.mediaGap = 'devtools'
  const { room, tag } = phone.anchor()
  await room.start(FORM)
  await world.clock.pass(500)
  expect([room.phase, room.canShowMedia, room.fault, tag.mounted]).toEqual(['opening', false, null, false])
  expect(phone.device.asked).toEqual([])
  world.service.streamStarted(`rtmp://obs/live/${room.room?.roomId}_1?`)
  await world.clock.pass(0)
  expect(room.phase).toBe('on-air')
})

test('another open show is named, and one tap goes on with it', async () => {
  const world = new World()
  const open = world.service.liveRoom('ann')
  const { room } = world.phone('ann').anchor()
  await room.start(FORM)
  expect(room.fault).toMatchObject({ code: 'already-live', remedy: 'resume', roomId: open })
  expect(room.phase).toBe('setup')
  await room.retry()
  await world.clock.pass(500)
  expect([room.phase, room.room?.roomId, room.room?.epoch]).toEqual(['on-air', open, 2])
})

test('start that was not heard is tried again as the same request: one room', async () => {
  const world = new World()
  const { room } = world.phone('ann').anchor()
  world.service.answerDelay = () => Promise.reject(new RoomApiError('timeout', 'no answer'))
  await room.start(FORM)
  expect([room.phase, room.fault?.code, room.fault?.remedy]).toEqual(['setup', 'network', 'retry'])
  world.service.answerDelay = () => undefined
  await room.retry()
  await world.clock.pass(500)
  expect([room.phase, world.service.rooms.size]).toEqual(['on-air', 1])
})

test.each([
  ['not-found', 'failed', 'none'],
  ['forbidden', 'failed', 'none'],
  ['network', 'setup', 'retry'],
  ['timeout', 'setup', 'retry'],
  ['unavailable', 'setup', 'retry'],
  ['unauthenticated', 'setup', 'retry'],
  ['internal', 'setup', 'retry'],
] as const)('enter refused with %s: %s, remedy %s; nothing is played (M113)', async (code, phase, remedy) => {
  const world = new World()
  const roomId = world.service.liveRoom('ann')
  const { room, tag } = world.phone('bob').viewer()
  refuse(world, 'enter', new RoomApiError(code, 'by the test'))
  await room.enter(roomId)
  expect([room.phase, room.fault?.remedy, tag.mounted]).toEqual([phase, remedy, false])
  refuse(world, 'enter', null)
  await room.retry()
  await world.clock.pass(500)
  expect(room.phase).toBe('on-air')
})

test('a link to a show that is over shows its closing card', async () => {
  const world = new World()
  const roomId = world.service.liveRoom('ann')
  await world.clock.pass(5000)
  world.service.closeRoom(roomId, 'ended-by-anchor')
  const { room } = world.phone('bob').viewer()
  await room.enter(roomId)
  expect([room.phase, room.fault, room.summary?.durationMs]).toEqual(['ended', null, 5000])
})

test('close while start is still under way: the room is opened and closed, and nothing was pushed', async () => {
  const world = new World()
  const { room, tag } = world.phone('ann').anchor()
  await room.prepare()
  let answer = () => {}
  world.service.answerDelay = (_user, action) =>
    action === 'create'
      ? new Promise((resolve) => {
          answer = resolve
        })
      : undefined
  const starting = room.start(FORM)
  await world.clock.pass(10)
  const closing = room.close()
  await world.clock.pass(10)
  expect(tag.cameraOn).toBe(false)
  answer()
  await Promise.all([starting, closing])
  expect([room.phase, world.service.stateOf('room-1'), tag.done.includes('start')]).toEqual(['ended', 'closed', false])
})

test('close that the server does not hear: camera off all the same, and the card goes without figures', async () => {
  const world = new World()
  const { room, tag } = world.phone('ann').anchor()
  await room.start(FORM)
  await world.clock.pass(500)
  world.service.down = true
  await room.close()
  expect([room.phase, room.summary, tag.cameraOn]).toEqual(['ended', null, false])
})

test('leaving and coming back at once: the late goodbye does not touch the new visit (M62, M67, M68)', async () => {
  const { world, roomId, room } = await watching()
  let answer = () => {}
  world.service.answerDelay = (_user, action) =>
    action === 'leave'
      ? new Promise((resolve) => {
          answer = resolve
        })
      : undefined
  const back = Promise.all([room.leave(), room.enter(roomId)])
  await world.clock.pass(100)
  expect(world.service.count('enter')).toBe(1)
  answer()
  await back
  await world.clock.pass(500)
  expect([room.phase, room.counts.viewers, room.playback?.state]).toEqual(['on-air', 1, 'playing'])
  const actions = world.service.calls.filter(([user]) => user === 'bob').map(([, action]) => action)
  expect(actions).toEqual(['enter', 'history', 'leave', 'enter', 'history'])
})

test.each([0, 10])(
  'leave %d ms after enter: the answer opens nothing, the goodbye comes after it (M66)',
  async (ms) => {
    const world = new World()
    const roomId = world.service.liveRoom('ann')
    const bob = world.phone('bob')
    const { room, tag } = bob.viewer()
    let answer = () => {}
    world.service.answerDelay = (_user, action) =>
      action === 'enter'
        ? new Promise((resolve) => {
            answer = resolve
          })
        : undefined
    const entering = room.enter(roomId)
    if (ms > 0) await world.clock.pass(ms)
    await room.leave()
    await world.clock.pass(10)
    answer()
    await entering
    await world.clock.pass(500)
    expect([room.phase, room.room, tag.mounted, bob.messenger.state]).toEqual(['setup', null, false, 'offline'])
    expect(world.service.rooms.get(roomId)?.viewers.size).toBe(0)
  },
)

test('from one room straight into another: the first is left, nothing of it survives (M68)', async () => {
  const world = new World()
  const first = world.service.liveRoom('ann')
  const second = world.service.liveRoom('eve')
  const bob = world.phone('bob')
  const { room, tag } = bob.viewer()
  await room.enter(first)
  room.like(4)
  await world.clock.pass(60_000)
  expect(room.elapsedMs).toBeGreaterThan(50_000)
  world.service.streamEnded(second)
  await room.enter(second)
  expect(room.elapsedMs).toBe(0)
  world.service.streamStarted(`/${second}_1?`)
  await world.clock.pass(500)
  expect([room.room?.roomId, room.likes.total, room.counts.viewers]).toEqual([second, 0, 1])
  expect(tag.playing).toContain(second)
  expect(bob.messenger.memberOf()).toEqual([second])
  expect(world.service.rooms.get(first)?.viewers.size).toBe(0)
})

test('a viewer who closes the page is counted out at once', async () => {
  const world = new World()
  const roomId = world.service.liveRoom('ann')
  const { room } = world.phone('bob').viewer()
  await room.enter(roomId)
  room.end()
  await world.clock.pass(100)
  expect(world.service.rooms.get(roomId)?.viewers.size).toBe(0)
})

test('in the background nothing is asked; on return the truth comes first, without a fault (P10, P12)', async () => {
  const { world, roomId, bob, room } = await watching()
  room.hide()
  bob.messenger.disconnect()
  expect(room.phase).toBe('suspended')
  const calls = world.service.calls.length
  world.service.streamEnded(roomId)
  await world.clock.pass(240_000)
  expect(world.service.calls.length).toBe(calls)
  room.show()
  await world.clock.pass(100)
  expect([room.phase, room.fault]).toEqual(['interrupted', null])
})

test('an anchor back from the background goes on in the same room (M128)', async () => {
  const world = new World()
  const phone = world.phone('ann')
  const { room, tag } = phone.anchor()
  await room.start(FORM)
  await world.clock.pass(20_000)
  room.hide()
  room.publisher?.onCode(5000)
  world.service.streamEnded('room-1')
  await world.clock.pass(30_000)
  expect([room.phase, tag.pushing, room.publisher?.url]).toEqual(['suspended', null, ''])
  room.show()
  await world.clock.pass(1000)
  expect([room.phase, room.publisher?.state, world.service.rooms.size]).toEqual(['on-air', 'publishing', 1])
})

test('the anchor has one heartbeat, whatever he does, and none after the end (M52, M64)', async () => {
  const world = new World()
  const phone = world.phone('ann')
  const { room } = phone.anchor()
  await room.start(FORM)
  await world.clock.pass(5000)
  for (let i = 0; i < 5; i++) {
    room.hide()
    room.show()
  }
  await world.clock.pass(5000)
  const before = world.service.count('beat')
  await world.clock.pass(600_000)
  const beats = world.service.count('beat') - before
  expect(beats).toBeGreaterThanOrEqual(8)
  expect(beats).toBeLessThanOrEqual(13)
  room.end()
  await world.clock.pass(600_000)
  expect(world.service.count('beat') - before).toBe(beats)
})

test('a server that stays silent is told after a while, and forgotten when it answers', async () => {
  const { world, room } = await watching()
  world.service.down = true
  await world.clock.pass(80_000)
  expect([room.phase, room.fault?.code, room.fault?.fatal]).toEqual(['on-air', 'network', false])
  world.service.down = false
  await world.clock.pass(9000)
  expect(room.fault).toBeNull()
})

test('the network that comes back is used at once', async () => {
  const { world, roomId, bob, room } = await watching()
  world.chat.loses = () => true
  world.service.streamEnded(roomId)
  bob.device.goOnline(false)
  await world.clock.pass(1000)
  expect(room.phase).toBe('on-air')
  bob.device.goOnline(true)
  await world.clock.pass(10)
  expect(room.phase).toBe('interrupted')
})

test('a chat login taken over by another device is said, and one tap takes it back', async () => {
  const { world, roomId, bob, room } = await watching()
  bob.messenger.kick('multipleDevice')
  await world.clock.pass(10)
  expect([room.phase, room.fault?.code, room.chat.online]).toEqual(['on-air', 'chat-kicked', false])
  await room.retry()
  await world.clock.pass(500)
  expect([room.fault, room.chat.online, bob.messenger.memberOf()]).toEqual([null, true, [roomId]])
})

test('an expired chat login of a viewer is renewed without a word', async () => {
  const { world, bob, room } = await watching()
  bob.messenger.kick('expired')
  await world.clock.pass(500)
  expect([room.fault, room.chat.online]).toEqual([null, true])
})

test('an expired chat login of an anchor is renewed in mid-show: same stream, and he is no viewer of himself', async () => {
  const world = new World()
  const ann = world.phone('ann')
  const { room, tag } = ann.anchor()
  await room.start(FORM)
  await world.clock.pass(500)
  const { pushing } = tag
  ann.messenger.kick('expired')
  await world.clock.pass(500)
  expect([room.fault, room.chat.online, room.phase, room.room?.epoch]).toEqual([null, true, 'on-air', 1])
  expect([tag.pushing, room.counts.viewers]).toEqual([pushing, 0])
  expect(await room.chat.send('still here')).toBe(true)
})

test('a chat that refuses renewed credentials too is said, not asked for ever', async () => {
  const { world, bob, room } = await watching()
  bob.messenger.refusal = 'unauthenticated'
  bob.messenger.kick('expired')
  await world.clock.pass(30_000)
  expect([room.fault?.code, room.phase, world.service.count('enter', 'bob')]).toEqual(['chat-kicked', 'on-air', 2])
  bob.messenger.refusal = null
  await room.retry()
  await world.clock.pass(500)
  expect([room.fault, room.chat.online]).toEqual([null, true])
})

test('a link with something that is no room id says that there is no such room', async () => {
  const world = new World()
  world.service.hook = () => {
    throw new RoomApiError('bad-input', 'roomId: not an id')
  }
  const viewer = world.phone('bob').viewer().room
  const anchor = world.phone('ann').anchor().room
  await viewer.enter('nope')
  await anchor.resumeShow('nope')
  expect([viewer.phase, viewer.fault?.code, anchor.fault?.code]).toEqual(['failed', 'not-found', 'not-found'])
})

test('the chat is down at enter: the picture comes anyway, the chat when it can (M160)', async () => {
  const world = new World()
  const roomId = world.service.liveRoom('ann')
  const bob = world.phone('bob')
  bob.messenger.disconnect()
  const { room } = bob.viewer()
  await room.enter(roomId)
  await world.clock.pass(5000)
  expect([room.playback?.state, room.chat.online]).toEqual(['playing', false])
  bob.messenger.reconnect()
  await world.clock.pass(9000)
  expect(room.chat.online).toBe(true)
})

test('a late version and a late answer change nothing (promise 8)', async () => {
  const world = new World()
  const roomId = world.service.liveRoom('ann')
  const { room } = world.phone('bob').viewer()
  await room.enter(roomId)
  const old = { type: 'room', room: { ...room.room, state: 'interrupted' } }
  world.service.streamEnded(roomId)
  world.service.streamStarted(`/${roomId}_1?`)
  const version = room.room?.version
  world.chat.notify(roomId, old)
  world.chat.notify(roomId, { ...old, room: { ...old.room, version: 99, roomId: 'room-7' } })
  await world.clock.pass(10)
  expect([room.phase, room.room?.version]).toEqual(['on-air', version])
})

test('every action after the end does nothing and rejects nothing', async () => {
  const world = new World()
  world.service.liveRoom('eve')
  const ann = world.phone('ann')
  const anchor = ann.anchor()
  const viewer = ann.viewer()
  anchor.room.end()
  viewer.room.end()
  const { length } = world.service.calls
  await Promise.all([
    anchor.room.prepare(),
    anchor.room.start(FORM),
    anchor.room.resumeShow('room-1'),
    anchor.room.close(),
    viewer.room.enter('room-1'),
    viewer.room.leave(),
    viewer.room.retry(),
    viewer.room.openSettings(),
  ])
  await world.clock.pass(1000)
  expect([world.service.calls.length, anchor.tag.mounted, viewer.tag.mounted]).toEqual([length, false, false])
  expect([anchor.room.phase, viewer.room.phase]).toEqual(['ended', 'ended'])
})
