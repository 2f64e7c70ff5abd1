import { RoomApiError } from '../../../miniprogram/services/room-api/port'
import { ServerClock } from '../../../miniprogram/stores/server-clock'
import { Session } from '../../../miniprogram/stores/session'
import { World } from '../../support/fakes/world'

function sessionOf(user: string) {
  const world = new World()
  const session = new Session(world.service.apiFor(user), new ServerClock(world.clock))
  return { world, session }
}

test('logins at the same time are one call; a later one asks anew (M123)', async () => {
  const { world, session } = sessionOf('ann')
  await Promise.all([session.login(), session.login()])
  expect([world.service.count('login'), session.me?.userId, session.openRoom]).toEqual([1, 'ann', null])
  const roomId = world.service.liveRoom('ann')
  await session.login()
  expect([world.service.count('login'), session.openRoom?.room.roomId]).toEqual([2, roomId])
})

test('a login that fails is told to all who wait, and can be tried again', async () => {
  const { world, session } = sessionOf('ann')
  world.service.down = true
  const both = await Promise.allSettled([session.login(), session.login()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  world.service.down = false
  expect(await session.login()).toEqual({ userId: 'ann', name: 'ann' })
})

test('a name is trimmed and taken over from the answer; a refused one changes nothing', async () => {
  const { world, session } = sessionOf('ann')
  await session.profile('  Ann B. ')
  expect(session.me?.name).toBe('Ann B.')
  world.service.hook = () => {
    throw new RoomApiError('bad-input', 'no')
  }
  await expect(session.profile('x')).rejects.toMatchObject({ code: 'bad-input' })
  expect(session.me?.name).toBe('Ann B.')
})
