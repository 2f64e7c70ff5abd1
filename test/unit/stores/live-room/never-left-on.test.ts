import type { RoomApi } from '../../../../miniprogram/services/room-api/port'
import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { heldStage, onStage, stageOf } from '../../../support/fakes/link-mic'
import type { FakePusherTag } from '../../../support/fakes/media-tags'
import { type FakePhone, World } from '../../../support/fakes/world'

type Room = ReturnType<FakePhone['open']>
/** One person with a camera in a room; whoever else there is only makes his world. */
interface Scene {
  world: World
  phone: FakePhone
  room: Room
  tag: FakePusherTag
  roomId: string
  /** Timers of others, which outlive him. */
  others: number
}

const never = () => new Promise<void>(() => {})
const publisherOf = ({ room }: Scene) => room.publisher ?? room.link?.camera.publisher
const quietly = (api: RoomApi, run: (api: RoomApi) => Promise<unknown>) => void run(api).catch(() => {})

// ---- an anchor

async function anchor(): Promise<Scene> {
  const world = new World()
  const phone = world.phone('ann')
  const { room, tag } = phone.anchor()
  tag.outlives = true
  return { world, phone, room, tag, roomId: 'room-1', others: 0 }
}
async function onAir(): Promise<Scene> {
  const scene = await anchor()
  await scene.room.start({ title: 'A show', cover: 'jade' })
  await scene.world.clock.pass(20_000)
  return scene
}
const after = (begin: () => Promise<Scene>, happens: (scene: Scene) => unknown) => async () => {
  const scene = await begin()
  await happens(scene)
  await scene.world.clock.pass(10)
  return scene
}
/** The pusher waits for an address that does not come. */
const lostPush = (scene: Scene) => {
  scene.world.service.answerDelay = (_user, action) =>
    action === 'push' || action === 'seat.push' ? never() : undefined
  publisherOf(scene)?.onCode(-1307)
  return scene.world.clock.pass(5000)
}
const suspended = (scene: Scene) => publisherOf(scene)?.onCode(5000)
const hidden = (scene: Scene) => {
  scene.room.hide()
  suspended(scene)
}
const inCall = (scene: Scene) => {
  scene.phone.device.interrupt('begin')
  publisherOf(scene)?.onCode(5001)
}

const ANCHOR: Record<string, () => Promise<Scene>> = {
  preview: after(anchor, ({ room }) => room.prepare()),
  opening: after(anchor, ({ room, world }) => {
    world.service.answerDelay = (_user, action) => (action === 'create' ? never() : undefined)
    void room.start({ title: 'A show', cover: 'jade' })
  }),
  'on air': onAir,
  reconnecting: after(onAir, lostPush),
  suspended: after(onAir, suspended),
  hidden: after(onAir, hidden),
  'in a call': after(onAir, inCall),
  interrupted: after(onAir, ({ world, roomId }) => world.service.streamEnded(roomId)),
}

// ---- a guest

const guest = (begin: () => ReturnType<typeof onStage>) => async (): Promise<Scene> => {
  const { world, show, phone, room, tag, roomId } = await begin()
  tag.outlives = true
  // The anchor is elsewhere, and the sweeper goes on.
  show.end()
  return { world, phone, room, tag, roomId, others: 1 }
}
const asked = async (accepted: (stage: Awaited<ReturnType<typeof stageOf>>) => unknown) => {
  const stage = await stageOf()
  await accepted(stage)
  await stage.clock.pass(0)
  return stage
}
const on = guest(onStage)

const GUEST: Record<string, () => Promise<Scene>> = {
  asking: guest(() => asked(({ link }) => void link.request())),
  waiting: guest(() => asked(({ link }) => link.request())),
  invited: guest(() => asked(({ desk }) => desk.invite({ userId: 'bob', name: '' }))),
  held: guest(heldStage),
  joining: after(guest(heldStage), ({ room, world }) => {
    world.service.answerDelay = (user, action) => {
      if (user !== 'bob' || action !== 'seat.take') return undefined
      return new Promise((_resolve, reject) => {
        world.clock.after(10_000, () => reject(new RoomApiError('timeout', 'no answer')))
      })
    }
    void room.link?.confirm()
  }),
  on,
  reconnecting: after(on, lostPush),
  suspended: after(on, suspended),
  hidden: after(on, hidden),
  'in a call': after(on, inCall),
  'stopped by a fault': after(on, (scene) => publisherOf(scene)?.onError(10001)),
}

// ---- the ways out

