import type { ChatCredentials } from '../../../miniprogram/protocol/actions'
import type { IncomingMessage, Messenger, MessengerError } from '../../../miniprogram/services/messenger/port'
import { until } from './until'

/** What an adapter has to bring along to be held to the port. */
export interface MessengerWorld {
  create(): Messenger
  credentials(userId: string): ChatCredentials
  /** Not accepted by the service. */
  forgedCredentials(userId: string): ChatCredentials
  createGroup(id: string): Promise<void>
  /** A message of the server to the group. */
  announce(group: string, data: unknown): Promise<unknown>
  /** A message of the server to one user. */
  tell(userId: string, data: unknown): Promise<unknown>
  dissolve(group: string): Promise<unknown>
  /** Every connection is lost; new ones are possible. */
  cut(): void
}

/** A messenger and everything that it said. */
export interface Phone {
  messenger: Messenger
  messages: IncomingMessage[]
  gaps: string[]
  states: string[]
  kicks: string[]
}

export function phoneOf(messenger: Messenger): Phone {
  const phone: Phone = { messenger, messages: [], gaps: [], states: [], kicks: [] }
  messenger.on('message', (message) => phone.messages.push(message))
  messenger.on('gap', ({ group }) => phone.gaps.push(group))
  messenger.on('state', (state) => phone.states.push(state))
  messenger.on('kicked', ({ reason }) => phone.kicks.push(reason))
  return phone
}

