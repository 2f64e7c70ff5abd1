import { RoomApiError } from '../../../../../miniprogram/services/room-api/port'
import { heldStage, onStage, stageOf } from '../../../../support/fakes/link-mic'

test('ask, wait, see oneself, say ready, be on stage, and watch again', async () => {
  const { clock, service, roomId, desk, link, room, tag, screen } = await stageOf()
  expect([link.possible, link.state.phase, tag.mounted]).toEqual([true, 'off', false])
  await link.request()
  await clock.pass(0)
  expect(link.state).toMatchObject({ phase: 'waiting', position: 1, endsAt: clock.now() + 30_000 })
  expect(desk.requests).toMatchObject([{ link: { user: { userId: 'bob' } }, busy: false }])
  await desk.accept(desk.requests[0]?.link.linkId ?? '')
  await clock.pass(10)
  expect([link.state, desk.requests]).toMatchObject([{ phase: 'held', seat: 1 }, []])
  expect(link.state).toMatchObject({ endsAt: clock.now() - 10 + 30_000 })
  expect([tag.previewing, tag.pushing, room.stage.camera]).toEqual([true, null, link.camera.publisher])
  await link.confirm()
  expect(link.state.phase).toBe('joining')
  await clock.pass(500)
  expect([link.state, tag.pushing?.split('?')[0]]).toEqual([{ phase: 'on', seat: 1 }, 'rtmp://push/live/room-1_s1_1'])
  expect(service.stage.seatOf(roomId, 'bob')?.state).toBe('on')
  expect(screen.playing).toEqual({ 'anchor-2': 'rtmp://play/live/room-1_1' })
  await link.leave()
  await clock.pass(1000)
  expect([link.state.phase, tag.cameraOn, tag.mounted, link.ended]).toEqual(['off', false, false, null])
  expect([service.stage.seatOf(roomId, 'bob'), link.possible, room.phase]).toEqual([undefined, true, 'on-air'])
  expect(screen.playing).toEqual({ 'anchor-3': 'http://play/live/room-1_1.flv' })
})

test('request, link, leave, and request again: the room is the same one, and the chat works (M63)', async () => {
  const { clock, desk, link, room, roomId, tag } = await onStage()
  for (let again = 0; again < 2; again++) {
    await link.leave()
    await clock.pass(1500)
    await link.request()
    await clock.pass(100)
    await desk.accept(desk.requests[0]?.link.linkId ?? '')
    await clock.pass(100)
    await link.confirm()
    await clock.pass(1000)
    expect([link.state.phase, tag.pushing !== null, room.room?.roomId, room.phase]).toEqual([
      'on',
      true,
      roomId,
      'on-air',
    ])
    expect(await room.chat.send('hello')).toBe(true)
  }
})

test('a no is a no, with the reason of the anchor (M70, M72)', async () => {
  const { clock, desk, link } = await stageOf()
  await link.request()
  await clock.pass(0)
  await desk.reject(desk.requests[0]?.link.linkId ?? '', 'later, perhaps')
  await clock.pass(0)
  expect([link.state.phase, link.ended]).toEqual(['off', { why: 'rejected', reason: 'later, perhaps' }])
  await link.request()
  expect(link.ended).toBeNull()
})

test('an answer that is faster than the answer to the request is heard', async () => {
  const { clock, world, service, roomId, link } = await stageOf()
  service.answerDelay = (_user, action) => (action === 'link.request' ? clock.pass(0) : undefined)
  const asking = link.request()
  await clock.pass(0)
  world.chat.tell('bob', { type: 'link-answer', roomId, linkId: 'link-1', answer: 'rejected', reason: 'no' })
  await asking
  await clock.pass(0)
  expect(link.state.phase === 'off' ? link.ended : link.state).toEqual({ why: 'rejected', reason: 'no' })
})

test('nobody answers: the request is over by the clock of this phone, whatever messages are lost', async () => {
  const { clock, world, link } = await stageOf()
  world.chat.loses = () => true
  await link.request()
  await clock.pass(33_000)
  expect([link.state.phase, link.ended?.why, link.possible]).toEqual(['off', 'expired', true])
})

test('a lost yes is found in the seats long before the seat is lost (M61)', async () => {
  const { clock, world, service, roomId, ann, link } = await stageOf()
  await link.request()
  world.chat.loses = (_message, to) => to === 'bob'
  const tell = world.chat.tell.bind(world.chat)
  world.chat.tell = (userId, ...rest) => (userId === 'bob' ? undefined : tell(userId, ...rest))
  await service.apiFor('ann').call('link.accept', { roomId, linkId: 'link-1' })
  await clock.pass(15_000)
  expect([link.state.phase, ann.user]).toEqual(['held', 'ann'])
})

