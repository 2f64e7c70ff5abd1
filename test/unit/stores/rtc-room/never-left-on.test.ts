import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { type Caller, callerOf, callOf } from '../../../support/fakes/calls'
import type { World } from '../../../support/fakes/world'

/** One person with a camera in a call of Ann's; whoever else there is only makes his world. */
interface Scene extends Caller {
  world: World
  roomId: string
}
type Step = (scene: Scene) => unknown

const never = () => new Promise<void>(() => {})
const silent = (scene: Scene, ...actions: string[]) => {
  scene.world.service.answerDelay = (_user, action) => (actions.includes(action) ? never() : undefined)
}
const outside = (
  scene: Scene,
  run: (api: ReturnType<World['service']['apiFor']>) => Promise<unknown>,
  user = 'ann',
) => {
  scene.world.service.answerDelay = () => undefined
  void run(scene.world.service.apiFor(user)).catch(() => {})
}

async function begin(): Promise<Scene> {
  const { world, roomId, ann } = await callOf([])
  // Ann is in the call from another device, with nothing of it here.
  ann.room.publisher.dispatch({ type: 'release' })
  const bob = callerOf(world.phone('bob'))
  bob.tag.outlives = true
  return { world, roomId, ...bob }
}
const inCall: Step = async ({ room, roomId, world }) => {
  await room.enter(roomId)
  await world.clock.pass(20_000)
}
const lostPush: Step = async (scene) => {
  silent(scene, 'seat.push')
  scene.room.publisher.onCode(-1307)
  await scene.world.clock.pass(5000)
}

const STATES: Record<string, readonly Step[]> = {
  preview: [({ room }) => room.prepare()],
  'allowing the camera': [
    (scene) => {
      scene.phone.device.permissions.ensure = () => new Promise(() => {})
      void scene.room.enter(scene.roomId)
    },
  ],
  opening: [
    (scene) => {
      silent(scene, 'create')
      void scene.room.start({ title: 'Mine' })
    },
  ],
  entering: [
    (scene) => {
      silent(scene, 'enter')
      void scene.room.enter(scene.roomId)
    },
  ],
  answering: [
    (scene) => {
      silent(scene, 'call.accept')
      void scene.room.answer(scene.world.service.rings.ring(scene.roomId, 'ann', 'bob'))
    },
  ],
  'in the call': [inCall],
  'on hold': [inCall, ({ room }) => room.hold.setAway(true)],
  reconnecting: [inCall, lostPush],
  suspended: [inCall, ({ room }) => room.publisher.onCode(5000)],
  hidden: [
    inCall,
    ({ room }) => {
      room.hide()
      room.publisher.onCode(5000)
    },
  ],
  'in a phone call': [
    inCall,
    ({ room, phone }) => {
      phone.device.interrupt('begin')
      room.publisher.onCode(5001)
    },
  ],
  'stopped by a fault': [inCall, ({ room }) => room.publisher.onError(10001)],
}

/** Ways out that need nobody's answer. */
const OUT: Record<string, Step> = {
  'the page goes': ({ room }) => room.end(),
  'hidden, then killed': async ({ room, world }) => {
    room.hide()
    await world.clock.pass(1000)
    room.end()
  },
  'he hangs up': ({ room }) => void room.leave(),
  'the server is gone, and he hangs up': ({ world, room }) => {
    world.service.down = true
    void room.leave()
  },
  'the chat login is lost, and he hangs up': ({ phone, room }) => {
    phone.messenger.kick('multipleDevice')
    void room.leave()
  },
}

/** What somebody in the call hears of, if only by his next question. */
const SENT: Record<string, Step> = {
  'the call is ended': ({ world, roomId }) => world.service.closeRoom(roomId, 'ended-by-anchor'),
  'the call is ended, and no message says so': ({ world, roomId }) => {
    world.chat.loses = () => true
    world.service.closeRoom(roomId, 'ended-by-operator')
  },
  removed: (scene) => outside(scene, (api) => api.call('seat.kick', { roomId: scene.roomId, userId: 'bob' })),
  'sent out by order': ({ world, roomId }) => world.chat.tell('bob', { type: 'order', roomId, what: 'removed' }),
  banned: ({ world }) => {
    world.service.hook = () => {
      throw new RoomApiError('banned', 'by the operator')
    }
  },
  'taken over by another device': (scene) =>
    outside(scene, (api) => api.call('enter', { roomId: scene.roomId }), 'bob'),
}

async function reach(state: string): Promise<Scene> {
  const scene = await begin()
  for (const step of STATES[state] ?? []) await step(scene)
  await scene.world.clock.pass(10)
  return scene
}

/** Off, whatever comes later; free for another room; and nothing runs any more once the page is gone. */
async function expectSilence({ world, phone, room, tag }: Scene): Promise<void> {
  const off = () => [tag.cameraOn, tag.pushing, tag.mounted]
  expect(off()).toEqual([false, null, false])
  const lease = phone.kit.openRtcRoom()
  void lease.prepare()
  await world.clock.pass(10)
  expect(lease.fault?.code).not.toBe('pusher-busy')
  lease.end()

  for (const code of [1002, 1003, -1307, 5000]) room.publisher.onCode(code)
  room.hide()
  room.show()
  phone.device.goOnline(true)
  phone.device.interrupt('end')
  phone.device.comeBack()
  await world.clock.pass(65_000)
  expect(off()).toEqual([false, null, false])

  room.end()
  await world.clock.pass(20_000)
  expect([phone.device.listeners, phone.device.screenHolders, phone.messenger.listeners]).toEqual([0, 0, 0])
}

const table = (states: readonly string[], ways: Record<string, Step>) =>
  states.flatMap((state) => Object.keys(ways).map((way) => [state, way] as const))

test.each(table(Object.keys(STATES), OUT))(
  '%s; %s: camera and microphone off at once (P9, M152)',
  async (state, way) => {
    const scene = await reach(state)
    await OUT[way]?.(scene)
    await scene.world.clock.pass(10)
    await expectSilence(scene)
  },
)

const BEFORE = ['preview', 'allowing the camera', 'opening', 'entering', 'answering']
const there = Object.keys(STATES).filter((state) => !BEFORE.includes(state))
test.each(table(there, SENT))('%s; %s: camera and microphone off when he hears of it (M96)', async (state, way) => {
  const scene = await reach(state)
  await SENT[way]?.(scene)
  await scene.world.clock.pass(20_000)
  expect(state === 'hidden' && scene.tag.cameraOn).toBe(false)
  scene.room.show()
  await scene.world.clock.pass(75_000)
  expect(['ended', 'failed']).toContain(scene.room.phase)
  await expectSilence(scene)
})
