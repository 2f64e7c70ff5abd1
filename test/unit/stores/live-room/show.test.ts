import type { ChatLine } from '../../../../miniprogram/stores/room/chat'
import { World } from '../../../support/fakes/world'

const FORM = { title: '  Evening show ', cover: 'coral' } as const

/** Ann is on air, Bob watches. */
async function show() {
  const world = new World()
  const ann = world.phone('ann')
  const bob = world.phone('bob')
  const anchor = ann.anchor()
  await anchor.room.prepare()
  await anchor.room.start(FORM)
  await world.clock.pass(500)
  const roomId = anchor.room.room?.roomId ?? ''
  const viewer = bob.viewer()
  await viewer.room.enter(roomId)
  await world.clock.pass(500)
  return { world, ann, bob, anchor, viewer, roomId, clock: world.clock, service: world.service }
}

test('an anchor prepares and starts: preview, one room with the trimmed title, on air', async () => {
  const world = new World()
  const ann = world.phone('ann')
  const { room, tag } = ann.anchor()
  expect(room.phase).toBe('setup')
  expect(tag.mounted).toBe(false)
  await room.prepare()
  await world.clock.pass(10)
  expect(ann.device.asked).toEqual(['microphone', 'camera'])
  expect([room.publisher?.state, tag.previewing, tag.pushing]).toEqual(['preview', true, null])
  const starting = room.start(FORM)
  expect(room.phase).toBe('opening')
  await starting
  await world.clock.pass(500)
  expect(room.phase).toBe('on-air')
  expect(room.publisher?.state).toBe('publishing')
  expect(tag.pushing).toBe(room.publisher?.url)
  expect(room.room?.title).toBe('Evening show')
  expect(ann.device.screenHolders).toBe(1)
  expect(ann.kit.session.openRoom?.room.roomId).toBe(room.room?.roomId)
})

test('a viewer sees the show with one cloud call from tap to picture; the last lines are asked for after it', async () => {
  const { service, viewer, roomId } = await show()
  expect(viewer.room.phase).toBe('on-air')
  expect(viewer.room.playback?.state).toBe('playing')
  expect(viewer.tag.playing).toBe(`http://play/live/${roomId}_1.flv`)
  expect(viewer.room.counts.viewers).toBe(1)
  expect(service.calls.filter(([user]) => user === 'bob').map(([, action]) => action)).toEqual(['enter', 'history'])
})

test('two taps on start and on close are one room and one close (M122)', async () => {
  const world = new World()
  const { room } = world.phone('ann').anchor()
  await Promise.all([room.start(FORM), room.start(FORM)])
  await world.clock.pass(500)
  expect([world.service.rooms.size, world.service.count('create')]).toEqual([1, 1])
  await Promise.all([room.close(), room.close()])
  expect(world.service.count('close')).toBe(1)
  expect(room.phase).toBe('ended')
})

test('close ends the show for everybody with its figures, and camera and microphone are off at once (M152)', async () => {
  const { world, clock, anchor, viewer, roomId, ann } = await show()
  await clock.pass(60_000)
  viewer.room.like(3)
  await clock.pass(2000)
  const closing = anchor.room.close()
  await clock.pass(0)
  expect(anchor.tag.cameraOn).toBe(false)
  await closing
  await clock.pass(500)
  for (const { room } of [anchor, viewer]) {
    expect(room.phase).toBe('ended')
    expect(room.summary).toMatchObject({ totalViewers: 1, likes: 3 })
    expect(room.summary?.durationMs).toBeGreaterThan(60_000)
    expect(room.fault).toBeNull()
  }
  expect(viewer.tag.playing).toBeNull()
  expect(viewer.room.playback?.src ?? '').toBe('')
  expect(world.service.stateOf(roomId)).toBe('closed')
  expect([ann.device.screenHolders, ann.kit.session.openRoom]).toEqual([0, null])
})

