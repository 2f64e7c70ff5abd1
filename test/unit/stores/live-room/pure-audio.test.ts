import { reaction } from 'mobx-miniprogram'
import { stageOf } from '../../../support/fakes/link-mic'
import { World } from '../../../support/fakes/world'

const FORM = { title: 'Radio', cover: 'jade' } as const

function radio() {
  const world = new World()
  const phone = world.phone('ann')
  const { room, tag } = phone.anchor()
  const { publisher } = room
  if (!publisher) throw new Error('an anchor has a publisher')
  publisher.setPureAudio(true)
  return { world, phone, room, tag, publisher }
}

test('a show of voice alone asks for the microphone, never for the camera, and goes on air (M104)', async () => {
  const { world, phone, room, publisher } = radio()
  phone.device.answers.camera = 'denied'
  await room.start(FORM)
  await world.clock.pass(500)
  expect([room.phase, room.fault, phone.device.asked]).toEqual(['on-air', null, ['microphone']])
  expect([publisher.cameraOn, publisher.state]).toEqual([false, 'publishing'])
})

test('viewers are told that there is nothing to see, and told again when there is', async () => {
  const { world, room, publisher } = radio()
  await room.start(FORM)
  await world.clock.pass(1000)
  const viewer = world.phone('bob').viewer().room
  await viewer.enter(room.room?.roomId ?? '')
  const seen = () => viewer.stage.places.map(({ slot, cameraOff }) => [slot, cameraOff])
  expect(seen()).toEqual([['anchor', true]])
  publisher.setPureAudio(false)
  await world.clock.pass(1000)
  expect(seen()).toEqual([['anchor', false]])
})

test('taps on the camera are told as one, and a beat that is lost is said again by the next', async () => {
  const world = new World()
  const { room } = world.phone('ann').anchor()
  await room.start(FORM)
  await world.clock.pass(1000)
  const beats = () => world.service.calls.filter(([, action]) => action === 'beat').length
  const before = beats()
  for (const on of [false, true, false]) room.publisher?.setCameraOn(on)
  await world.clock.pass(1000)
  expect([beats(), room.room?.cameraOff]).toEqual([before + 1, true])
  world.service.down = true
  room.publisher?.setCameraOn(true)
  await world.clock.pass(1000)
  expect(room.room?.cameraOff).toBe(true)
  world.service.down = false
  await world.clock.pass(60_000)
  expect(room.room?.cameraOff).toBe(false)
})

test('nobody turns the camera of such a show on', async () => {
  const { publisher } = radio()
  publisher.setCameraOn(true)
  expect(publisher.cameraOn).toBe(false)
})

test('back to a picture: the user is asked first, and the camera opens then', async () => {
  const { world, phone, room, publisher } = radio()
  await room.start(FORM)
  await world.clock.pass(500)
  publisher.setPureAudio(false)
  expect([publisher.cameraOn, phone.device.asked]).toEqual([false, ['microphone', 'camera']])
  await world.clock.pass(0)
  expect(publisher.cameraOn).toBe(true)
})

test('of two changes of mind the last counts, however late the answer', async () => {
  const { world, publisher } = radio()
  publisher.setPureAudio(false)
  publisher.setPureAudio(true)
  await world.clock.pass(0)
  expect(publisher.cameraOn).toBe(false)
})

test('a viewer comes on stage without a picture, twice, and is not asked for one', async () => {
  const { clock, desk, link, room, phone } = await stageOf()
  // As the component does it: the page's wishes are handed on when there is a camera.
  const end = reaction(
    () => room.stage.camera,
    (camera) => camera?.setPureAudio(true),
  )
  for (const round of [1, 2]) {
    await link.request()
    await clock.pass(0)
    await desk.accept(desk.requests[0]?.link.linkId ?? '')
    await clock.pass(10)
    await link.confirm()
    await clock.pass(500)
    expect([round, link.state.phase, room.stage.camera?.cameraOn]).toEqual([round, 'on', false])
    await link.leave()
    await clock.pass(1000)
  }
  expect(phone.device.asked).not.toContain('camera')
  end()
})
