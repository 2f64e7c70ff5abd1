import type { RoomView } from '../../../../../miniprogram/protocol/room'
import { heldStage, onStage, stageOf } from '../../../../support/fakes/link-mic'
import { World } from '../../../../support/fakes/world'

const PK: NonNullable<RoomView['pk']> = {
  pkId: 'pk-1',
  state: 'on',
  rival: { roomId: 'room-9', title: 'Other', anchor: { userId: 'eve', name: 'Eve' } },
  startedAt: 0,
  endsInMs: 60_000,
}
const rtc = (name: string) => `rtmp://play/live/${name}`
const flv = (name: string) => `http://play/live/${name}.flv`

/** Keys of the tiles that are there, those that are on their way out marked. */
const keys = ({ room }: Pick<Awaited<ReturnType<typeof stageOf>>, 'room'>) =>
  room.stage.tiles.map(({ key, leaving }) => (leaving ? `${key} leaving` : key))

/** Brings this guest on stage. */
async function comeUp(
  { clock, desk }: Awaited<ReturnType<typeof stageOf>>,
  { link }: { link: Awaited<ReturnType<typeof stageOf>>['link'] },
) {
  await link.request()
  await clock.pass(100)
  await desk.accept(desk.requests[0]?.link.linkId ?? '')
  await clock.pass(100)
  await link.confirm()
  await clock.pass(1500)
}

test('the mix begins and ends: the old picture stays until the new one is there, so nothing is black', async () => {
  const stage = await stageOf()
  const { clock, service, roomId, room, screen } = stage
  expect([screen.playing, room.stage.mixed]).toEqual([{ 'anchor-1': flv('room-1_1') }, false])
  screen.plays = () => false
  service.alter(roomId, { mixed: true })
  await clock.pass(1500)
  expect(keys(stage)).toEqual(['anchor-1 leaving', 'anchor-2'])
  expect([screen.playing, room.stage.mixed]).toEqual([
    { 'anchor-1': flv('room-1_1'), 'anchor-2': flv('room-1_mix') },
    false,
  ])
  room.stage.main?.playback.onCode(2003)
  await clock.pass(0)
  expect([keys(stage), room.stage.mixed]).toEqual([['anchor-2'], true])
  screen.plays = () => true
  service.alter(roomId, { mixed: false })
  await clock.pass(2000)
  expect([keys(stage), room.stage.mixed]).toEqual([['anchor-3'], false])
})

test('a new picture that does not come does not keep the old one for ever; a dead old one goes at once', async () => {
  for (const dead of [false, true]) {
    const stage = await stageOf()
    const { clock, service, roomId, room, screen } = stage
    const old = room.playback
    screen.plays = () => false
    service.alter(roomId, { mixed: true })
    await clock.pass(1500)
    if (dead) old?.onCode(-2301)
    else await clock.pass(8000)
    expect([keys(stage), old?.state]).toEqual([['anchor-2'], 'stopped'])
  }
})

test('an address that differs only in its signature is no change', async () => {
  const { clock, room, screen } = await onStage()
  const before = room.stage.main
  const plays = screen.main.done.length
  await clock.pass(5 * 60_000)
  expect([room.stage.main === before, screen.main.done.length]).toEqual([true, plays])
})

test('a mix that begins in the answer of an older question is not mistaken for the single picture', async () => {
  const { clock, service, roomId, room, screen } = await stageOf()
  let release = () => {}
  service.answerDelay = (user, action) =>
    user === 'bob' && action === 'sync'
      ? new Promise((resolve) => {
          release = resolve
        })
      : undefined
  await room.retry()
  await clock.pass(10)
  service.alter(roomId, { mixed: true })
  service.answerDelay = () => undefined
  release()
  await clock.pass(3000)
  expect([room.stage.mixed, screen.playing]).toEqual([true, { 'anchor-2': flv('room-1_mix') }])
})

test('another one comes and goes: nobody else’s tag is touched (M80, P53)', async () => {
  const stage = await onStage('carl', 'dora')
  const [, carl, dora] = stage.guests
  if (!carl || !dora) throw new Error('three guests')
  const { clock, desk, screen } = stage
  await comeUp(stage, carl)
  await comeUp(stage, dora)
  expect(screen.playing).toEqual({
    'anchor-2': rtc('room-1_1'),
    'seat-2-1': rtc('room-1_s2_1'),
    'seat-3-1': rtc('room-1_s3_1'),
  })
  const done = (key: string) => [...(screen.players.get(key)?.done ?? [])]
  const before = [done('anchor-2'), done('seat-3-1')]
  await desk.kick('carl')
  await clock.pass(1500)
  expect(keys(stage)).toEqual(['anchor-2', 'seat-3-1', 'camera'])
  await comeUp(stage, carl)
  expect(keys(stage)).toEqual(['anchor-2', 'seat-3-1', 'seat-2-2', 'camera'])
  expect([done('anchor-2'), done('seat-3-1')]).toEqual(before)
})