test('a barrage reaches both phones once, also when the group sends it twice; likes draw hearts and count', async () => {
  const { world, clock, anchor, viewer, roomId } = await show()
  const drawn: Record<string, ChatLine[]> = { ann: [], bob: [] }
  anchor.room.chat.onBatch((lines) => drawn.ann?.push(...lines))
  viewer.room.chat.onBatch((lines) => drawn.bob?.push(...lines))
  let hearts = 0
  anchor.room.likes.onHearts((n) => {
    hearts += n
  })
  await clock.pass(200)
  drawn.ann = []
  expect(await viewer.room.chat.send('  hello ')).toBe(true)
  await clock.pass(200)
  const data = { type: 'barrage', id: 'x', text: 'again', name: 'bob' }
  world.chat.deliver({ from: 'bob', group: roomId, system: false, data })
  world.chat.deliver({ from: 'bob', group: roomId, system: false, data })
  viewer.room.like(2)
  await clock.pass(1500)
  expect(drawn.ann?.map((line) => line.kind === 'barrage' && [line.text, line.userId, line.mine])).toEqual([
    ['hello', 'bob', false],
    ['again', 'bob', false],
  ])
  expect(drawn.bob?.filter((line) => line.kind === 'barrage').map((line) => line.mine)).toEqual([true, true])
  expect(hearts).toBe(2)
  expect([anchor.room.likes.total, viewer.room.likes.total]).toEqual([2, 2])
})

test('the clock of the show ticks by the second while it is on air', async () => {
  const { clock, viewer } = await show()
  const before = viewer.room.elapsedMs
  await clock.pass(5000)
  expect(viewer.room.elapsedMs - before).toBe(5000)
})

test('a lost stream reads interrupted on both phones, and live again when it is back, without a new enter', async () => {
  const { clock, service, anchor, viewer, roomId } = await show()
  await clock.pass(20_000)
  anchor.tag.pushing = null
  service.streamEnded(roomId)
  viewer.tag.playing = null
  viewer.room.playback?.onCode(-2301)
  await clock.pass(10)
  expect([anchor.room.phase, viewer.room.phase]).toEqual(['interrupted', 'interrupted'])
  expect(viewer.room.closesAt).toBe(clock.now() - 10 + 60_000)
  anchor.room.publisher?.onCode(-1307)
  await clock.pass(3000)
  expect([anchor.room.phase, viewer.room.phase]).toEqual(['on-air', 'on-air'])
  expect(viewer.room.playback?.state).toBe('playing')
  expect(viewer.room.closesAt).toBeNull()
  expect([service.count('enter'), service.count('create')]).toEqual([1, 1])
})

test('a killed anchor goes on in the same room with resumeShow, and viewers follow to the new stream (M79)', async () => {
  const { world, clock, service, anchor, viewer, roomId } = await show()
  anchor.tag.destroy()
  anchor.room.end()
  service.streamEnded(roomId)
  await clock.pass(3000)
  const again = world.phone('ann')
  await again.kit.session.login()
  expect(again.kit.session.openRoom?.room.roomId).toBe(roomId)
  const back = again.anchor()
  await back.room.resumeShow(roomId)
  await clock.pass(2000)
  expect(back.room.phase).toBe('on-air')
  expect(viewer.room.phase).toBe('on-air')
  expect(viewer.tag.playing).toBe(`http://play/live/${roomId}_2.flv`)
})

test('the second device of an anchor supersedes the first, whose camera is off', async () => {
  const { world, clock, anchor, roomId } = await show()
  const tablet = world.phone('ann')
  const second = tablet.anchor()
  await second.room.resumeShow(roomId)
  await clock.pass(1000)
  expect(anchor.room.phase).toBe('failed')
  expect(anchor.room.fault?.code).toBe('superseded')
  expect(anchor.tag.cameraOn).toBe(false)
  expect(second.room.phase).toBe('on-air')
})

test('superseded is noticed by a refused heartbeat too, when the message about it is lost', async () => {
  const { world, clock, anchor, roomId } = await show()
  world.chat.loses = () => true
  await world.phone('ann').anchor().room.resumeShow(roomId)
  await clock.pass(80_000)
  expect(anchor.room.fault?.code).toBe('superseded')
})

test('a grace that is over ends the show for the anchor too (M65)', async () => {
  const { clock, service, anchor, viewer, roomId } = await show()
  service.closeRoom(roomId, 'grace-over')
  await clock.pass(100)
  expect([anchor.room.phase, viewer.room.phase]).toEqual(['ended', 'ended'])
  expect(anchor.tag.cameraOn).toBe(false)
})

test('the show breaks before the viewer has joined the chat: the player’s doubt brings the truth within 2 s (M61)', async () => {
  const { world, clock, service, viewer, roomId } = await show()
  world.chat.loses = () => true
  service.streamEnded(roomId)
  viewer.room.playback?.onCode(2103)
  viewer.room.playback?.onCode(2103)
  await clock.pass(2000)
  expect(viewer.room.phase).toBe('interrupted')
  expect(service.count('sync', 'bob')).toBe(1)
})

