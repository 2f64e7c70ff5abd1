import { signAdminToken } from '../../../cloudfunctions/core/admin/token'
import { type Functions, startFunctions } from './functions'

let fns: Functions
beforeAll(async () => {
  fns = await startFunctions()
})
afterAll(() => fns.close())

const operator = async (event: object) => {
  const token = signAdminToken('admin-token-secret-1', 'olga', Math.floor(Date.now() / 1000) + 60)
  const answer = await fns.post('/http/admin', JSON.stringify(event), { authorization: `Bearer ${token}` })
  return answer.json()
}

it('a service desk through the built functions: an operator names the agent, a customer rings, the agent answers', async () => {
  const ann = (event: object) => fns.callRoom(event, 'ann-openid')
  const bob = (event: object) => fns.callRoom(event, 'bob-openid')
  const { me, chat } = (await bob({ action: 'login' })).result
  expect(chat).toMatchObject({ userId: me.userId, userSig: expect.stringMatching(/./) })
  // Nobody is an agent of a queue that no operator has made.
  expect((await bob({ action: 'queue.ready', queue: 'claims', ready: true })).error?.code).toBe('not-found')
  expect((await bob({ action: 'queue.list' })).result).toEqual({ queues: [] })
  await operator({ action: 'queue.set', queue: 'claims', title: 'Claims' })
  await operator({ action: 'queue.agent', queue: 'claims', userId: me.userId, on: true })
  expect((await operator({ action: 'queue.list' })).result.queues).toEqual([
    { queue: 'claims', title: 'Claims', agents: [me.userId], open: false },
  ])
  const { entries } = (await operator({ action: 'audit', limit: 4 })).result
  expect(entries).toContainEqual(expect.objectContaining({ action: 'queue.set', target: 'claims', result: 'done' }))

  await bob({ action: 'queue.ready', queue: 'claims', ready: true })
  const ring = { to: { queue: 'claims' }, note: ' Help ' }
  const made = await ann({ action: 'create', title: 'A', cover: 'jade', requestId: '1', kind: 'call', ring })
  expect(made.result.ring).toMatchObject({ state: 'ringing', note: 'Help', agent: { userId: me.userId } })
  const told = fns.calls.filter(({ name }) => name === 'sendmsg').map(({ body }) => body.To_Account)
  expect(told).toContain(me.userId)
  const { ringId } = made.result.ring
  expect((await bob({ action: 'call.status' })).result.incoming.ringId).toBe(ringId)
  expect((await bob({ action: 'call.accept', ringId })).result.seat).toMatchObject({ seat: 2, epoch: 1 })
  expect((await ann({ action: 'call.status', ringIds: [ringId] })).result.outgoing).toMatchObject([
    { state: 'accepted' },
  ])
})

it('refuses what has not the documented shape, with a code and no crash', async () => {
  const ringId = `g${'0'.repeat(24)}`
  const bad: object[] = [
    { action: 'call.accept', ringId: { $gt: '' } },
    { action: 'call.invite', roomId: `r${'0'.repeat(24)}`, requestId: '1', to: { queue: '$where' } },
    { action: 'call.invite', roomId: `r${'0'.repeat(24)}`, requestId: '1', to: {} },
    { action: 'call.status', ringIds: Array.from({ length: 6 }, () => ringId) },
    { action: 'queue.ready', queue: 'desk', ready: 'yes' },
    { action: 'create', title: 'A', cover: 'jade', requestId: '2', kind: 'call', ring: { to: { userId: 'bob' } } },
  ]
  for (const event of bad) expect((await fns.callRoom(event, 'mallory-openid')).error?.code).toBe('bad-input')
  const live = { action: 'create', title: 'A', cover: 'jade', requestId: '3', ring: { to: { queue: 'desk' } } }
  expect((await fns.callRoom(live, 'mallory-openid')).error?.code).toBe('bad-input')
})
