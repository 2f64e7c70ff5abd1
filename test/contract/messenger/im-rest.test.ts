import { createImRest } from '../../../cloudfunctions/adapters/im-rest'
import { roomView } from '../../support/fakes/room-view'
import { ChatFixture } from './chat-fixture'
import { SDK_APP_ID, SECRET_KEY } from './chat-server'
import { until } from './until'

const fixture = new ChatFixture()
const rest = (secretKey = SECRET_KEY) => {
  const base = `http://127.0.0.1:${fixture.server.port}/im`
  return createImRest({ base, sdkAppId: SDK_APP_ID, secretKey, admin: 'administrator' })
}
const room = roomView({ roomId: 'show', title: '第一场 🎉', version: 2 })

test('what the room service says over REST is what a phone hears, as the word of the server', async () => {
  const server = rest()
  await server.createGroup('show')
  await server.createGroup('show')
  const alice = await fixture.phone('alice', 'show')
  await server.notify('show', { type: 'room', room })
  await until(() => alice.messages.length > 0, 'the notice')
  expect(alice.messages).toEqual([{ from: '', group: 'show', system: true, data: { type: 'room', room } }])
  await server.destroyGroup('show')
  await server.destroyGroup('show')
  await until(() => alice.gaps.length > 0, 'the end of the group')
})

test('a room service with another key cannot make a group', async () => {
  await expect(rest('guessed').createGroup('forged')).rejects.toMatchObject({ code: 70009 })
  expect(fixture.server.chat.stats().groups).toBe(0)
})
