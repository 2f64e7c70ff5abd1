import { signAdminToken } from '../../cloudfunctions/core/admin/token'
import { loadKeys } from '../../local/data-dir'
import { phoneSuite } from '../support/phone-suite'

const { open, stack } = phoneSuite({ SWEEP_MS: '500' })

/** Calls the room service as this user and reads the answer, as another client of the same person would. */
async function call<T>(user: string, action: string, input: object): Promise<T> {
  const { result, error } = await stack().call('room', { action, ...input }, user)
  if (!result) throw new Error(`${action} was refused: ${JSON.stringify(error)}`)
  return result as T
}

/** Calls the operators' door, with a token as `npm run admin` makes it. */
async function operate(request: { action: string; roomId: string; reason: string }): Promise<void> {
  const { url, dataDir } = stack()
  const token = signAdminToken(loadKeys(dataDir).adminTokenSecret, 'operator', Math.floor(Date.now() / 1000) + 60)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/http/admin`, { method: 'POST', headers, body: JSON.stringify(request) })
  const { error } = (await response.json()) as { error?: unknown }
  if (error) throw new Error(`${request.action} was refused: ${JSON.stringify(error)}`)
}

test('a notice is read by everybody; who is muted or banned is told, and stays out', async () => {
  const [alice, bob] = [await open('alice'), await open('bob')]
  await alice.goLive('A calm evening')
  const { openRoom } = await call<{ openRoom: { room: { roomId: string } } }>('alice', 'login', {})
  const { roomId } = openRoom.room
  const { me } = await call<{ me: { userId: string } }>('bob', 'login', {})

  await call('alice', 'update', { roomId, notice: 'Be kind to each other' })
  await alice.text('Notice: Be kind to each other').waitFor()
  await bob.page.reload()
  await bob.watch(/A calm evening/)
  await bob.text('Notice: Be kind to each other').waitFor()

  // A word to somebody whose chat has not come up yet is lost; he would hear of it when he writes.
  await alice.say('Good evening, Bob')
  await bob.text('Good evening, Bob').waitFor()
  await call('alice', 'order.mute', { roomId, userId: me.userId, seconds: 600 })
  await bob.text('You have been muted').waitFor()
  await bob.page.getByPlaceholder(/^Muted for 9:\d\d|^Muted for 09:\d\d/).waitFor()

  await call('alice', 'order.ban', { roomId, userId: me.userId, on: true })
  await bob.text('You can’t come in').waitFor()
  await bob.button(/^Leave$/).click()
  await bob.page.getByRole('link', { name: /A calm evening/ }).click()
  await bob.text('You can’t come in').waitFor()
  await alice.endShow()
})

test('a show that the operator ends says so on both phones', async () => {
  const [alice, bob] = [await open('dora'), await open('bert')]
  await alice.goLive('A wild evening')
  const { openRoom } = await call<{ openRoom: { room: { roomId: string } } }>('dora', 'login', {})
  await bob.page.reload()
  await bob.watch(/A wild evening/)
  await operate({ action: 'close', roomId: openRoom.room.roomId, reason: 'a test' })
  await alice.text('The operator has ended your show. If that seems wrong, contact support.').waitFor()
  await bob.text('The operator has ended this show').waitFor()
})