test('a stream that breaks and is back at once raises no question', async () => {
  const { clock, service, viewer } = await show()
  viewer.room.playback?.onCode(2103)
  viewer.room.playback?.onCode(2003)
  await clock.pass(5000)
  expect(service.count('sync', 'bob')).toBe(0)
})

test('every message lost: the truth arrives by question, with the figures of the end (M61)', async () => {
  const { world, clock, service, viewer, roomId } = await show()
  world.chat.loses = () => true
  service.streamEnded(roomId)
  await clock.pass(75_000)
  expect(viewer.room.phase).toBe('interrupted')
  service.closeRoom(roomId, 'grace-over')
  const asked = service.count('sync', 'bob')
  await clock.pass(75_000)
  expect([viewer.room.phase, service.count('sync', 'bob') - asked]).toEqual(['ended', 1])
  expect(viewer.room.summary).toMatchObject({ totalViewers: 1 })
})

test('a chat that was away asks for the truth as soon as it is back', async () => {
  const { bob, clock, service, viewer, roomId } = await show()
  bob.messenger.disconnect()
  service.streamEnded(roomId)
  await clock.pass(100)
  expect(viewer.room.phase).toBe('on-air')
  bob.messenger.reconnect()
  await clock.pass(100)
  expect(viewer.room.phase).toBe('interrupted')
})

test('the whole server restarts: both phones go on by themselves within 10 s', async () => {
  const { clock, service, ann, bob, anchor, viewer, roomId } = await show()
  await clock.pass(30_000)
  service.down = true
  for (const phone of [ann, bob]) phone.messenger.disconnect()
  anchor.tag.pushing = null
  anchor.room.publisher?.onCode(3005)
  anchor.room.publisher?.onCode(-1307)
  viewer.tag.playing = null
  viewer.room.playback?.onCode(-2301)
  await clock.pass(3000)
  service.down = false
  service.streamEnded(roomId)
  for (const phone of [ann, bob]) phone.messenger.reconnect()
  await clock.pass(7000)
  expect([anchor.room.phase, viewer.room.phase]).toEqual(['on-air', 'on-air'])
  expect([anchor.room.publisher?.state, viewer.room.playback?.state]).toEqual(['publishing', 'playing'])
})

test('a message that only claims to be the server is not believed, and garbage is dropped (M10, M83)', async () => {
  const { world, clock, viewer, roomId } = await show()
  const closed = { ...viewer.room.room, state: 'closed', version: 99 }
  const forged = { type: 'room', room: closed }
  world.chat.deliver({ from: 'eve', group: roomId, system: false, data: forged })
  for (const data of [
    null,
    7,
    'x',
    [],
    {},
    { type: 'room' },
    { type: 'room', room: {} },
    { type: 'counts', counts: 1 },
  ]) {
    world.chat.deliver({ from: '', group: roomId, system: true, data })
    world.chat.deliver({ from: 'eve', group: roomId, system: false, data })
  }
  await clock.pass(100)
  expect(viewer.room.phase).toBe('on-air')
  expect(viewer.room.counts.viewers).toBe(1)
})

test('two rooms at once on one phone share nothing: each has its own chat, likes and end (M62)', async () => {
  const world = new World()
  const first = world.service.liveRoom('ann')
  const second = world.service.liveRoom('eve')
  const bob = world.phone('bob')
  const a = bob.viewer()
  const b = bob.viewer()
  await a.room.enter(first)
  await b.room.enter(second)
  await world.clock.pass(500)
  const heard: string[] = []
  b.room.chat.onBatch((lines) => heard.push(...lines.map((line) => (line.kind === 'barrage' ? line.text : ''))))
  await a.room.chat.send('for the first room')
  a.room.like(5)
  await world.clock.pass(1500)
  expect(heard).toEqual([])
  expect([a.room.likes.total, b.room.likes.total]).toEqual([5, 0])
  a.room.end()
  await world.clock.pass(500)
  expect(bob.messenger.state).toBe('connected')
  world.service.streamEnded(second)
  await world.clock.pass(100)
  expect([a.room.phase, b.room.phase]).toEqual(['ended', 'interrupted'])
  b.room.end()
  await world.clock.pass(500)
  expect(bob.messenger.state).toBe('offline')
})
