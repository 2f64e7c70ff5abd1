import type { MemberMessage } from '../../../../miniprogram/protocol/messages'
import { MessengerError } from '../../../../miniprogram/services/messenger/port'
import { Chat, type ChatLine, type CustomMessage } from '../../../../miniprogram/stores/room/chat'
import { readHistory } from '../../../../miniprogram/stores/room/chat/read-history'
import { readMember } from '../../../../miniprogram/stores/room/read-message'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'
import { World } from '../../../support/fakes/world'
import fc from '../../../support/property'

function chatting() {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const chat = new Chat(scope, () => ({ userId: 'me', name: 'Mia' }))
  const posted: MemberMessage[] = []
  const refusals: MessengerError['code'][] = []
  chat.connect(async (message) => {
    const refusal = refusals.shift()
    if (refusal) throw new MessengerError(refusal, 'refused by the test')
    posted.push(message)
  })
  chat.setOnline(true)
  const lines: ChatLine[] = []
  const past: ChatLine[] = []
  chat.onBatch((batch, before) => (before ? past.unshift(...batch) : lines.push(...batch)))
  const says = (from: string, text: string, id = `${from} ${text}`) =>
    chat.receive(from, { type: 'barrage', id, text, name: from })
  return { clock, scope, chat, posted, refusals, lines, past, says }
}
const textsOf = (lines: readonly ChatLine[]) => lines.map((line) => (line.kind === 'system' ? line.event : line.text))
const said = (userId: string, text: string, at: number) => ({ userId, name: userId, text, at })

describe('answers', () => {
  test('a line goes to everybody with the person whom it answers; who is answered sees it', async () => {
    const { clock, chat, posted, lines } = chatting()
    await chat.send('yes', { userId: 'eve', name: 'Eve' })
    chat.receive('eve', { type: 'barrage', id: '1', text: 'thanks', name: 'Eve', to: { userId: 'me', name: 'Mia' } })
    chat.receive('eve', { type: 'barrage', id: '2', text: 'hm', name: 'Eve', to: { userId: 'bob', name: 'Bob' } })
    await clock.pass(300)
    expect(posted).toMatchObject([{ text: 'yes', to: { userId: 'eve', name: 'Eve' } }])
    expect(lines).toMatchObject([{ to: { userId: 'eve' } }, { mention: true }, { to: { userId: 'bob' } }])
    expect(lines[2]).not.toHaveProperty('mention')
  })
})

describe('who comes in', () => {
  test('a crowd that comes at once is two lines, not a hundred', async () => {
    const { clock, chat, lines } = chatting()
    for (let i = 0; i < 100; i++) chat.receive(`u${i}`, { type: 'joined', name: `N${i}` })
    await clock.pass(10_000)
    expect(lines).toMatchObject([
      { event: 'joined', name: 'N0', count: 0 },
      { event: 'joined', name: 'N99', count: 98 },
    ])
    expect(clock.pending).toBe(0)
  })

  test('nobody is told of while there is much to read, nor of oneself', async () => {
    const { clock, chat, lines, says } = chatting()
    chat.receive('me', { type: 'joined', name: 'Mia' })
    await clock.pass(1000)
    for (let i = 0; i < 6; i++) says('eve', `${i}`)
    chat.receive('bob', { type: 'joined', name: 'Bob' })
    await clock.pass(5000)
    expect(textsOf(lines)).toEqual(['0', '1', '2', '3', '4', '5'])
  })

  test('one says it once, as soon as messages can be sent', async () => {
    const { chat, posted } = chatting()
    chat.setOnline(false)
    chat.greet()
    expect(posted).toEqual([])
    chat.setOnline(true)
    chat.setOnline(false)
    chat.setOnline(true)
    expect(posted).toEqual([{ type: 'joined', name: 'Mia' }])
  })
})

