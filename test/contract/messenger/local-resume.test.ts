import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from '../../support/property'
import { ChatFixture } from './chat-fixture'
import { ChatServer } from './chat-server'
import { until } from './until'

const fixture = new ChatFixture()

const turns = async (n: number) => {
  for (let i = 0; i < n; i += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('resume', () => {
  test('wherever the connection is cut, every message arrives once and in order', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant('say' as const) },
      { weight: 1, arbitrary: fc.nat({ max: 12 }) }, // cut after so many turns of the event loop
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const group = await fixture.newGroup()
        const bob = await fixture.phone('bob', group)
        bob.messenger.on('state', (state) => {
          if (state === 'disconnected') bob.messenger.wake()
        })
        const said: unknown[] = []
        for (const what of [...steps, 0, 'say' as const]) {
          if (what === 'say') {
            said.push(said.length)
            await fixture.server.announce(group, said.length - 1)
          } else {
            await turns(what)
            fixture.server.cut()
          }
        }
        await until(() => bob.messages.length >= said.length, 'all messages')
        expect(bob.messages.map(({ data }) => data)).toEqual(said)
        expect(bob.gaps.length).toBe(bob.messenger.counters.reconnects)
        bob.messenger.logout()
      }),
      { numRuns: 25 },
    )
  })

  test('more messages than the window while away: the newest 100 arrive, and the loss is told', async () => {
    const group = await fixture.newGroup()
    const alice = await fixture.phone('alice', group)
    await alice.messenger.sendToGroup(group, 'first')
    await until(() => alice.messages.length === 1, 'the first')
    await fixture.server.cutDuring(async () => {
      for (let n = 0; n < 130; n += 1) await fixture.server.announce(group, n)
    })
    await until(() => alice.messages.at(-1)?.data === 129, 'the last')
    expect(alice.messages.slice(1).map(({ data }) => data)).toEqual(Array.from({ length: 100 }, (_, n) => n + 30))
    expect(alice.gaps).toEqual([group, group]) // one for the reconnect, one for the 30
  })

  test('the server is started again: groups are there, numbers begin anew and nothing is taken for a duplicate', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'chat-'))
    const restarted = await ChatServer.start({ dataDir })
    try {
      await restarted.createGroup('show')
      await restarted.createGroup('over')
      const alice = await fixture.phone('alice', 'show', restarted)
      await alice.messenger.joinGroup('over')
      for (const n of [1, 2, 3]) await restarted.announce('show', n)
      await until(() => alice.messages.length === 3, 'the messages of the first run')
      await restarted.rest('group_open_http_svc/destroy_group', { GroupId: 'over' })
      await until(() => alice.gaps.includes('over'), 'the end of the other group')
      alice.gaps.length = 0
      await restarted.restart()
      expect(restarted.chat.stats().groups).toBe(1)
      await until(() => alice.gaps.length > 0, 'to be back')
      await restarted.announce('show', 4)
      await until(() => alice.messages.length === 4, 'the first message of the second run')
      expect(alice.gaps).toEqual(['show'])
      expect(alice.messenger.counters.duplicates).toBe(0)
    } finally {
      await restarted.stop()
      rmSync(dataDir, { recursive: true })
    }
  })
})
