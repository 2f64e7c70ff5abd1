import { RoomApiError } from '../../../../../miniprogram/services/room-api/port'
import { guestOf, heldStage, onStage } from '../../../../support/fakes/link-mic'

test('sent back by the anchor: the camera is off, and he watches on in the same room (M65, M96)', async () => {
  const { clock, desk, link, tag, room, screen } = await onStage()
  await desk.kick('bob')
  await clock.pass(0)
  expect([tag.cameraOn, tag.mounted, link.state.phase, link.ended?.why]).toEqual([false, false, 'off', 'kicked'])
  await clock.pass(1000)
  expect([room.phase, room.fault, screen.playing]).toEqual([
    'on-air',
    null,
    { 'anchor-3': 'http://play/live/room-1_1.flv' },
  ])
})

test('who has been on stage is in the figures of the show', async () => {
  const { show, room } = await onStage()
  expect([show.tally.guests, room.tally.guests]).toEqual([1, 1])
})

test('sent back while every message is lost: the next heartbeat says so', async () => {
  const { clock, world, service, roomId, link, tag } = await onStage()
  world.chat.loses = () => true
  world.chat.tell = () => {}
  await service.apiFor('ann').call('seat.kick', { roomId, userId: 'bob' })
  await clock.pass(75_000)
  expect([tag.cameraOn, link.state.phase, link.ended?.why]).toEqual([false, 'off', 'lost'])
})

test('the seat taken on another device: this camera is off, with a word', async () => {
  const { clock, world, roomId, link, tag, service } = await onStage()
  const other = guestOf(world.phone('bob'))
  await other.room.enter(roomId)
  await clock.pass(100)
  expect([other.link.state, other.tag.mounted]).toEqual([{ phase: 'held', seat: 1, endsAt: null }, false])
  await other.link.confirm()
  await clock.pass(1000)
  expect([link.state.phase, link.ended?.why, tag.cameraOn]).toEqual(['off', 'elsewhere', false])
  expect([other.link.state.phase, service.stage.seatOf(roomId, 'bob')?.epoch]).toEqual(['on', 2])
})

test('the refusal comes before the room: he is not offered back what his other device has just taken', async () => {
  const { clock, world, roomId, link, tag } = await onStage()
  const other = guestOf(world.phone('bob'))
  await other.room.enter(roomId)
  await clock.pass(100)
  world.chat.loses = (_message, to) => to === 'bob'
  await other.link.confirm()
  link.camera.publisher.onCode(-1307)
  await clock.pass(20_000)
  expect([link.state.phase, link.ended?.why, tag.cameraOn]).toEqual(['off', 'elsewhere', false])
  world.chat.loses = () => false
  await clock.pass(70_000)
  expect([link.state.phase, link.ended?.why, tag.cameraOn]).toEqual(['off', 'elsewhere', false])
  await other.link.leave()
  await clock.pass(1000)
  expect([link.state.phase, link.possible]).toEqual(['off', true])
})

test('two phones with the same held seat: who comes on stage with one is told so on the other (P9)', async () => {
  const { clock, world, roomId, link, tag } = await heldStage()
  expect(tag.cameraOn).toBe(true)
  const other = guestOf(world.phone('bob'))
  await other.room.enter(roomId)
  await other.link.confirm()
  await clock.pass(1000)
  expect([other.link.state.phase, link.state.phase, link.ended?.why, tag.cameraOn]).toEqual([
    'on',
    'off',
    'elsewhere',
    false,
  ])
})

test.each([
  ['superseded', 'elsewhere'],
  ['not-on-stage', 'lost'],
] as const)(
  'a heartbeat, or a reconnect, that is answered with %s: off the stage, not out of the room (M65, M96)',
  async (code, why) => {
    for (const action of ['seat.beat', 'seat.push'] as const) {
      const { clock, service, link, tag, room } = await onStage()
      service.hook = (_user, called) => {
        if (called === action) throw new RoomApiError(code, 'no')
      }
      if (action === 'seat.push') link.camera.publisher.onCode(-1307)
      else void room.retry()
      await clock.pass(80_000)
      expect([link.state.phase, link.ended?.why, tag.cameraOn, room.phase]).toEqual(['off', why, false, 'on-air'])
    }
  },
)

test('a cut network: the seat is kept, and the same stream goes on with a fresh address (M60, M94)', async () => {
  const { clock, service, roomId, link, tag } = await onStage()
  const pushed = () => tag.pushing ?? ''
  const before = pushed()
  service.stage.ended(before)
  link.camera.publisher.onCode(-1307)
  await clock.pass(3000)
  expect(pushed().split('?')[0]).toBe(before.split('?')[0])
  expect(pushed()).not.toBe(before)
  expect([link.state.phase, service.stage.seatOf(roomId, 'bob')?.state]).toEqual(['on', 'on'])
})