describe('what was said before', () => {
  test('stands above, oldest first, in batches small enough for one setData each', async () => {
    const { clock, chat, lines, past, says } = chatting()
    says('eve', 'live')
    chat.recall(Array.from({ length: 50 }, (_, i) => said('bob', `${i} ${'弹'.repeat(190)}`, i)))
    await clock.pass(3000)
    expect(textsOf(lines)).toEqual(['live'])
    expect(past.map((line) => textsOf([line])[0]?.split(' ')[0])).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`))
  })

  test('tells nothing twice, whether it comes from the group before it or after it', async () => {
    const { clock, chat, lines, past, says } = chatting()
    await clock.pass(60_000)
    const now = clock.now()
    says('eve', 'both')
    await chat.send('mine')
    chat.recall([
      said('eve', 'both', now - 40_000),
      said('eve', 'both', now),
      said('me', 'mine', now),
      said('bob', 'late', now),
    ])
    says('bob', 'late', 'b1')
    says('bob', 'late', 'b2')
    await clock.pass(1000)
    expect(textsOf(past)).toEqual(['both', 'late'])
    expect(textsOf(lines)).toEqual(['both', 'mine', 'late'])
    await clock.pass(20_000)
    says('bob', 'late', 'b3')
    await clock.pass(1000)
    expect(textsOf(lines)).toHaveLength(4)
  })

  test('M83: an answer of any shape is read without harm', () => {
    fc.assert(fc.property(fc.anything(), (answer) => expect(() => readHistory(answer)).not.toThrow()))
    expect(
      readHistory({ lines: [null, { text: 'x' }, { userId: 'u', name: '\u202ea', text: ' a\nb ', at: 1 }] }),
    ).toEqual([{ userId: 'u', name: 'a', text: 'a b', at: 1 }])
  })

  test('is asked for behind the call of the first frame, and its failure is silent', async () => {
    const world = new World()
    const roomId = world.service.liveRoom('ann')
    const { room } = world.phone('bob').viewer()
    world.service.answerDelay = (_user, action) =>
      action === 'history' ? Promise.reject(new Error('no history')) : undefined
    await room.enter(roomId)
    await world.clock.pass(3000)
    expect(world.service.calls.map(([, action]) => action).slice(0, 2)).toEqual(['enter', 'history'])
    expect([room.phase, room.fault, room.playback?.state]).toEqual(['on-air', null, 'playing'])
  })
})

describe('lines that were not delivered', () => {
  test('can be sent again under the same id, once, and lose their mark', async () => {
    const { clock, chat, posted, refusals, lines } = chatting()
    refusals.push('offline')
    await chat.send('hello')
    await clock.pass(300)
    const [failed] = lines.slice(-1)
    expect(failed).toMatchObject({ text: 'hello', failed: true })
    chat.sendAgain(failed?.id ?? '')
    chat.sendAgain(failed?.id ?? '')
    await clock.pass(300)
    expect(posted).toMatchObject([{ id: failed?.id, text: 'hello' }])
    expect(lines.at(-1)).not.toHaveProperty('failed')
  })

  test('twenty are remembered, and none of another room', async () => {
    const { clock, chat, posted, refusals, lines } = chatting()
    for (let i = 0; i < 25; i++) {
      refusals.push('offline')
      await chat.send(`${i}`)
      await clock.pass(1000)
    }
    const ids = [...new Set(lines.map(({ id }) => id))]
    for (const id of ids.slice(0, 5)) chat.sendAgain(id)
    expect(posted).toEqual([])
    chat.connect(async () => {})
    for (const id of ids) chat.sendAgain(id)
    expect(posted).toEqual([])
  })
})

describe('what keeps one from writing', () => {
  test('the server’s "too fast" holds the next line for a while, and says until when (M24)', async () => {
    const { clock, chat, refusals } = chatting()
    refusals.push('rate-limited')
    await chat.send('x')
    await clock.pass(0)
    expect([chat.notice, chat.readyAt]).toEqual(['too-fast', clock.now() + 5000])
    await clock.pass(2000)
    expect(await chat.send('y')).toBe(false)
    expect(chat.readyAt).toBe(clock.now() + 3000)
    await clock.pass(3000)
    expect([chat.notice, chat.readyAt, await chat.send('y')]).toEqual([null, 0, true])
  })

  test('a mute ends by itself, by word of the server, or with the next connection', async () => {
    const { clock, chat } = chatting()
    chat.setMuted(60_000)
    expect([chat.bar, await chat.send('x'), chat.notice]).toEqual(['muted', false, 'muted'])
    await clock.pass(60_000)
    expect(chat.bar).toBeNull()
    chat.setMuted(30 * 86_400_000)
    chat.setOnline(false)
    chat.setOnline(true)
    expect(chat.bar).toBeNull()
    chat.setMuted(60_000)
    chat.setMuted(0)
    expect(chat.bar).toBeNull()
  })

  test('a room that is muted as a whole says so, and bars whoever is not in charge', async () => {
    const world = new World()
    const roomId = world.service.liveRoom('ann')
    const { room } = world.phone('bob').viewer()
    await room.enter(roomId)
    await world.clock.pass(1000)
    expect(room.chat.bar).toBeNull()
    const lines: ChatLine[] = []
    room.chat.onBatch((batch) => lines.push(...batch))
    room.chat.setReserved(true)
    expect(room.chat.bar).toBe('muted-all')
    await room.leave()
    expect(room.chat.reserved).toBe(false)
  })
})

describe('custom messages', () => {
  test('go to everybody under their tag, one’s own at once, a repeat once', async () => {
    const { chat, posted } = chatting()
    const heard: CustomMessage[] = []
    chat.onCustom((message) => heard.push(message))
    expect(await chat.sendCustom('vote', { choice: 2 })).toBe(true)
    const [sent] = posted as Extract<MemberMessage, { type: 'custom' }>[]
    if (!sent) throw new Error('nothing was sent')
    chat.receive('me', sent)
    chat.receive('eve', { ...sent, name: 'Eve' })
    chat.receive('eve', { ...sent, name: 'Eve' })
    expect(heard).toMatchObject([
      { tag: 'vote', data: { choice: 2 }, userId: 'me', mine: true },
      { userId: 'eve', name: 'Eve', mine: false },
    ])
  })

  test('what the server would not take is not sent, and what comes too fast waits for nobody', async () => {
    const { chat, posted } = chatting()
    const circle: { self?: unknown } = {}
    circle.self = circle
    for (const [tag, data] of [
      ['Vote', 1],
      ['', 1],
      ['x'.repeat(33), 1],
      ['vote', 'x'.repeat(1023)],
      ['vote', circle],
    ] as const) {
      expect(await chat.sendCustom(tag, data)).toBe(false)
    }
    const taken = await Promise.all(Array.from({ length: 9 }, () => chat.sendCustom('vote', 1)))
    expect(taken.filter(Boolean)).toHaveLength(5)
    expect(posted).toHaveLength(5)
  })

  test('a flood of them reaches a handler thirty times a second, and after the end never', async () => {
    const { clock, scope, chat } = chatting()
    let heard = 0
    chat.onCustom(() => heard++)
    for (let i = 0; i < 2000; i++) {
      chat.receive('eve', { type: 'custom', id: `${i}`, tag: 'vote', data: i, name: '' })
      await clock.pass(1)
    }
    expect(heard).toBeLessThanOrEqual(61)
    scope.end()
    heard = 0
    await clock.pass(2000)
    chat.receive('eve', { type: 'custom', id: 'late', tag: 'vote', data: 1, name: '' })
    expect(heard).toBe(0)
  })
})

test('M81, M82, M83, M85: whatever comes from the group is read without harm, and cut', () => {
  const fields = fc.dictionary(fc.constantFrom('id', 'text', 'name', 'to', 'tag', 'data', 'n'), fc.jsonValue())
  const types = fc.constantFrom('barrage', 'joined', 'custom', 'like', 'room')
  fc.assert(
    fc.property(fields, types, (data, type) => {
      const read = readMember({ from: 'eve', data: { ...data, type } })
      expect(JSON.stringify(read ?? null).length).toBeLessThan(3000)
    }),
  )
  const line = { type: 'barrage', id: '1', text: 'x', name: '' }
  expect(readMember({ from: 'eve', data: { ...line, to: { userId: 'u', name: '\u202e}}"', admin: 1 } } })).toEqual({
    ...line,
    to: { userId: 'u', name: '}}"' },
  })
  expect(readMember({ from: 'eve', data: { ...line, to: 'me' } })).toEqual(line)
  expect(readMember({ from: 'eve', data: { type: 'custom', id: '1', tag: 'a b', data: 1, name: '' } })).toBeNull()
})
