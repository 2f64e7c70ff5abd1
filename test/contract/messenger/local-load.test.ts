import { ChatFixture } from './chat-fixture'
import { until } from './until'

const fixture = new ChatFixture()

describe('load', () => {
  test('a reader who never reads is let go at 1 MB, and keeps nobody else from hearing', async () => {
    const group = await fixture.newGroup()
    const alice = await fixture.phone('alice', group)
    const { socket, frames } = await fixture.bareSocket('sloth')
    socket.send(JSON.stringify({ c: 'join', id: 1, room: group }))
    await until(() => frames.some(({ id }) => id === 1), 'the join')
    socket.pause()
    const before = fixture.server.chat.stats().slow
    let longest = 0
    let said = 0
    const content = 'x'.repeat(11_000)
    while (fixture.server.chat.stats().slow === before && said < 4_000) {
      await Promise.all(Array.from({ length: 20 }, () => fixture.server.announce(group, content)))
      said += 20
      longest = Math.max(longest, fixture.server.chat.stats().longestQueue)
    }
    expect(fixture.server.chat.stats().slow).toBe(before + 1)
    expect(longest).toBeLessThan(1024 * 1024 + 32 * 11_100)
    await until(() => alice.messages.length === said, 'everything at the other member')
    await until(() => fixture.server.chat.stats().connections === 1, 'the slow connection to be gone')
    expect(fixture.server.chat.stats().queuedBytes).toBeLessThan(32 * 11_100)
  })
})
