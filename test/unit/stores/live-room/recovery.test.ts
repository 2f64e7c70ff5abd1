import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { heldStage, onStage, stageOf } from '../../../support/fakes/link-mic'

type Stage = Awaited<ReturnType<typeof stageOf>>
const CLOSED = 'ended-by-operator'

// ---- fresh addresses

test('no address is pushed to, or played without delay, twice: every try has one that was signed for it (P94)', async () => {
  const { clock, show, camera, link, tag, screen, phone, service } = await onStage()
  const used: string[] = []
  const note = (url: string) => {
    expect(used).not.toContain(url)
    used.push(url)
  }
  for (const each of [camera, tag]) {
    const { onPush } = each
    each.onPush = (url) => {
      note(url)
      onPush(url)
    }
  }
  const seen = screen.players.get('anchor-2')
  const onPlay = seen?.onPlay ?? (() => {})
  if (seen) {
    seen.onPlay = (src) => {
      note(src)
      onPlay(src)
    }
  }
  for (const code of [-1307, 3004, 1102, 5000] as const) {
    show.publisher?.onCode(code)
    link.camera.publisher.onCode(code)
    await clock.pass(35_000)
  }
  for (const code of [-2301, 2103] as const) {
    for (const tile of show.stage.tiles) if (tile.media.kind === 'picture') tile.media.playback.onCode(code)
    await clock.pass(35_000)
  }
  phone.device.goOnline(false)
  phone.device.goOnline(true)
  await clock.pass(5000)
  expect([show.publisher?.state, link.camera.publisher.state]).toEqual(['publishing', 'publishing'])
  expect(used.length).toBeGreaterThanOrEqual(8)
  expect(service.rooms.size).toBe(1)
})

test('another network while the phone reconnects by itself: a fresh address at once, for an anchor and a guest', async () => {
  const { clock, ann, show, camera, link, tag, phone } = await onStage()
  for (const [device, publisher, pusher] of [
    [ann.device, show.publisher, camera],
    [phone.device, link.camera.publisher, tag],
  ] as const) {
    const before = pusher.pushing
    publisher?.onCode(1102)
    device.goOnline(false)
    await clock.pass(500)
    expect(pusher.pushing).toBe(before)
    device.goOnline(true)
    await clock.pass(1500)
    expect([publisher?.state, pusher.pushing === before]).toEqual(['publishing', false])
  }
})

test('another network while a picture runs: one that hangs is fetched anew, one that goes on is left alone', async () => {
  const { clock, bob, screen } = await stageOf()
  const played = () => screen.main.done.length
  const before = played()
  bob.phone.device.goOnline(true)
  bob.room.playback?.onNetStatus({ videoBitrate: 500 })
  await clock.pass(5000)
  expect(played()).toBe(before)
  bob.phone.device.goOnline(true)
  await clock.pass(5000)
  expect([played(), bob.room.playback?.state]).toEqual([before + 1, 'playing'])
})

// ---- the show was ended by somebody else

test('3004 in an open room: a fresh address; 3004 again: the user is told, and one tap asks for another', async () => {
  const { clock, show, camera } = await stageOf()
  const first = camera.pushing
  show.publisher?.onCode(3004)
  await clock.pass(1500)
  expect([camera.pushing === first, show.publisher?.state, show.fault]).toEqual([false, 'publishing', null])
  show.publisher?.onCode(3004)
  await clock.pass(1500)
  expect([camera.cameraOn, show.fault?.code, show.fault?.remedy]).toEqual([false, 'push-refused', 'retry'])
  await show.retry()
  await clock.pass(1500)
  expect([show.publisher?.state, show.fault]).toEqual(['publishing', null])
})

const PEOPLE = {
  anchor: ({ show }: Stage) => show,
  viewer: ({ room }: Stage) => room,
} as const

test.each(['anchor', 'viewer'] as const)(
  'cut by the operator while every message is lost: the %s reads the card with its figures and the reason',
  async (who) => {
    const stage = await onStage()
    const { world, clock, service, roomId, show, link } = stage
    world.chat.loses = () => true
    service.closeRoom(roomId, CLOSED)
    show.publisher?.onCode(3004)
    link.camera.publisher.onCode(3004)
    await clock.pass(5000)
    const room = PEOPLE[who](stage)
    expect([room.phase, room.fault, room.summary?.totalViewers, room.room?.reason]).toEqual(['ended', null, 1, CLOSED])
    expect([stage.camera.cameraOn, stage.tag.cameraOn]).toEqual([false, false])
  },
)