/** Of anybody, from anywhere. */
const OUT: Record<string, (scene: Scene) => unknown> = {
  'the page goes': ({ room }) => room.end(),
  'hidden, then killed': async ({ room, world }) => {
    room.hide()
    await world.clock.pass(1000)
    room.end()
  },
  'the chat login is lost, and he goes': ({ phone, room }) => {
    phone.messenger.kick('multipleDevice')
    room.end()
  },
  'the server is gone, and he goes': ({ world, room }) => {
    world.service.down = true
    if (room.role === 'anchor') void room.close()
    else void room.leave()
  },
}
/** Of somebody who is in a room, if only his next question tells him. */
const SENT: Record<string, (scene: Scene) => unknown> = {
  'closed by the operator': ({ world, roomId }) => world.service.closeRoom(roomId, 'ended-by-operator'),
  'closed by the operator, and no message says so': ({ world, roomId }) => {
    world.chat.loses = () => true
    world.service.closeRoom(roomId, 'ended-by-operator')
  },
  banned: ({ world }) => {
    world.service.hook = () => {
      throw new RoomApiError('banned', 'by the operator')
    }
  },
}
const ANCHOR_OUT: Record<string, (scene: Scene) => unknown> = {
  ...OUT,
  close: ({ room }) => void room.close(),
}
const ANCHOR_SENT: Record<string, (scene: Scene) => unknown> = {
  ...SENT,
  superseded: ({ world, roomId }) => quietly(world.service.apiFor('ann'), (api) => api.call('resume', { roomId })),
}
const GUEST_OUT: Record<string, (scene: Scene) => unknown> = {
  ...OUT,
  ...SENT,
  'he leaves the room': ({ room }) => void room.leave(),
  'he goes over to another room': ({ room, world }) => void room.enter(world.service.liveRoom('eve')),
  'sent out': ({ world, roomId }) => world.chat.tell('bob', { type: 'order', roomId, what: 'removed' }),
}

/** Of somebody who has a seat: off the stage, and not out of the room. */
const OFF_STAGE: Record<string, (scene: Scene) => unknown> = {
  'he leaves the stage': ({ room }) => void room.link?.leave(),
  'sent off by the anchor': ({ world, roomId }) =>
    quietly(world.service.apiFor('ann'), (api) => api.call('seat.kick', { roomId, userId: 'bob' })),
  'on another device': ({ world, roomId }) => {
    world.service.answerDelay = () => undefined
    quietly(world.service.apiFor('bob'), async (api) => {
      const { push } = await api.call('seat.take', { roomId })
      world.service.streamStarted(push.url)
    })
  },
}

const table = (ways: Record<string, unknown>, exits: Record<string, unknown>) =>
  Object.keys(ways).flatMap((way) => Object.keys(exits).map((exit) => [way, exit] as const))

/** Off now, and whatever comes later; free for another; and nothing that still runs once the page is gone. */
async function expectSilence(scene: Scene): Promise<void> {
  const { world, phone, room, tag } = scene
  const off = () => [tag.cameraOn, tag.pushing, tag.mounted]
  expect(off()).toEqual([false, null, false])
  const other = phone.anchor()
  await other.room.prepare()
  expect(other.room.fault?.code).not.toBe('pusher-busy')
  other.room.end()

  for (const code of [1002, 1003, -1307, 5000]) publisherOf(scene)?.onCode(code)
  room.hide()
  room.show()
  phone.device.goOnline(true)
  phone.device.interrupt('end')
  phone.device.comeBack()
  await world.clock.pass(65_000)
  expect(off()).toEqual([false, null, false])

  room.end()
  await world.clock.pass(20_000)
  expect([world.clock.pending, phone.device.listeners, phone.device.screenHolders]).toEqual([scene.others, 0, 0])
}

test.each(table(ANCHOR, ANCHOR_OUT))(
  'an anchor, %s; %s: camera and microphone off at once (P9, M152)',
  async (way, exit) => {
    const scene = (await ANCHOR[way]?.()) as Scene
    await ANCHOR_OUT[exit]?.(scene)
    await scene.world.clock.pass(10)
    await expectSilence(scene)
  },
)

const inRoom = Object.fromEntries(Object.entries(ANCHOR).filter(([way]) => way !== 'preview' && way !== 'opening'))
test.each(table(inRoom, ANCHOR_SENT))(
  'an anchor, %s; %s: camera and microphone off when he hears of it',
  async (way, exit) => {
    const scene = (await ANCHOR[way]?.()) as Scene
    await ANCHOR_SENT[exit]?.(scene)
    // In the background nothing is asked: he hears of it when he is back.
    await scene.world.clock.pass(20_000)
    expect(way === 'hidden' && scene.tag.cameraOn).toBe(false)
    scene.room.show()
    await scene.world.clock.pass(75_000)
    expect(['ended', 'failed']).toContain(scene.room.phase)
    await expectSilence(scene)
  },
)

test.each(table(GUEST, GUEST_OUT))('a guest, %s; %s: camera and microphone off (P9)', async (way, exit) => {
  const scene = (await GUEST[way]?.()) as Scene
  await GUEST_OUT[exit]?.(scene)
  if (exit in SENT) {
    scene.room.show()
    await scene.world.clock.pass(75_000)
  }
  await scene.world.clock.pass(10)
  await expectSilence(scene)
})

const seated = Object.fromEntries(
  Object.entries(GUEST).filter(([way]) => way !== 'asking' && way !== 'waiting' && way !== 'invited'),
)
test.each(table(seated, OFF_STAGE))(
  'a guest, %s; %s: camera and microphone off, and he watches on (M96)',
  async (way, exit) => {
    const scene = (await GUEST[way]?.()) as Scene
    await OFF_STAGE[exit]?.(scene)
    scene.room.show()
    await scene.world.clock.pass(20_000)
    expect([scene.room.phase, scene.room.link?.state.phase]).toEqual(['on-air', 'off'])
    await expectSilence(scene)
  },
)