test('who is accepted has no tile before he pushes, on any phone', async () => {
  const { clock, desk, show, guests, ...stage } = await onStage('carl')
  const [, carl] = guests
  await carl?.link.request()
  await clock.pass(100)
  await desk.accept(desk.requests[0]?.link.linkId ?? '')
  await clock.pass(2000)
  expect(show.stage.places.map(({ slot, state }) => [slot, state])).toEqual([
    ['anchor', 'on'],
    ['seat-1', 'on'],
    ['seat-2', 'held'],
  ])
  expect([show.stage.tiles, stage.room.stage.tiles].map((tiles) => tiles.map(({ slot }) => slot))).toEqual([
    ['seat-1', 'anchor'],
    ['anchor', 'seat-1'],
  ])
})

test('where he is seen is known before he pushes: nobody asks the server once he does', async () => {
  const { clock, desk, show, guests, service, screen } = await onStage('carl')
  const [, carl] = guests
  await carl?.link.request()
  await clock.pass(100)
  await desk.accept(desk.requests[0]?.link.linkId ?? '')
  await clock.pass(2000)
  const asked = () => [service.count('beat', 'ann'), service.count('seat.beat', 'bob')]
  const before = asked()
  await carl?.link.confirm()
  await clock.pass(1000)
  expect(show.stage.tiles.map(({ slot }) => slot)).toContain('seat-2')
  expect(screen.playing).toMatchObject({ 'seat-2-1': rtc('room-1_s2_1') })
  expect(asked()).toEqual(before)
})

test('a member who comes back with another stream is drawn anew (M79)', async () => {
  const stage = await onStage('carl')
  const [, carl] = stage.guests
  if (!carl) throw new Error('two guests')
  await comeUp(stage, carl)
  const { clock, world, roomId, screen, show } = stage
  carl.screen.destroy()
  const { room, screen: again } = world.phone('carl').viewer()
  await room.enter(roomId)
  await clock.pass(100)
  await room.link?.confirm()
  await clock.pass(2000)
  expect(again.pusher?.pushing).toContain('room-1_s2_2')
  expect(screen.playing).toMatchObject({ 'seat-2-2': rtc('room-1_s2_2') })
  expect(show.stage.tiles.map(({ key }) => key)).toContain('seat-2-2')
})

test('a picture of somebody who has left goes without a word after the server was asked (P26)', async () => {
  const stage = await onStage('carl')
  const [, carl] = stage.guests
  if (!carl) throw new Error('two guests')
  await comeUp(stage, carl)
  const { clock, world, room, show } = stage
  world.chat.loses = () => true
  await carl.link.leave()
  const tile = room.stage.tiles.find(({ slot }) => slot === 'seat-2')
  if (tile?.media.kind === 'picture') tile.media.playback.onCode(-2301)
  await clock.pass(2000)
  expect([keys(stage), room.fault, room.link?.problem]).toEqual([['anchor-2', 'camera'], null, null])
  expect(show.stage.places.length).toBeLessThanOrEqual(3)
})

test('every player is supervised: a frozen tile of a linker plays again, freshly signed (M95)', async () => {
  const { clock, show } = await onStage()
  const tile = show.stage.tiles.find(({ slot }) => slot === 'seat-1')
  if (tile?.media.kind !== 'picture') throw new Error('the anchor sees the linker')
  const { playback } = tile.media
  playback.onCode(2004)
  const before = playback.src
  playback.onCode(-2301)
  await clock.pass(3000)
  expect([playback.src.split('?')[0], playback.mode]).toEqual([before.split('?')[0], 'RTC'])
  expect(playback.src).not.toBe(before)
})

test('a word about somebody new on stage that comes by message alone brings his address, too', async () => {
  const stage = await onStage('carl')
  const [, carl] = stage.guests
  if (!carl) throw new Error('two guests')
  const before = stage.service.count('seat.beat', 'bob')
  await comeUp(stage, carl)
  expect(stage.screen.playing).toMatchObject({ 'seat-2-1': rtc('room-1_s2_1') })
  expect(stage.service.count('seat.beat', 'bob') - before).toBeLessThanOrEqual(4)
})

