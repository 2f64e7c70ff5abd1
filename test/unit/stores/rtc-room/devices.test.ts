import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import type { RtcRoom } from '../../../../miniprogram/stores/rtc-room/rtc-room'
import { type Caller, callerOf, callOfTwo } from '../../../support/fakes/calls'
import type { World } from '../../../support/fakes/world'

const BOB = 2
/** What everybody else sees of Bob. */
const bobAt = ({ room }: Caller) => room.room?.seats.find(({ seat }) => seat === BOB)
const own = ({ publisher }: RtcRoom) => ({ micOff: publisher.muted, cameraOff: !publisher.cameraOn })
const says = ({ service }: World) => service.count('seat.device', 'bob')

// ---- microphone and camera

test('mute and camera off are shown to all at once, and quick taps are one word', async () => {
  const { world, clock, ann, bob } = await callOfTwo()
  bob.room.setMicOff(true)
  bob.room.setCameraOff(true)
  bob.room.setMicOff(false)
  bob.room.setMicOff(true)
  expect(own(bob.room)).toEqual({ micOff: true, cameraOff: true })
  await clock.pass(400)
  expect([bobAt(ann), says(world)]).toEqual([expect.objectContaining({ micOff: true, cameraOff: true }), 1])
})

test('the word about it is lost: it is said again when the room says something else', async () => {
  const { world, clock, ann, bob } = await callOfTwo()
  let lost = true
  world.service.hook = (_user, action) => {
    if (lost && action === 'seat.device') throw new RoomApiError('network', 'away')
  }
  bob.room.setMicOff(true)
  bob.room.hold.setHand(true)
  await clock.pass(1000)
  expect(bobAt(ann)).toMatchObject({ micOff: false, handAt: null })
  lost = false
  await clock.pass(75_000)
  expect([bobAt(ann)?.micOff, bobAt(ann)?.handAt === null, bob.room.hold.hand]).toEqual([true, false, true])
})

test('only the word about a hand is lost: that is said again, too', async () => {
  const { world, clock, ann, bob } = await callOfTwo()
  let lost = true
  world.service.hook = (_user, action) => {
    if (lost && action === 'seat.device') throw new RoomApiError('network', 'away')
  }
  bob.room.hold.setHand(true)
  await clock.pass(1000)
  lost = false
  await clock.pass(75_000)
  expect(bobAt(ann)?.handAt).not.toBeNull()
})

test('muted before he comes in: everybody knows, even before he is on air', async () => {
  const { world, clock, roomId, ann } = await callOfTwo()
  const { room, tag } = callerOf(world.phone('carol'))
  tag.onPush = () => {}
  room.setMicOff(true)
  await room.enter(roomId)
  await clock.pass(500)
  expect(ann.room.room?.seats[2]).toMatchObject({ state: 'held', micOff: true, cameraOff: false })
})

test('muted stays muted over a reconnect, and over coming back to the call', async () => {
  const { clock, roomId, ann, bob } = await callOfTwo()
  bob.room.setMicOff(true)
  bob.room.setCameraOff(true)
  await clock.pass(1000)
  bob.room.publisher.onCode(-1307)
  await clock.pass(5000)
  expect([own(bob.room), bobAt(ann)?.micOff]).toEqual([{ micOff: true, cameraOff: true }, true])
  await bob.room.leave()
  await clock.pass(1000)
  await bob.room.enter(roomId)
  await clock.pass(1000)
  expect(own(bob.room)).toEqual({ micOff: true, cameraOff: true })
  expect(bobAt(ann)).toMatchObject({ user: { userId: 'bob' }, micOff: true, cameraOff: true })
})

test('taken over by a device whose microphone is on: the others see that one as it is', async () => {
  const { world, clock, roomId, ann, bob } = await callOfTwo()
  bob.room.setMicOff(true)
  await clock.pass(1000)
  const other = callerOf(world.phone('bob'))
  await other.room.enter(roomId)
  await clock.pass(1000)
  expect([other.room.publisher.muted, bobAt(ann)?.micOff]).toEqual([false, false])
})

