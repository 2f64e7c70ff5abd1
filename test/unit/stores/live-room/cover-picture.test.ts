import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { COVER_MAX_BYTES } from '../../../../miniprogram/stores/live-room/cover-picture'
import type { LiveRoom } from '../../../../miniprogram/stores/live-room/live-room'
import { World } from '../../../support/fakes/world'

const FORM = { title: 'A show', cover: 'jade' } as const

/** Ann fills in her form. */
function preparing() {
  const world = new World()
  const ann = world.phone('ann')
  const { room } = ann.anchor()
  const { picture } = room
  if (!picture) throw new Error('an anchor may choose a picture')
  const settle = () => world.clock.pass(0)
  return { world, room, picture, pictures: ann.pictures, phone: ann, settle }
}
const created = ({ service }: World) =>
  service.calls.filter(([, action]) => action === 'create').map(([, , form]) => form)
const seen = (room: LiveRoom) => [room.phase, room.picture?.path, room.picture?.uploading, room.picture?.problem]

test('a picture goes into the folder of its owner while she types, and the show begins with it', async () => {
  const { world, room, picture, pictures, settle } = preparing()
  await picture.choose()
  await settle()
  expect(seen(room)).toEqual(['setup', 'wxfile://cat.jpg', true, null])
  expect(pictures.uploads.map(({ to }) => to)).toEqual([expect.stringMatching(/^covers\/ann\/[a-z0-9-]{10,}$/)])
  pictures.uploads[0]?.arrive('cloud://e.b/covers/ann/1.jpg')
  await settle()
  expect(picture.uploading).toBe(false)
  await room.start(FORM)
  expect(created(world)).toMatchObject([{ ...FORM, coverFile: 'cloud://e.b/covers/ann/1.jpg' }])
  expect(room.room?.coverFile).toBe('cloud://e.b/covers/ann/1.jpg')
})

test('without a picture nothing is said about one', async () => {
  const { world, room, picture } = preparing()
  await room.start(FORM)
  expect(created(world)).toEqual([{ ...FORM, requestId: expect.any(String) }])
  expect(picture.awaited).toBe(false)
})

test('a start waits for the picture, once, however often it is tapped', async () => {
  const { world, room, picture, pictures, settle } = preparing()
  await picture.choose()
  const starting = [room.start(FORM), room.start(FORM)]
  await settle()
  expect([picture.awaited, created(world), pictures.uploads.length]).toEqual([true, [], 1])
  pictures.uploads[0]?.arrive('cloud://e.b/covers/ann/1.jpg')
  await Promise.all(starting)
  expect([picture.awaited, created(world).length, room.room?.coverFile]).toEqual([
    false,
    1,
    'cloud://e.b/covers/ann/1.jpg',
  ])
})

test('a picture that is lost stops the waiting start and says so; the next start goes with the colour', async () => {
  const { world, room, picture, pictures, settle } = preparing()
  await picture.choose()
  const starting = room.start(FORM)
  await settle()
  pictures.uploads[0]?.fail()
  await starting
  expect(seen(room)).toEqual(['setup', '', false, 'not-sent'])
  expect(created(world)).toEqual([])
  await room.start(FORM)
  expect([created(world).length, room.room?.coverFile, room.room?.cover]).toEqual([1, null, 'jade'])
})

test('a login that fails loses the picture, not the show', async () => {
  const { world, room, picture, settle } = preparing()
  world.service.hook = (_user, action) => {
    if (action === 'login') throw new RoomApiError('unavailable', 'down')
  }
  await picture.choose()
  await settle()
  expect(seen(room)).toEqual(['setup', '', false, 'not-sent'])
})

test('a picture that is too large is refused kindly, and the one before it stays', async () => {
  const { room, picture, pictures, settle } = preparing()
  await picture.choose()
  await settle()
  pictures.choice = { path: 'wxfile://huge.jpg', bytes: COVER_MAX_BYTES + 1 }
  await picture.choose()
  expect(seen(room)).toEqual(['setup', 'wxfile://cat.jpg', true, 'too-large'])
  expect(pictures.uploads).toHaveLength(1)
  pictures.choice = { path: 'wxfile://large.jpg', bytes: COVER_MAX_BYTES }
  await picture.choose()
  expect(seen(room)).toEqual(['setup', 'wxfile://large.jpg', true, null])
})

test('an album that does not open is said; one that is closed again changes nothing', async () => {
  const { room, picture, pictures } = preparing()
  pictures.choice = new Error('auth deny')
  await picture.choose()
  expect(seen(room)).toEqual(['setup', '', false, 'not-opened'])
  pictures.choice = null
  await picture.choose()
  expect(seen(room)).toEqual(['setup', '', false, 'not-opened'])
})

test('another picture, and taking it back, end the upload before; a late arrival changes nothing', async () => {
  const { room, picture, pictures, settle } = preparing()
  await picture.choose()
  await settle()
  pictures.choice = { path: 'wxfile://dog.jpg', bytes: 5 }
  await picture.choose()
  await settle()
  expect(pictures.uploads.map(({ stopped }) => stopped)).toEqual([true, false])
  expect(seen(room)).toEqual(['setup', 'wxfile://dog.jpg', true, null])
  picture.remove()
  pictures.uploads[1]?.arrive('cloud://e.b/late')
  await settle()
  expect([pictures.uploads[1]?.stopped, picture.file()]).toEqual([true, null])
  expect(seen(room)).toEqual(['setup', '', false, null])
})

test('who ends the show while its start waits for the picture opens no room', async () => {
  const { world, room, picture, settle } = preparing()
  await picture.choose()
  const starting = room.start(FORM)
  await settle()
  await room.close()
  await starting
  expect([room.phase, created(world)]).toEqual(['ended', []])
})

test('the end of the room ends the upload, and nothing goes on after it', async () => {
  const { world, room, picture, pictures, settle } = preparing()
  await picture.choose()
  void room.start(FORM)
  await settle()
  room.end()
  await settle()
  expect([pictures.uploads[0]?.stopped, created(world)]).toEqual([true, []])
})

test('a viewer has no picture to choose', () => {
  const world = new World()
  expect(world.phone('bob').open('audience').picture).toBeNull()
})
