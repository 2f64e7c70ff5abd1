import type { ChatCredentials } from '../../../../miniprogram/protocol/actions'
import { TimMessenger } from '../../../../miniprogram/services/messenger/tim/tim-messenger'
import { phoneOf } from '../../../contract/messenger/contract'
import { type FakeSdk, fakeSdkModule, never } from '../../../support/fakes/chat-sdk'
import { ManualClock } from '../manual-clock'

const ALICE: ChatCredentials = {
  kind: 'tim',
  sdkAppId: 1,
  admin: 'administrator',
  userId: 'alice',
  userSig: 'sig',
  expiresInMs: 1,
}

function world(prepare?: (sdk: FakeSdk) => void) {
  const clock = new ManualClock()
  const { made, load } = fakeSdkModule(prepare)
  const messenger = new TimMessenger({ load, clock })
  const phone = phoneOf(messenger)
  const last = () => made.at(-1) as FakeSdk
  /** Logs in and becomes ready. */
  const enter = async (...groups: string[]) => {
    const login = messenger.login(ALICE)
    await clock.pass(50)
    last().emit('SDK_READY')
    await login
    for (const group of groups) await messenger.joinGroup(group)
  }
  return { clock, made, messenger, phone, last, enter }
}

const refusal = (code: string) => expect.objectContaining({ name: 'MessengerError', code }) as unknown as Error

test('P71 an instance that does not become ready is destroyed before the next one is made', async () => {
  const { clock, made, messenger, last } = world((sdk) => {
    sdk.answer = never
  })
  const login = messenger.login(ALICE)
  await clock.pass(6_000)
  expect(made[0]?.destroyed).toBe(false)
  await clock.pass(3_000)
  expect([made.length, made[0]?.destroyed, made[0]?.listeners]).toEqual([2, true, 0])
  last().emit('SDK_READY')
  await login
  expect(messenger.state).toBe('connected')
})

test('P71 a login that never gets ready is refused after 10 s and leaves no timer and no listener', async () => {
  const { clock, made, messenger, phone } = world((sdk) => {
    sdk.answer = never
  })
  const login = expect(messenger.login(ALICE)).rejects.toEqual(refusal('timeout'))
  await clock.pass(13_000)
  await login
  expect(phone.states).toEqual(['connecting', 'offline'])
  expect(made.every((sdk) => sdk.destroyed && sdk.listeners === 0)).toBe(true)
  expect(clock.pending).toBe(0)
})

test('an outage that the SDK does not end by itself is ended by another instance: joined again, one gap', async () => {
  const { clock, made, messenger, phone, last, enter } = world()
  await enter('room')
  last().emit('NET_STATE_CHANGE', { state: 'disconnected' })
  await expect(messenger.sendToGroup('room', 1)).rejects.toEqual(refusal('offline'))
  await clock.pass(22_000)
  expect([made.length, made[0]?.destroyed]).toEqual([2, true])
  last().emit('SDK_READY')
  await clock.pass(50)
  expect(last().calls).toContain('join room')
  expect(phone.states).toEqual(['connecting', 'connected', 'disconnected', 'connected'])
  expect(phone.gaps).toEqual(['room'])
})

test('pauses between instances grow, and the network that comes back ends one', async () => {
  const { clock, made, messenger, last, enter } = world()
  await enter('room')
  last().emit('NET_STATE_CHANGE', { state: 'disconnected' })
  await clock.pass(60_000)
  // Made at 20.4 s, then each given up after 6 s and followed by a pause of 1.2, 3.6, 10.8 s.
  expect(made).toHaveLength(5)
  await clock.pass(6_000)
  const before = made.length
  messenger.wake()
  await clock.pass(1_200)
  expect(made).toHaveLength(before + 1)
})

test('an instance that was given up has no say any more', async () => {
  const { clock, made, phone, last, enter } = world()
  await enter('room')
  const old = last()
  old.off = () => {}
  old.emit('NET_STATE_CHANGE', { state: 'disconnected' })
  await clock.pass(22_000)
  expect(made).toHaveLength(2)
  old.emit('NET_STATE_CHANGE', { state: 'connected' })
  old.emit('KICKED_OUT', { type: 'multipleDevice' })
  expect(phone.states.at(-1)).toBe('disconnected')
  expect(phone.kicks).toEqual([])
})

test('credentials that are refused to a later instance have expired', async () => {
  let refuse = false
  const { clock, messenger, phone, last, enter } = world((sdk) => {
    if (refuse) sdk.answer = () => Promise.reject({ code: 70001 })
  })
  await enter('room')
  refuse = true
  last().emit('NET_STATE_CHANGE', { state: 'disconnected' })
  await clock.pass(22_000)
  expect(phone.kicks).toEqual(['expired'])
  expect(messenger.state).toBe('offline')
})

test('a room that is left before the join is answered is left in the end, and nobody hears of it', async () => {
  const { clock, messenger, phone, last, enter } = world()
  await enter()
  let answer: (value: unknown) => void = () => {}
  last().answer = (call) => (call.startsWith('join') ? new Promise((resolve) => (answer = resolve)) : Promise.resolve())
  const join = expect(messenger.joinGroup('room')).rejects.toEqual(refusal('not-in-group'))
  const quit = messenger.quitGroup('room')
  await join
  answer({ data: { status: 'JoinSuccess' } })
  await quit
  await clock.pass(50)
  expect(last().calls.slice(1)).toEqual(['join room', 'quit room'])
  expect(phone.gaps).toEqual([])
})

test('a join that hangs in an instance that is given up does not hold up the next one', async () => {
  const { clock, messenger, last, enter } = world((sdk) => {
    sdk.answer = (call) => (call.startsWith('join') ? never() : Promise.resolve({}))
  })
  await enter()
  last().emit('NET_STATE_CHANGE', { state: 'disconnected' })
  await clock.pass(15_000)
  const join = messenger.joinGroup('room')
  await clock.pass(6_000)
  last().answer = async () => ({})
  last().emit('SDK_READY')
  await join
  expect(last().calls).toEqual(['login', 'join room'])
})

test('fresh credentials of the same user serve the next instance', async () => {
  const { clock, made, messenger, last, enter } = world()
  await enter('room')
  await messenger.login({ ...ALICE, userSig: 'fresh' })
  last().emit('NET_STATE_CHANGE', { state: 'disconnected' })
  await clock.pass(22_000)
  expect(made.map(({ userSig }) => userSig)).toEqual(['sig', 'fresh'])
})

test('logout in the middle of an outage leaves no timer and no listener', async () => {
  const { clock, made, messenger, last, enter } = world()
  await enter('room')
  last().emit('NET_STATE_CHANGE', { state: 'disconnected' })
  messenger.logout()
  await clock.pass(2_500)
  expect(made.map(({ destroyed, listeners }) => [destroyed, listeners])).toEqual([[true, 0]])
  expect(clock.pending).toBe(0)
})
