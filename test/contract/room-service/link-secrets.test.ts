import { createHash } from 'node:crypto'
import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import type { Caller } from '../../../cloudfunctions/core/ports'
import { heldSeats } from '../../../cloudfunctions/core/seats'
import type { ActionName, Input } from '../../../miniprogram/protocol/actions'
import { config } from '../../support/room-config'
import { ask, goOnStage, takeSeat } from './link-people'
import { anna, bob, openWorld, person, type World } from './world'

const carol = person('openid-carol')
const dave = person('openid-dave')
const erin = person('openid-erin')

let world: World
let roomId: string
let bobs: { linkId: string; seat: number; stream: string }
beforeEach(async () => {
  world = await openWorld()
  const input = { title: 'A', cover: 'jade', requestId: 'r', lowLatency: 1 } as const
  roomId = (await world.actions.create(anna, input)).room.roomId
  const { stream } = await world.room(roomId)
  await world.begin(stream, 's1')
  bobs = await goOnStage(world, roomId)
  await takeSeat(world, roomId, erin)
  await world.actions.enter(dave, { roomId, lowLatency: true })
})
afterEach(() => world.close())

const streamsOf = (room: RoomDoc): string[] =>
  [room.stream, room.mix, ...heldSeats(room).map(({ doc }) => doc.stream), ...room.forbid].filter(Boolean)

/**
 * Streams of the room that whoever reads this could push: whatever the shape of the text, some signature in it is that
 * of the push key for one of them.
 */
async function pushable(said: unknown): Promise<string[]> {
  const text = JSON.stringify(said)
  const proofs = new Set(text.match(/\b[0-9a-f]{32}\b/g))
  const times = new Set(text.match(/\b[0-9A-F]{8}\b/g))
  const sign = (stream: string, time: string) =>
    createHash('md5').update(`${config.live.pushKey}${stream}${time}`).digest('hex')
  return streamsOf(await world.room(roomId)).filter((stream) =>
    [...times].some((time) => proofs.has(sign(stream, time))),
  )
}

/** Every action there is, as somebody who only watches would call it. A new action does not compile without its line. */
const everything = (linkId: string): { [A in ActionName]: Input<A> } => {
  const room = { roomId }
  const pk = { roomId, pkId: `p${'0'.repeat(24)}` }
  const ring = { ringId: `g${'0'.repeat(24)}` }
  const at = { roomId, seat: bobs.seat, epoch: 1 }
  const about = { roomId, userId: bob.userId }
  return {
    login: {},
    profile: { name: 'Carol' },
    list: {},
    create: { title: 'C', cover: 'jade', requestId: 'c' },
    update: { roomId, title: 'mine' },
    resume: room,
    push: { roomId, epoch: 1 },
    beat: { roomId, epoch: 1, version: 0 },
    enter: { roomId, lowLatency: true },
    sync: { roomId, version: 0 },
    leave: room,
    like: { roomId, count: 1 },
    close: room,
    'link.request': room,
    'link.cancel': { roomId, linkId },
    'link.list': room,
    'link.invite': about,
    'link.accept': { roomId, linkId },
    'link.reject': { roomId, linkId },
    'seat.take': room,
    'seat.push': at,
    'seat.beat': { ...at, version: 0 },
    'seat.device': { roomId, micOff: false, cameraOff: false },
    'seat.leave': room,
    'seat.kick': about,
    'seat.quiet': { roomId, seat: bobs.seat, mic: true, camera: true },
    'seat.hand': about,
    'seat.lock': { roomId, seat: 3, locked: true },
    'order.mute': { ...about, seconds: 60 },
    'order.muteAll': { roomId, on: true },
    'order.ban': { ...about, on: true },
    'order.remove': about,
    'order.admin': { ...about, on: true },
    'order.list': room,
    members: room,
    history: room,
    record: { roomId, on: true },
    recordings: {},
    'recording.delete': { recordingId: '1' },
    'pk.invite': { roomId, rivalRoomId: `r${'0'.repeat(24)}`, durationS: 60 },
    'pk.accept': pk,
    'pk.refuse': pk,
    'pk.end': pk,
    'pk.play': { roomId },
    'call.invite': { roomId, to: { userId: bob.userId }, requestId: 'ring' },
    'call.accept': ring,
    'call.refuse': ring,
    'call.cancel': ring,
    'call.status': { ringIds: [ring.ringId] },
    'call.missed': {},
    'queue.ready': { queue: 'desk', ready: true },
    'queue.list': {},
  }
}

/** What the caller is told, refused or not. */
async function callAll(caller: Caller, inputs: { [A in ActionName]: Input<A> }) {
  const answers = new Map<string, unknown>()
  for (const [action, input] of Object.entries(inputs)) {
    const call = world.actions[action as ActionName] as (caller: Caller, input: unknown) => Promise<unknown>
    const answer = await call(caller, input).catch(({ code, message, details }) => ({ code, message, details }))
    answers.set(action, answer)
    world.clock.now += 1000
  }
  return answers
}

it('M8: who only watches is told nothing by any action with which he could push to the room', async () => {
  const { link } = await ask(world, roomId, carol)
  const answers = await callAll(carol, everything(link.linkId))
  for (const [action, answer] of answers) expect([action, await pushable(answer)]).toEqual([action, []])
  expect((await world.room(roomId)).onStage).toContain(bob.userId)
})

it('M8: no list, notice or personal message holds such an address, whoever it is for', async () => {
  await world.actions['seat.kick'](anna, { roomId, userId: bob.userId })
  await world.actions.close(anna, { roomId })
  world.clock.now += 10_000
  await world.sweep()
  expect(world.notices.length).toBeGreaterThan(3)
  expect(world.told.length).toBeGreaterThan(2)
  expect(JSON.stringify([world.notices, world.told])).not.toContain('txSecret')
  expect(JSON.stringify(await world.actions.list(carol, { state: 'ended' }))).not.toContain('txSecret')
  expect(world.log.join('\n')).not.toContain('txSecret')
})

it('people on stage and counted viewers can, as documented, and only until they are off', async () => {
  const room = await world.room(roomId)
  const lowLatency = await world.actions.sync(dave, { roomId, version: 0 })
  expect(await pushable(lowLatency)).toEqual([room.stream])
  const mine = await world.actions['seat.push'](bob, { roomId, seat: bobs.seat, epoch: 1 })
  // Erin holds a seat: who is on stage knows where to see her before she pushes.
  const erins = heldSeats(room).find(({ doc }) => doc.userId === erin.userId)?.doc.stream ?? ''
  expect((await pushable(mine)).sort()).toEqual([room.stream, bobs.stream, erins].sort())
  await world.actions['seat.kick'](anna, { roomId, userId: bob.userId })
  await world.actions.leave(dave, { roomId })
  for (const who of [bob, dave]) {
    const answers = await callAll(who, { ...everything(bobs.linkId), enter: { roomId } })
    for (const action of ['sync', 'seat.push', 'seat.beat', 'seat.take'] as const) {
      expect([action, await pushable(answers.get(action))]).toEqual([action, []])
    }
  }
})

it('the names of streams are not told to who only watches but in the addresses that he plays', async () => {
  const seen = [
    await world.actions.enter(carol, { roomId }),
    await world.actions.list(carol, {}),
    world.notices,
    world.told,
  ]
  expect(JSON.stringify(seen)).not.toContain(bobs.stream)
})
