import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { PLAYER_CODES, PUSHER_CODES } from '../../../../miniprogram/stores/media/codes'
import type { FakePhone } from '../../../support/fakes/world'
import { World } from '../../../support/fakes/world'
import fc from '../../../support/property'

type Anchor = ReturnType<FakePhone['anchor']>
type Viewer = ReturnType<FakePhone['viewer']>
interface Stage {
  world: World
  phone: FakePhone
}

const FORM = { title: 'A show', cover: 'jade' } as const

/** What can happen to a room that somebody has on a phone, whoever it is. */
const common = (run: (stage: Stage & { room: Anchor['room'] }) => unknown) => run
const COMMON = {
  hide: common(({ room }) => room.hide()),
  show: common(({ room }) => room.show()),
  like: common(({ room }) => room.like(3)),
  line: common(({ room }) => void room.chat.send('a line')),
  retry: common(({ room }) => void room.retry()),
  settings: common(({ room }) => void room.openSettings()),
  cutChat: common(({ phone }) => phone.messenger.disconnect()),
  healChat: common(({ phone }) => phone.messenger.reconnect()),
  kick: common(({ phone }) => phone.messenger.kick('multipleDevice')),
  expire: common(({ phone }) => phone.messenger.kick('expired')),
  serverDown: common(({ world }) => {
    world.service.down = true
  }),
  serverUp: common(({ world }) => {
    world.service.down = false
  }),
  limited: common(({ world }) => {
    let left = 2
    world.service.hook = () => {
      left--
      if (left >= 0) throw new RoomApiError('rate-limited', 'slowly', { retryInMs: 500 })
    }
  }),
  streamEnded: common(({ world }) => {
    for (const id of world.service.rooms.keys()) world.service.streamEnded(id)
  }),
  graceOver: common(({ world }) => {
    for (const id of world.service.rooms.keys()) world.service.closeRoom(id, 'grace-over')
  }),
  offline: common(({ phone }) => phone.device.goOnline(false)),
  online: common(({ phone }) => phone.device.goOnline(true)),
  callBegins: common(({ phone }) => phone.device.interrupt('begin')),
  callEnds: common(({ phone }) => phone.device.interrupt('end')),
}

const anchors = (run: (stage: Stage & Anchor) => unknown) => run
const ANCHOR = {
  ...COMMON,
  prepare: anchors(({ room }) => void room.prepare()),
  start: anchors(({ room }) => void room.start(FORM)),
  close: anchors(({ room }) => void room.close()),
  otherDevice: anchors(({ world }) => {
    for (const id of world.service.rooms.keys()) {
      void world.service
        .apiFor('ann')
        .call('resume', { roomId: id })
        .catch(() => {})
    }
  }),
  resume: anchors(({ room }) => void room.resumeShow('room-1')),
  denied: anchors(({ phone }) => {
    phone.device.answers.camera = 'denied'
  }),
  granted: anchors(({ phone }) => {
    phone.device.answers.camera = 'granted'
  }),
  mode: anchors(({ room }) => room.publisher?.setMode('FHD')),
  flip: anchors(({ room }) => room.publisher?.flip()),
  silentTag: anchors(({ tag }) => {
    tag.manner = 'silent'
  }),
  refusingTag: anchors(({ tag }) => {
    tag.manner = 'refuses'
  }),
}
const viewers = (run: (stage: Stage & Viewer) => unknown) => run
const VIEWER = {
  ...COMMON,
  enter: viewers(({ room }) => void room.enter('room-1')),
  enterOther: viewers(({ room }) => void room.enter('room-2')),
  enterNone: viewers(({ room }) => void room.enter('room-9')),
  leave: viewers(({ room }) => void room.leave()),
  error: viewers(({ room }) => room.playback?.onError()),
}

/** Half of the stories begin with a show that runs. */
const moves = (names: string[], codes: Iterable<number>, opening: string) =>
  fc
    .tuple(fc.boolean(), anything(names, codes))
    .map(([running, steps]) => [...(running ? [{ move: opening, wait: 400 }] : []), ...steps])

const anything = (names: string[], codes: Iterable<number>) =>
  fc.array(
    fc.record({
      move: fc.oneof(fc.constantFrom(...names), fc.constantFrom(...codes, 12345)),
      wait: fc.constantFrom(0, 0, 50, 400, 1500, 12_000, 70_000),
    }),
    { maxLength: 14 },
  )