test.each(['anchor', 'viewer'] as const)(
  'closed while the %s was away: the card, as soon as he is back',
  async (who) => {
    const stage = await onStage()
    const { clock, service, roomId, ann, phone } = stage
    const room = PEOPLE[who](stage)
    room.hide()
    for (const { messenger } of [ann, phone]) messenger.disconnect()
    service.closeRoom(roomId, CLOSED)
    await clock.pass(240_000)
    room.show()
    await clock.pass(100)
    expect([room.phase, room.summary?.totalViewers, room.room?.reason]).toEqual(['ended', 1, CLOSED])
  },
)

// ---- back in the foreground

test('accepted while away and every word of it lost: on return the seat is his', async () => {
  const { clock, world, service, roomId, room, link } = await stageOf()
  await link.request()
  room.hide()
  world.chat.loses = () => true
  world.chat.tell = () => {}
  const { links } = await service.apiFor('ann').call('link.list', { roomId })
  await service.apiFor('ann').call('link.accept', { roomId, linkId: links[0]?.linkId ?? '' })
  await clock.pass(5000)
  expect(link.state.phase).toBe('waiting')
  room.show()
  await clock.pass(100)
  expect(link.state.phase).toBe('held')
})

test('invited while away and never told: who asks by himself is invited, and does not wait for a host who waits for him', async () => {
  const { clock, world, room, link, desk } = await stageOf()
  room.hide()
  const { tell } = world.chat
  world.chat.tell = () => {}
  await desk.invite({ userId: 'bob', name: '' })
  world.chat.tell = tell
  room.show()
  await link.request()
  expect(link.state.phase).toBe('invited')
  await link.accept()
  await clock.pass(100)
  expect(link.state.phase).toBe('held')
})

test('who asks while the anchor is away is in the queue when he is back', async () => {
  const { clock, world, link, show, desk } = await stageOf()
  show.hide()
  world.chat.tell = () => {}
  await link.request()
  await clock.pass(1000)
  expect(desk.requests).toEqual([])
  show.show()
  await clock.pass(100)
  expect(desk.requests.map(({ link: { user } }) => user.userId)).toEqual(['bob'])
})

test('the people on stage who came and went meanwhile are seen, and not seen, on return', async () => {
  const { clock, world, service, roomId, show, link } = await heldStage()
  show.hide()
  world.chat.loses = () => true
  await link.confirm()
  await clock.pass(1000)
  expect(show.stage.places).toHaveLength(2)
  show.show()
  await clock.pass(500)
  expect(show.stage.tiles.map(({ slot }) => slot)).toContain('seat-1')
  show.hide()
  await service.apiFor('bob').call('seat.leave', { roomId })
  await clock.pass(1000)
  show.show()
  await clock.pass(5000)
  expect(show.stage.tiles.map(({ slot }) => slot)).toEqual(['anchor'])
})

// ---- the chat

test('a chat that was taken over is not forgotten because the media had trouble meanwhile', async () => {
  const { clock, phone, room, link, show, ann } = await onStage()
  for (const [each, { messenger }, publisher] of [
    [room, phone, link.camera.publisher],
    [show, ann, show.publisher],
  ] as const) {
    messenger.kick('multipleDevice')
    await clock.pass(10)
    publisher?.onCode(-1302)
    publisher?.onCode(-1307)
    await clock.pass(5000)
    expect([each.fault?.code, each.chat.online]).toEqual(['chat-kicked', false])
    await each.retry()
    await clock.pass(500)
    expect([each.fault, each.chat.online]).toEqual([null, true])
  }
})

// ---- PK

const PK = {
  pkId: 'pk-1',
  state: 'on',
  rival: { roomId: 'room-9', title: 'Cake', anchor: { userId: 'eve', name: 'Eve' } },
  startedAt: 1,
  endsInMs: 300_000,
} as const

test('the rival whose address could not be learnt is asked for again', async () => {
  const { clock, service, roomId, show } = await stageOf()
  let down = true
  service.hook = (_user, action) => {
    if (down && action === 'pk.play') throw new RoomApiError('network', 'away')
  }
  service.alter(roomId, { pk: PK })
  await clock.pass(1000)
  expect(show.stage.tiles.map(({ slot }) => slot)).toEqual(['anchor'])
  down = false
  await clock.pass(75_000)
  expect(show.stage.tiles.map(({ slot }) => slot)).toContain('rival')
})

test('a PK that ended while one was away has no result: the last likes were not seen', async () => {
  const { world, clock, service, roomId, room } = await stageOf()
  service.alter(roomId, { pk: PK })
  await clock.pass(1000)
  room.hide()
  world.chat.loses = () => true
  service.alter(roomId, { pk: null })
  await clock.pass(60_000)
  room.show()
  await clock.pass(100)
  expect([room.pk.view, room.pk.result]).toEqual([null, null])
})
