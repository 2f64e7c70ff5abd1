import type { RoomReason } from '../../../../miniprogram/protocol/room'
import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import type { ChatLine } from '../../../../miniprogram/stores/room/chat'
import { World } from '../../../support/fakes/world'

/** Bob watches the show of Ann, and reads. */
async function watching(notice = '') {
  const world = new World()
  const { clock, chat, service } = world
  const roomId = service.liveRoom('ann')
  if (notice) service.proclaim(roomId, notice)
  const bob = world.phone('bob')
  const { room, tag } = bob.viewer()
  const lines: ChatLine[] = []
  room.chat.onBatch((batch) => lines.push(...batch))
  await room.enter(roomId)
  await clock.pass(500)
  const told = async (data: object, from?: string) => {
    chat.tell('bob', { type: 'order', roomId, ...data }, from)
    await clock.pass(500)
  }
  return { world, clock, service, roomId, bob, room, tag, lines, told }
}

test.each(['removed', 'banned'] as const)('who is %s is out at once, with a word about it', async (what) => {
  const { bob, roomId, room, tag, told } = await watching()
  expect(bob.messenger.memberOf()).toEqual([roomId])
  await told({ what })
  expect([room.phase, room.fault?.code, room.fault?.remedy, tag.playing]).toEqual(['failed', what, 'none', null])
  expect(bob.messenger.memberOf()).toEqual([])
})

test('nobody but the server sends people out, and only out of the room that it names', async () => {
  const { room, told } = await watching()
  await told({ what: 'banned' }, 'mallory')
  await told({ what: 'banned', roomId: 'room-9' })
  await told({ what: 'dismissed' })
  expect([room.phase, room.fault]).toEqual(['on-air', null])
})

test('where the message about a ban was lost, the refusal of the next question ends the visit', async () => {
  const { world, clock, service, room } = await watching()
  service.hook = (user, action) => {
    if (user === 'bob' && action === 'sync') throw new RoomApiError('banned', 'not in this room')
  }
  await clock.pass(120_000)
  expect([room.phase, room.fault?.code]).toEqual(['failed', 'banned'])
  const asked = world.service.count('sync', 'bob')
  await clock.pass(300_000)
  expect(world.service.count('sync', 'bob')).toBe(asked)
})

test('who is muted, and may write again, reads it among the lines', async () => {
  const { room, lines, told } = await watching()
  await told({ what: 'muted', seconds: 60 })
  await told({ what: 'muted', seconds: 0 })
  expect(lines).toMatchObject([{ event: 'muted' }, { event: 'unmuted' }])
  expect(room.phase).toBe('on-air')
})

test('a newcomer knows that he is muted, and from when on he may write', async () => {
  const world = new World()
  const { clock, service } = world
  service.mutedForMs = 60_000
  const { room } = world.phone('bob').viewer()
  await room.enter(service.liveRoom('ann'))
  await clock.pass(500)
  expect([room.chat.bar, room.chat.mutedUntil]).toEqual(['muted', clock.now() + 59_500])
  await clock.pass(60_000)
  expect(room.chat.bar).toBeNull()
})

test('the notice of a room is read on entering and whenever it is another one', async () => {
  const { clock, service, roomId, lines } = await watching('Tea at five')
  service.streamEnded(roomId)
  service.proclaim(roomId, 'Tea at six')
  service.proclaim(roomId, '')
  await clock.pass(500)
  expect(lines.flatMap((line) => (line.kind === 'notice' ? line.text : []))).toEqual(['Tea at five', 'Tea at six'])
})

test.each([false, true])('the reason of the end is known, also when the message was lost: %j', async (lost) => {
  const reason: RoomReason = 'ended-by-operator'
  const { world, clock, service, roomId, room } = await watching()
  world.chat.loses = () => lost
  service.closeRoom(roomId, reason)
  await clock.pass(120_000)
  expect([room.phase, room.room?.reason]).toEqual(['ended', reason])
})

test('who follows a link into a show that the operator has ended reads so', async () => {
  const { world, service, roomId } = await watching()
  service.closeRoom(roomId, 'ended-by-operator')
  const { room } = world.phone('carol').viewer()
  await room.enter(roomId)
  expect([room.phase, room.room?.reason, room.summary?.totalViewers]).toEqual(['ended', 'ended-by-operator', 1])
})