/** Nothing of the room is left: neither now, nor after whatever was still under way. */
async function expectSilence({ world, phone }: Stage, tag: { done: string[] }, room: Anchor['room']) {
  for (const wait of [0, 100, 100_000]) {
    await world.clock.pass(wait)
    expect({ timers: world.clock.pending, device: phone.device.listeners, chat: phone.messenger.listeners }).toEqual({
      timers: 0,
      device: 0,
      chat: 0,
    })
    expect([phone.device.screenHolders, phone.messenger.memberOf(), room.phase]).toEqual([0, [], 'ended'])
  }
  const { length } = tag.done
  const calls = world.service.calls.length
  await world.clock.pass(200_000)
  expect([tag.done.length, world.service.calls.length]).toEqual([length, calls])
}

test('anchor: whatever happened, after end() camera off, no URL, no timer, no listener (M64, M111, M152, promise 1)', async () => {
  await fc.assert(
    fc.asyncProperty(moves(Object.keys(ANCHOR), PUSHER_CODES.keys(), 'start'), async (steps) => {
      const world = new World()
      const phone = world.phone('ann')
      const { room, tag } = phone.anchor()
      const stage = { world, phone, room, tag }
      for (const { move, wait } of steps) {
        if (typeof move === 'number') room.publisher?.onCode(move)
        else ANCHOR[move as keyof typeof ANCHOR](stage)
        await world.clock.pass(wait)
      }
      tag.manner = 'answers'
      room.end()
      room.end()
      expect([room.publisher?.active, room.publisher?.url, tag.cameraOn]).toEqual([false, '', false])
      await world.clock.pass(100)
      await expectSilence(stage, tag, room)
      for (const run of Object.values(ANCHOR)) run(stage)
      expect([room.publisher?.active, room.publisher?.url, tag.cameraOn, room.phase]).toEqual([
        false,
        '',
        false,
        'ended',
      ])
    }),
    { numRuns: 150 },
  )
})

test('viewer: whatever happened, after end() no player, no address, no timer, no listener (M89, M111)', async () => {
  await fc.assert(
    fc.asyncProperty(moves(Object.keys(VIEWER), PLAYER_CODES.keys(), 'enter'), async (steps) => {
      const world = new World()
      world.service.liveRoom('ann')
      world.service.liveRoom('eve')
      const phone = world.phone('bob')
      const { room, tag, screen } = phone.viewer()
      const stage = { world, phone, room, tag, screen }
      for (const { move, wait } of steps) {
        if (typeof move === 'number') room.playback?.onCode(move)
        else VIEWER[move as keyof typeof VIEWER](stage)
        await world.clock.pass(wait)
      }
      room.end()
      expect([room.playback?.active ?? false, room.playback?.src ?? '', tag.playing]).toEqual([false, '', null])
      await world.clock.pass(100)
      await expectSilence(stage, tag, room)
      for (const run of Object.values(VIEWER)) run(stage)
      expect([room.playback?.active ?? false, tag.playing, room.phase]).toEqual([false, null, 'ended'])
    }),
    { numRuns: 150 },
  )
})

test('a viewer comes to the truth whatever messages were lost, doubled or late (promise 8)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      fc.integer({ min: 1, max: 9 }),
      async (lost, n) => {
        const world = new World()
        const roomId = world.service.liveRoom('ann')
        const bob = world.phone('bob')
        const { room } = bob.viewer()
        await room.enter(roomId)
        let i = 0
        world.chat.loses = () => lost[i++ % lost.length] === true
        const ann = world.service.apiFor('ann')
        for (let k = 0; k < n; k++) {
          const { push } = await ann.call('resume', { roomId })
          await world.clock.pass(k % 2 === 0 ? 50 : 3000)
          if (k % 3 !== 2) world.service.streamStarted(push.url)
        }
        await world.clock.pass(80_000)
        const truth = world.service.rooms.get(roomId)?.view
        expect([room.room?.version, room.room?.state, room.room?.epoch]).toEqual([
          truth?.version,
          truth?.state,
          truth?.epoch,
        ])
        room.end()
      },
    ),
    { numRuns: 60 },
  )
})

test('a page that ends its show while it is left has ended it (M108)', async () => {
  const world = new World()
  const { room } = world.phone('ann').anchor()
  await room.start({ title: 'A show', cover: 'jade' })
  await world.clock.pass(500)
  void room.close()
  room.end()
  await world.clock.pass(500)
  expect([world.service.count('close'), room.phase]).toEqual([1, 'ended'])
})