test('late, repeated and forged answers do nothing (M69, M71, M74)', async () => {
  const { clock, world, service, roomId, link, tag } = await onStage()
  await link.leave()
  await clock.pass(1000)
  const calls = service.calls.length
  const say = (message: object, from?: string) => world.chat.tell('bob', { roomId, ...message }, from)
  for (const answer of ['accepted', 'rejected', 'cancelled', 'expired']) {
    say({ type: 'link-answer', linkId: 'link-1', answer, seat: 1 })
    say({ type: 'link-answer', linkId: 'link-77', answer, seat: 1 })
  }
  await link.request()
  await clock.pass(0)
  const waiting = link.state
  say({ type: 'link-answer', linkId: 'link-1', answer: 'rejected' })
  const { linkId } = waiting as { linkId: string }
  for (const answer of ['rejected', 'accepted']) say({ type: 'link-answer', linkId, answer, seat: 1 }, 'eve')
  say(
    { type: 'link', link: { linkId: 'x', kind: 'invite', user: { userId: 'bob', name: '' }, expiresInMs: 1e4 } },
    'eve',
  )
  say({ type: 'link', link: { linkId: 'y', kind: 'invite', user: { userId: 'eve', name: '' }, expiresInMs: 1e4 } })
  await clock.pass(0)
  expect([link.state, link.ended, tag.cameraOn, tag.mounted]).toEqual([waiting, null, false, false])
  expect(service.calls.length - calls).toBe(1)
})

test('two taps are one request, one confirmation, one way off', async () => {
  const { clock, service, desk, link } = await stageOf()
  await Promise.all([link.request(), link.request()])
  await clock.pass(100)
  const { linkId } = desk.requests[0]?.link ?? { linkId: '' }
  await Promise.all([desk.accept(linkId), desk.accept(linkId)])
  await clock.pass(100)
  await Promise.all([link.confirm(), link.confirm()])
  await clock.pass(1000)
  await Promise.all([link.leave(), link.leave()])
  const counts = ['link.request', 'link.accept', 'seat.take', 'seat.leave'] as const
  expect(counts.map((action) => service.count(action))).toEqual([1, 1, 1, 1])
})

test('taken back while it is on its way, or just when the anchor says yes: no seat, no camera', async () => {
  const { clock, service, roomId, desk, link, tag } = await stageOf()
  const asking = link.request()
  await link.cancel()
  await asking
  await clock.pass(500)
  expect([link.state.phase, service.stage.links(roomId), desk.requests]).toEqual(['off', [], []])
  await link.request()
  await clock.pass(0)
  const { linkId } = desk.requests[0]?.link ?? { linkId: '' }
  await Promise.all([desk.accept(linkId), link.cancel()])
  await clock.pass(1000)
  expect([link.state.phase, service.stage.seatOf(roomId, 'bob'), tag.cameraOn]).toEqual(['off', undefined, false])
})

test('an invitation: accepted, declined with a reason, withdrawn, expired; repeats of it are known', async () => {
  const { clock, world, roomId, service, desk, link } = await stageOf()
  const invite = async () => {
    await desk.invite({ userId: 'bob', name: '' })
    await clock.pass(0)
  }
  await invite()
  expect([link.state.phase, desk.invitations.length]).toEqual(['invited', 1])
  await link.decline('not now')
  await clock.pass(0)
  expect([link.state.phase, desk.invitations.length]).toEqual(['off', 0])
  const old = { linkId: 'link-1', kind: 'invite', user: { userId: 'bob', name: '' }, expiresInMs: 9000 }
  world.chat.tell('bob', { type: 'link', roomId, link: old })
  expect(link.state.phase).toBe('off')
  await invite()
  await desk.uninvite(desk.invitations[0]?.link.linkId ?? '')
  await clock.pass(0)
  expect([link.state.phase, link.ended?.why]).toEqual(['off', 'withdrawn'])
  await invite()
  await clock.pass(32_000)
  expect([link.state.phase, link.ended?.why, desk.invitations]).toEqual(['off', 'expired', []])
  await invite()
  await link.accept()
  await clock.pass(100)
  expect([link.state.phase, service.stage.seatOf(roomId, 'bob')?.seat]).toEqual(['held', 1])
})