test('a picture that the server does not receive is pushed again', async () => {
  const { clock, service, roomId, link, tag } = await onStage()
  await clock.pass(15_000)
  const before = tag.pushing
  service.stage.ended(before ?? '')
  await clock.pass(5000)
  expect([service.stage.seatOf(roomId, 'bob')?.state, link.state.phase, tag.pushing !== before]).toEqual([
    'on',
    'on',
    true,
  ])
})

test.each([3004, -1313])('a push that is refused for good (%i) ends in watching, not outside (M96)', async (code) => {
  const { clock, link, tag, room, service, roomId } = await onStage()
  for (let i = 0; i < 3; i++) {
    link.camera.publisher.onCode(code)
    await clock.pass(5000)
  }
  expect([link.state.phase, link.problem?.code, tag.cameraOn]).toEqual(['off', 'push-refused', false])
  expect([room.phase, service.stage.seatOf(roomId, 'bob')]).toEqual(['on-air', undefined])
})

test('page hidden and shown: the seat is kept, and the push goes on', async () => {
  const { clock, service, roomId, room, link, tag } = await onStage()
  const url = tag.pushing ?? ''
  room.hide()
  link.camera.publisher.onCode(5000)
  service.stage.ended(url)
  await clock.pass(20_000)
  expect([tag.pushing, service.stage.seatOf(roomId, 'bob')?.state]).toEqual([null, 'held'])
  room.show()
  await clock.pass(3000)
  expect([link.state.phase, service.stage.seatOf(roomId, 'bob')?.state]).toEqual(['on', 'on'])
})

test('hidden for too long: the seat is gone, and the camera does not come back', async () => {
  const { clock, service, room, link, tag } = await onStage()
  const url = tag.pushing ?? ''
  room.hide()
  link.camera.publisher.onCode(5000)
  service.stage.ended(url)
  await clock.pass(90_000)
  room.show()
  await clock.pass(3000)
  expect([link.state.phase, link.ended?.why, tag.cameraOn, room.phase]).toEqual(['off', 'lost', false, 'on-air'])
})

test('killed on stage: who comes back is asked first, and goes on from the same seat', async () => {
  const { clock, world, roomId, screen, service } = await onStage()
  screen.destroy()
  const again = guestOf(world.phone('bob'))
  await again.room.enter(roomId)
  await clock.pass(100)
  expect([again.link.state.phase, again.tag.cameraOn]).toEqual(['held', false])
  await again.link.confirm()
  await clock.pass(1000)
  expect([again.link.state, again.tag.cameraOn]).toEqual([{ phase: 'on', seat: 1 }, true])
  expect(service.stage.seatOf(roomId, 'bob')?.state).toBe('on')
})

test('quieted: microphone and camera are off and stay off, until the anchor says so and he wants to', async () => {
  const { clock, desk, link } = await onStage()
  const { publisher } = link.camera
  await desk.quiet(1, { mic: true, camera: true })
  await clock.pass(500)
  expect([publisher.muted, publisher.cameraOn]).toEqual([true, false])
  link.setMicOff(false)
  link.setCameraOff(false)
  expect([publisher.muted, publisher.cameraOn]).toEqual([true, false])
  await desk.quiet(1, { mic: false, camera: false })
  await clock.pass(500)
  expect([publisher.muted, publisher.cameraOn]).toEqual([true, false])
  link.setMicOff(false)
  link.setCameraOff(false)
  expect([publisher.muted, publisher.cameraOn]).toEqual([false, true])
})

test('what he turns off is told once for many taps, and again when the call was lost', async () => {
  const { clock, service, roomId, link } = await onStage()
  service.hook = (_user, action) => {
    if (action === 'seat.device') throw new RoomApiError('network', 'away')
  }
  for (const off of [true, false, true]) link.setMicOff(off)
  link.setCameraOff(true)
  await clock.pass(1000)
  expect(service.count('seat.device')).toBe(1)
  service.hook = () => {}
  await clock.pass(80_000)
  expect(service.stage.seatOf(roomId, 'bob')).toMatchObject({ micOff: true, cameraOff: true })
})

test('on stage he is a viewer all the same: both leases live for as long as he does', async () => {
  const { clock, service, roomId, link } = await onStage()
  const before = [service.count('sync', 'bob'), service.count('seat.beat', 'bob')] as const
  await clock.pass(10 * 60_000)
  expect([link.state.phase, service.stage.seatOf(roomId, 'bob')?.state]).toEqual(['on', 'on'])
  for (const [i, action] of (['sync', 'seat.beat'] as const).entries()) {
    const asked = service.count(action, 'bob') - (before[i] ?? 0)
    expect(asked).toBeGreaterThanOrEqual(8)
    expect(asked).toBeLessThanOrEqual(13)
  }
})