/** The one suite that every adapter of the Messenger port has to pass. */
export function describeMessenger(name: string, world: () => MessengerWorld): void {
  describe(`Messenger: ${name}`, () => {
    const phones: Phone[] = []
    let groups = 0
    const newGroup = async () => {
      groups += 1
      await world().createGroup(`group-${groups}`)
      return `group-${groups}`
    }
    const phone = async (userId: string, ...join: string[]) => {
      const one = phoneOf(world().create())
      phones.push(one)
      await one.messenger.login(world().credentials(userId))
      for (const group of join) await one.messenger.joinGroup(group)
      return one
    }
    const refusal = (code: MessengerError['code']) =>
      expect.objectContaining({ name: 'MessengerError', code }) as unknown as Error

    afterEach(() => {
      for (const { messenger } of phones.splice(0)) messenger.logout()
    })

    test('goes from offline over connecting to connected, and back with logout', async () => {
      const alice = phoneOf(world().create())
      phones.push(alice)
      expect(alice.messenger.state).toBe('offline')
      await alice.messenger.login(world().credentials('alice'))
      alice.messenger.logout()
      expect(alice.states).toEqual(['connecting', 'connected', 'offline'])
    })

    test('refuses forged credentials', async () => {
      const mallory = phoneOf(world().create())
      await expect(mallory.messenger.login(world().forgedCredentials('alice'))).rejects.toEqual(
        refusal('unauthenticated'),
      )
      expect(mallory.messenger.state).toBe('offline')
    })

    test('carries a message to everybody in the group, the sender included, with the sender on the envelope', async () => {
      const group = await newGroup()
      const [alice, bob] = [await phone('alice', group), await phone('bob', group)]
      const data = { type: 'barrage', text: '你好 🎉 <script>', deep: [1, null, { a: true }] }
      await alice.messenger.sendToGroup(group, data)
      await until(() => alice.messages.length > 0 && bob.messages.length > 0, 'the message on both phones')
      for (const { messages } of [alice, bob]) expect(messages).toEqual([{ from: 'alice', group, system: false, data }])
    })

    test('marks messages of the server, and of nobody else, as system', async () => {
      const group = await newGroup()
      const [alice, bob] = [await phone('alice', group), await phone('bob', group)]
      await bob.messenger.sendToGroup(group, { system: true, from: '', type: 'room' }, 'high')
      await world().announce(group, { type: 'counts' })
      await until(() => alice.messages.length === 2, 'both messages')
      expect(alice.messages.map(({ from, system }) => ({ from, system }))).toEqual([
        { from: 'bob', system: false },
        { from: '', system: true },
      ])
    })

    test('carries a message to one user only', async () => {
      const [alice, bob] = [await phone('alice'), await phone('bob')]
      await alice.messenger.sendToUser('bob', { hello: 1 })
      await world().tell('bob', { kicked: 1 })
      await until(() => bob.messages.length === 2, 'both messages')
      expect(bob.messages).toEqual([
        { from: 'alice', system: false, data: { hello: 1 } },
        { from: '', system: true, data: { kicked: 1 } },
      ])
      expect(alice.messages).toEqual([])
    })

    test('a group that the server did not make cannot be joined, and one that was not joined cannot be spoken to', async () => {
      const group = await newGroup()
      const alice = await phone('alice')
      await expect(alice.messenger.joinGroup('made-up')).rejects.toEqual(refusal('not-in-group'))
      await expect(alice.messenger.sendToGroup(group, {})).rejects.toEqual(refusal('not-in-group'))
    })

    test('who quits hears nothing any more', async () => {
      const group = await newGroup()
      const [alice, bob] = [await phone('alice', group), await phone('bob', group)]
      await alice.messenger.quitGroup(group)
      await bob.messenger.sendToGroup(group, 1)
      await bob.messenger.sendToUser('alice', 2)
      await until(() => alice.messages.length > 0, 'the second message')
      expect(alice.messages.map(({ data }) => data)).toEqual([2])
    })

    test('a group that is dissolved makes its members ask for the truth', async () => {
      const group = await newGroup()
      const alice = await phone('alice', group)
      await world().dissolve(group)
      await until(() => alice.gaps.length > 0, 'the gap')
      expect(alice.gaps).toEqual([group])
      await expect(alice.messenger.sendToGroup(group, 1)).rejects.toEqual(refusal('not-in-group'))
    })

    test('data above the limit is refused, 2,000 characters of a barrage are carried whole', async () => {
      const group = await newGroup()
      const alice = await phone('alice', group)
      await expect(alice.messenger.sendToGroup(group, '🎉'.repeat(2000))).rejects.toEqual(refusal('too-long'))
      await alice.messenger.sendToGroup(group, '弹'.repeat(2000))
      await until(() => alice.messages.length > 0, 'the message')
      expect(alice.messages.map(({ data }) => data)).toEqual(['弹'.repeat(2000)])
    })

    test('a flood of 200 messages from one user reaches the others as about 20, the rest is refused', async () => {
      const group = await newGroup()
      const [alice, bob] = [await phone('alice', group), await phone('bob', group)]
      const flood = Array.from({ length: 200 }, (_, n) => alice.messenger.sendToGroup(group, n))
      const outcomes = await Promise.allSettled(flood)
      const accepted = outcomes.flatMap((outcome, n) => (outcome.status === 'fulfilled' ? [n] : []))
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
      expect(accepted.length).toBeGreaterThanOrEqual(20)
      expect(accepted.length).toBeLessThanOrEqual(40)
      expect(new Set(refused)).toEqual(new Set(['rate-limited']))
      await world().announce(group, 'end')
      await until(() => bob.messages.at(-1)?.data === 'end', 'the end')
      expect(bob.messages.slice(0, -1).map(({ data }) => data)).toEqual(accepted)
    })

    test('a second device ends the first one for good', async () => {
      const first = await phone('alice')
      const second = await phone('alice')
      await until(() => first.kicks.length > 0, 'the kick')
      world().cut()
      await until(() => second.states.filter((state) => state === 'connected').length === 2, 'the second to be back')
      expect(first.kicks).toEqual(['multipleDevice'])
      expect(first.messenger.state).toBe('offline')
      expect(second.kicks).toEqual([])
    })

    test('comes back to its groups after a cut, and says that something may be missing', async () => {
      const group = await newGroup()
      const [alice, bob] = [await phone('alice', group), await phone('bob', group)]
      world().cut()
      await until(() => alice.gaps.length > 0 && bob.gaps.length > 0, 'both to be back')
      expect(alice.states).toEqual(['connecting', 'connected', 'disconnected', 'connected'])
      expect(alice.gaps).toEqual([group])
      await bob.messenger.sendToGroup(group, 'again')
      await until(() => alice.messages.length > 0, 'the message')
      expect(alice.kicks).toEqual([])
    })

    test('while disconnected a message is refused at once, a join waits for the connection', async () => {
      const group = await newGroup()
      const alice = await phone('alice')
      world().cut()
      await until(() => alice.messenger.state === 'disconnected', 'the cut to be noticed')
      await expect(alice.messenger.sendToUser('bob', 1)).rejects.toEqual(refusal('offline'))
      await alice.messenger.joinGroup(group)
      expect(alice.messenger.state).toBe('connected')
    })

    test('a listener that throws keeps nobody else from hearing', async () => {
      const report = jest.spyOn(console, 'error').mockImplementation(() => undefined)
      const alice = phoneOf(world().create())
      const heard: unknown[] = []
      alice.messenger.on('message', () => {
        throw new Error('a broken listener')
      })
      alice.messenger.on('message', ({ data }) => heard.push(data))
      phones.push(alice)
      await alice.messenger.login(world().credentials('alice'))
      await world().tell('alice', 1)
      await until(() => heard.length > 0, 'the message')
      expect(report).toHaveBeenCalledTimes(1)
      report.mockRestore()
    })

    test('a subscription that was ended is not called', async () => {
      const alice = await phone('alice')
      const heard: unknown[] = []
      const end = alice.messenger.on('message', ({ data }) => heard.push(data))
      end()
      await world().tell('alice', 1)
      await until(() => alice.messages.length > 0, 'the message')
      expect(heard).toEqual([])
    })

    test('a login as somebody else replaces the first; fresh credentials of the same user keep it', async () => {
      const group = await newGroup()
      const alice = await phone('alice', group)
      await alice.messenger.login(world().credentials('alice'))
      expect(alice.states).toEqual(['connecting', 'connected'])
      await alice.messenger.login(world().credentials('carol'))
      await expect(alice.messenger.sendToGroup(group, 1)).rejects.toEqual(refusal('not-in-group'))
      expect(alice.kicks).toEqual([])
    })
  })
}