test('an invitation that was withdrawn meanwhile says so, and seats nobody (M69)', async () => {
  const { clock, world, service, roomId, desk, link, tag } = await stageOf()
  await desk.invite({ userId: 'bob', name: '' })
  await clock.pass(0)
  world.chat.tell = () => {}
  await desk.uninvite(desk.invitations[0]?.link.linkId ?? '')
  await link.accept()
  expect([link.state.phase, link.problem?.code, tag.mounted]).toEqual(['off', 'stale', false])
  expect(service.stage.seatOf(roomId, 'bob')).toBeUndefined()
})

test('who does not say that he is ready loses the seat, and his camera is off', async () => {
  const { clock, link, tag } = await heldStage()
  expect(tag.previewing).toBe(true)
  await clock.pass(35_000)
  expect([link.state.phase, link.ended?.why, tag.cameraOn]).toEqual(['off', 'not-confirmed', false])
})

test.each([
  ['microphone', 'denied', 'permission-microphone'],
  ['camera', 'denied', 'permission-camera'],
  ['microphone', 'privacy-refused', 'privacy'],
] as const)('%s %s: the seat waits, no tag is mounted, and it goes on when it is given', async (what, answer, code) => {
  const stage = await stageOf()
  const { clock, desk, link, tag, phone, room } = stage
  phone.device.answers[what] = answer
  await link.request()
  await clock.pass(100)
  await desk.accept(desk.requests[0]?.link.linkId ?? '')
  await clock.pass(100)
  expect([link.state.phase, link.problem?.code, tag.mounted]).toEqual(['held', code, false])
  await link.confirm()
  expect([link.state.phase, link.problem?.code, stage.service.count('seat.take')]).toEqual(['held', code, 0])
  phone.device.inSettings = () => {
    phone.device.answers[what] = 'granted'
  }
  await room.openSettings()
  expect([link.problem, tag.previewing]).toEqual([null, true])
  await link.confirm()
  await clock.pass(500)
  expect([link.state.phase, phone.device.asked[0]]).toEqual(['on', 'microphone'])
})

test('the camera of another room on this phone is not taken away', async () => {
  const { clock, desk, link, tag, phone } = await stageOf()
  const other = phone.anchor()
  await other.room.prepare()
  await link.request()
  await clock.pass(100)
  await desk.accept(desk.requests[0]?.link.linkId ?? '')
  await clock.pass(100)
  expect([link.state.phase, link.problem?.code, tag.mounted, other.tag.previewing]).toEqual([
    'held',
    'pusher-busy',
    false,
    true,
  ])
  other.room.end()
  await link.confirm()
  await clock.pass(500)
  expect([link.state.phase, link.problem]).toEqual(['on', null])
})

test('a server that is away: the problem is said, the seat stays, and another tap goes on', async () => {
  const { clock, service, link, tag } = await heldStage()
  service.hook = (_user, action) => {
    if (action === 'seat.take') throw new RoomApiError('timeout', 'no answer')
  }
  await link.confirm()
  expect([link.state.phase, link.problem?.code, link.busy, tag.previewing]).toEqual(['held', 'network', false, true])
  service.hook = () => {}
  await link.confirm()
  await clock.pass(500)
  expect([link.state.phase, link.problem]).toEqual(['on', null])
})

describe('an invitation whose word was lost', () => {
  const invited = async () => {
    const stage = await stageOf()
    const { clock, world, service, roomId } = stage
    world.chat.tell = () => {}
    await service.apiFor('ann').call('link.invite', { roomId, userId: 'bob' })
    await clock.pass(100)
    expect(stage.link.state.phase).toBe('off')
    return stage
  }

  test('is in the next answer of the server, once; what was declined does not come back', async () => {
    const { clock, room, link } = await invited()
    await room.retry()
    await clock.pass(100)
    const { state } = link
    expect(state).toEqual({ phase: 'invited', linkId: 'link-1', endsAt: clock.now() - 100 + 29_900 })
    await room.retry()
    await clock.pass(100)
    expect(link.state).toBe(state)
    const declining = link.decline()
    await room.retry()
    await declining
    await clock.pass(100)
    expect(link.state.phase).toBe('off')
  })

  test('meets who comes in again', async () => {
    const { clock, world, roomId } = await invited()
    const { room } = world.phone('bob').viewer()
    await room.enter(roomId)
    await clock.pass(100)
    expect(room.link?.state.phase).toBe('invited')
  })
})