test('the rival of a PK: seen by the anchor, the linkers and who watches; with a mix he is in it', async () => {
  const stage = await onStage('carl')
  const [, carl] = stage.guests
  const { clock, service, roomId, show, screen, room } = stage
  service.alter(roomId, { pk: PK })
  await clock.pass(2000)
  const rivals = [show, room, carl?.room].map((each) => each?.stage.tiles.filter(({ slot }) => slot === 'rival').length)
  expect(rivals).toEqual([1, 1, 1])
  expect(screen.playing).toMatchObject({ 'rival-1': flv('room-9_1') })
  expect(show.stage.places.at(-1)).toMatchObject({ slot: 'rival', user: { userId: 'eve' } })
  service.alter(roomId, { mixed: true })
  await clock.pass(3000)
  expect(carl?.screen.playing).toEqual({ 'anchor-2': flv('room-1_mix') })
  // Who is on stage does not play the mix, in which he would hear himself.
  expect(screen.playing).toMatchObject({ 'rival-1': flv('room-9_1') })
  await stage.link.leave()
  await clock.pass(3000)
  expect(Object.values(screen.playing)).toEqual([flv('room-1_mix')])
  service.alter(roomId, { mixed: false, pk: null })
  await clock.pass(3000)
  expect([show, room, carl?.room].flatMap((each) => each?.stage.tiles.filter(({ slot }) => slot === 'rival'))).toEqual(
    [],
  )
})

describe('a viewer who asks for a picture without delay', () => {
  async function quick(given: boolean) {
    const world = new World()
    world.service.lowLatency = given
    const roomId = world.service.liveRoom('ann')
    const { room, screen, tag } = world.phone('bob').viewer()
    return { world, clock: world.clock, service: world.service, roomId, room, screen, tag }
  }

  test('gets it with the one call of his tap, and keeps his place', async () => {
    const { clock, service, roomId, room, screen } = await quick(true)
    await room.enter(roomId, { lowLatency: true })
    await clock.pass(500)
    expect([screen.playing, room.playback?.mode]).toEqual([{ 'anchor-1': rtc('room-1_1') }, 'RTC'])
    expect(service.calls.filter(([user]) => user === 'bob').map(([, action]) => action)).toEqual(['enter', 'history'])
    await clock.pass(5 * 60_000)
    expect(keys({ room })).toEqual(['anchor-1'])
  })

  test('watches the ordinary one where there is no place, and where it fails three times', async () => {
    const none = await quick(false)
    await none.room.enter(none.roomId, { lowLatency: true })
    await none.clock.pass(500)
    expect(none.screen.playing).toEqual({ 'anchor-1': flv('room-1_1') })
    const { clock, roomId, room, screen } = await quick(true)
    screen.plays = (src) => !src.startsWith('rtmp')
    await room.enter(roomId, { lowLatency: true })
    await clock.pass(60_000)
    expect([screen.playing, room.playback?.mode, room.fault]).toEqual([{ 'anchor-2': flv('room-1_1') }, 'live', null])
  })
})

test('more people than a phone draws: pages, the anchor and oneself on all of them; those beyond are heard', async () => {
  const stage = await heldStage()
  const { clock, service, roomId, link, room } = stage
  const seats = Array.from({ length: 8 }, (_, i) => ({
    ...(service.rooms.get(roomId)?.view.seats[i === 0 ? 0 : 1] ?? ({} as never)),
    seat: i + 1,
    ...(i > 0 && { user: { userId: `u${i}`, name: '' }, state: 'on' as const, epoch: 1, endsInMs: null }),
  }))
  service.alter(roomId, { seats })
  await link.confirm()
  await clock.pass(2000)
  const pictures = () => room.stage.tiles.filter(({ media }) => media.kind === 'picture').map(({ slot }) => slot)
  const shown = () => room.stage.shown.map(({ slot }) => slot)
  const everybody = ['anchor', 'seat-2', 'seat-3', 'seat-4', 'seat-5', 'seat-6', 'seat-7', 'seat-8']
  expect([room.stage.pages, pictures()]).toEqual([2, everybody])
  expect(shown()).toEqual(['anchor', 'seat-1', 'seat-2', 'seat-3', 'seat-4', 'seat-5', 'seat-6'])
  const keys = room.stage.tiles.map(({ key }) => key)
  room.stage.turn(1)
  expect([room.stage.page, shown()]).toEqual([1, ['anchor', 'seat-1', 'seat-7', 'seat-8']])
  // A page is turned without a new connection (P53).
  expect(room.stage.tiles.map(({ key }) => key)).toEqual(keys)
  room.stage.turn(9)
  expect(room.stage.page).toBe(1)
  room.stage.turn(-1)
  expect(room.stage.page).toBe(0)
  room.stage.turn(1)
  service.alter(roomId, { seats: seats.slice(0, 5) })
  await clock.pass(2000)
  expect([room.stage.pages, room.stage.page, shown()]).toEqual([
    1,
    0,
    ['anchor', 'seat-1', 'seat-2', 'seat-3', 'seat-4', 'seat-5'],
  ])
})

test('muted: everybody who is played, and whoever comes later', async () => {
  const stage = await onStage('carl')
  const [, carl] = stage.guests
  if (!carl) throw new Error('two guests')
  stage.room.stage.setMuted(true)
  await comeUp(stage, carl)
  const muted = stage.room.stage.tiles.map(({ media }) => media.kind === 'camera' || media.playback.muted)
  expect(muted).toEqual([true, true, true])
})
