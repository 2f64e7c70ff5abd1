import { barOf } from '../../../../miniprogram/stores/media/refusal'
import { SILENCE_MS } from '../../../../miniprogram/stores/media/silence'
import { World } from '../../../support/fakes/world'

const FORM = { title: 'A show', cover: 'jade' } as const
const BARRED = 'operateLivePusher:fail jsapi has no permission, event=operateLivePusher, runningState=foreground'

test.each([
  [BARRED, 'capability-account'],
  ['insertLivePusher:fail:access denied', 'capability-account'],
  ['startPreview:fail api scope is not declared in the privacy agreement', 'privacy-undeclared'],
  ['startPreview:fail privacy permission is not authorized', 'privacy'],
  // P8: only the background speaks here.
  ['operateLivePusher:fail jsapi has no permission, runningState=background', null],
  ['operateLivePusher:fail:access denied, errno 102', null],
  ['fail: url is empty', null],
  ['', null],
])('"%s" is read as %s', (errMsg, bar) => {
  expect([barOf({ errMsg }), barOf(new Error(errMsg))]).toEqual([bar, bar])
})

test('nothing but a failure is read as nothing', () => {
  expect([null, undefined, 7, 'no', {}, { errMsg: 5 }].map(barOf)).toEqual([null, null, null, null, null, null])
  expect([barOf({ errno: 112 }), barOf({ errno: 104 }), barOf({ errno: 102, errMsg: 'access denied' })]).toEqual([
    'privacy-undeclared',
    'privacy',
    null,
  ])
})

function anchor() {
  const world = new World()
  const phone = world.phone('ann')
  return { world, phone, ...phone.anchor() }
}

test('a pusher that the account may not use says which switch, and leaves nothing on (P1)', async () => {
  const { world, room, tag } = anchor()
  tag.manner = 'refuses'
  tag.reason = BARRED
  await room.prepare()
  await world.clock.pass(0)
  expect([room.fault?.code, room.fault?.remedy, room.phase, tag.cameraOn]).toEqual([
    'capability-account',
    'retry',
    'setup',
    false,
  ])
  tag.manner = 'answers'
  await room.retry()
  await world.clock.pass(0)
  expect([room.fault, tag.previewing]).toEqual([null, true])
})

test('a pusher that keeps silent is named after a while, and believed as soon as it speaks (P1)', async () => {
  const { world, room, tag } = anchor()
  tag.manner = 'silent'
  await room.prepare()
  await world.clock.pass(SILENCE_MS - 500)
  expect(room.fault).toBeNull()
  await world.clock.pass(1000)
  expect(room.fault?.code).toBe('capability-account')
  room.publisher?.onCode(1003)
  expect(room.fault).toBeNull()
  await world.clock.pass(60_000)
  expect(room.fault).toBeNull()
})

test('a silence in the background, or of a preview without a camera, means nothing (P8)', async () => {
  const away = anchor()
  away.tag.manner = 'silent'
  await away.room.prepare()
  away.room.hide()
  await away.world.clock.pass(SILENCE_MS * 2)
  expect(away.room.fault).toBeNull()

  const voice = anchor()
  voice.tag.manner = 'silent'
  voice.room.publisher?.setCameraOn(false)
  await voice.room.prepare()
  await voice.world.clock.pass(SILENCE_MS * 2)
  expect(voice.room.fault).toBeNull()
})

test('a refusal that arrives in the background is no missing capability (P8)', async () => {
  const { world, room, tag } = anchor()
  await room.start(FORM)
  await world.clock.pass(500)
  room.hide()
  room.publisher?.dispatch({ type: 'barred', fault: 'capability-account' })
  expect([room.fault, room.publisher?.state]).toEqual([null, 'publishing'])
  expect(tag.mounted).toBe(true)
})

test('an error event with the words of a refusal, and one with a code of its own', async () => {
  const { world, room } = anchor()
  await room.prepare()
  await world.clock.pass(0)
  room.publisher?.onError(10001, 'access denied')
  expect(room.fault?.code).toBe('permission-camera')
  await room.retry()
  room.publisher?.onError(-1, 'insertLivePusher:fail:access denied')
  expect(room.fault?.code).toBe('capability-account')
})

test.each(['refuses', 'silent'] as const)(
  'a player that %s: a viewer is told, and keeps the chat (P1)',
  async (manner) => {
    const world = new World()
    const roomId = world.service.liveRoom('ann')
    const { room, tag, screen } = world.phone('bob').viewer()
    tag.manner = manner
    tag.reason = 'operateLivePlayer:fail jsapi has no permission'
    screen.plays = () => false
    await room.enter(roomId)
    await world.clock.pass(SILENCE_MS + 1000)
    expect([room.fault?.code, room.phase]).toEqual(['capability-account', 'on-air'])
    tag.manner = 'answers'
    screen.plays = () => true
    await room.retry()
    await world.clock.pass(30_000)
    expect([room.fault, room.playback?.state]).toEqual([null, 'playing'])
  },
)

test('a WeChat without the tags: the anchor and the viewer are told before anything is asked for (P6)', async () => {
  const { room, phone, tag, world } = anchor()
  phone.device.mediaGap = 'library'
  await room.start(FORM)
  expect([room.fault?.code, phone.device.asked, tag.mounted, world.service.count('create')]).toEqual([
    'capability-library',
    [],
    false,
    0,
  ])
  const bob = world.phone('bob')
  bob.device.mediaGap = 'library'
  const viewer = bob.viewer()
  await viewer.room.enter(world.service.liveRoom('carl'))
  expect([viewer.room.fault?.code, viewer.room.phase, viewer.tag.mounted]).toEqual([
    'capability-library',
    'on-air',
    false,
  ])
})

test('a guideline that names no camera is told apart from a user who says no (P80)', async () => {
  const { room, phone, tag } = anchor()
  phone.device.answers.microphone = 'privacy-undeclared'
  await room.prepare()
  expect([room.fault?.code, room.fault?.remedy, tag.mounted]).toEqual(['privacy-undeclared', 'retry', false])
})

test('denied, allowed in the settings, back: it goes on without another tap (P86)', async () => {
  const { room, phone, tag, world } = anchor()
  phone.device.answers.camera = 'denied'
  await room.prepare()
  phone.device.comeBack()
  await world.clock.pass(0)
  expect(room.fault?.code).toBe('permission-camera')
  phone.device.answers.camera = 'granted'
  phone.device.comeBack()
  await world.clock.pass(0)
  expect([room.fault, tag.previewing]).toEqual([null, true])
  const { asked } = phone.device
  const before = asked.length
  phone.device.comeBack()
  await world.clock.pass(0)
  expect(asked).toHaveLength(before)
})

test('who did not agree to the guideline is not asked again by coming back (P83)', async () => {
  const { room, phone, world } = anchor()
  phone.device.answers.microphone = 'privacy-refused'
  await room.prepare()
  phone.device.comeBack()
  await world.clock.pass(0)
  expect([room.fault?.code, phone.device.asked]).toEqual(['privacy', ['microphone']])
})