test('turned off by the owner: it is off, stays off, and is his again afterwards', async () => {
  const { clock, service, roomId, bob } = await callOfTwo()
  const quiet = (mic: boolean) => service.apiFor('ann').call('seat.quiet', { roomId, seat: BOB, mic, camera: false })
  await quiet(true)
  await clock.pass(500)
  bob.room.setMicOff(false)
  expect(bob.room.publisher.muted).toBe(true)
  await quiet(false)
  await clock.pass(500)
  bob.room.setMicOff(false)
  expect(bob.room.publisher.muted).toBe(false)
})

// ---- hand

test('a raised hand is seen by all, and lowered by the owner it is down here, too', async () => {
  const { clock, service, roomId, ann, bob } = await callOfTwo()
  bob.room.hold.setHand(true)
  await clock.pass(500)
  expect([bob.room.hold.hand, typeof bobAt(ann)?.handAt]).toEqual([true, 'number'])
  await service.apiFor('ann').call('seat.hand', { roomId, userId: 'bob' })
  await clock.pass(500)
  expect([bob.room.hold.hand, bobAt(ann)?.handAt]).toEqual([false, null])
  bob.room.hold.setHand(true)
  await clock.pass(500)
  bob.room.hold.setHand(false)
  await clock.pass(500)
  expect(bobAt(ann)?.handAt).toBeNull()
})

test('who is in no call raises nothing and holds nothing', async () => {
  const { clock, world } = await callOfTwo()
  const { room } = callerOf(world.phone('carol'))
  room.hold.setHand(true)
  room.hold.setAway(true)
  await clock.pass(1000)
  expect([room.hold.hand, room.hold.away, world.service.count('seat.device', 'carol')]).toEqual([false, false, 0])
})

// ---- hold

test('on hold: neither heard nor seen, hears nobody, and all know; back: what was muted stays muted', async () => {
  const { clock, ann, bob } = await callOfTwo()
  const [player] = bob.room.stage.tiles
  const others = () => (player?.media.kind === 'picture' ? player.media.playback.muted : null)
  bob.room.setMicOff(true)
  await clock.pass(500)
  bob.room.hold.setAway(true)
  expect([own(bob.room), others()]).toEqual([{ micOff: true, cameraOff: true }, true])
  bob.room.setMicOff(false)
  bob.room.setCameraOff(false)
  expect(own(bob.room)).toEqual({ micOff: true, cameraOff: true })
  await clock.pass(500)
  expect(bobAt(ann)).toMatchObject({ away: true, micOff: true, cameraOff: true })
  bob.room.hold.setAway(false)
  expect([own(bob.room), others()]).toEqual([{ micOff: true, cameraOff: false }, false])
  await clock.pass(500)
  expect(bobAt(ann)).toMatchObject({ away: false, micOff: true, cameraOff: false })
})

test('on hold while a second device takes over: taken back, he is there as he was before the hold', async () => {
  const { world, clock, roomId, ann, bob } = await callOfTwo()
  bob.room.hold.setAway(true)
  await clock.pass(500)
  const other = callerOf(world.phone('bob'))
  await other.room.enter(roomId)
  await clock.pass(1000)
  expect(bobAt(ann)).toMatchObject({ away: false, micOff: false, cameraOff: false })
  expect([bob.room.hold.away, bob.tag.cameraOn]).toEqual([false, false])
  await bob.room.retry()
  await clock.pass(1000)
  expect([own(bob.room), bob.room.hold.away]).toEqual([{ micOff: false, cameraOff: false }, false])
  expect(bobAt(ann)).toMatchObject({ away: false, micOff: false, cameraOff: false })
})

test('hung up while on hold: the next call begins with what was on before', async () => {
  const { clock, roomId, bob } = await callOfTwo()
  bob.room.setMicOff(true)
  bob.room.hold.setAway(true)
  await bob.room.leave()
  await clock.pass(500)
  await bob.room.enter(roomId)
  await clock.pass(1000)
  expect([own(bob.room), bob.room.hold.away]).toEqual([{ micOff: true, cameraOff: false }, false])
  const [player] = bob.room.stage.tiles
  expect(player?.media.kind === 'picture' && player.media.playback.muted).toBe(false)
})
