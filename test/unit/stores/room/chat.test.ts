import { MessengerError } from '../../../../miniprogram/services/messenger/port'
import { Chat, type ChatLine, type Post } from '../../../../miniprogram/stores/room/chat'
import { KEPT_LINES } from '../../../../miniprogram/stores/room/chat/line-feed'
import { BATCH } from '../../../../miniprogram/stores/room/chat/lines'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'

function chatting() {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const chat = new Chat(scope, () => ({ userId: 'me', name: 'Mia' }))
  const posted: unknown[] = []
  const refusals: MessengerError['code'][] = []
  const post: Post = async (message) => {
    const refusal = refusals.shift()
    if (refusal) throw new MessengerError(refusal, 'refused by the test')
    posted.push(message)
  }
  chat.connect(post)
  chat.setOnline(true)
  const batches: (readonly ChatLine[])[] = []
  const end = chat.onBatch((lines) => batches.push(lines))
  const flood = (from: number, count: number, text = (i: number) => `line ${i}`) => {
    for (let i = from; i < from + count; i++) {
      chat.receive('eve', { type: 'barrage', id: String(i), text: text(i), name: 'Eve' })
    }
  }
  return { clock, scope, chat, posted, refusals, batches, flood, end }
}
const textsOf = (lines: readonly ChatLine[]) => lines.map((line) => (line.kind === 'system' ? line.event : line.text))

test("one's own line is drawn before the server has answered, and not again when it comes back", async () => {
  const { clock, chat, batches, posted } = chatting()
  const sending = chat.send('  good evening ')
  await clock.pass(0)
  expect(batches.map(textsOf)).toEqual([['good evening']])
  expect(await sending).toBe(true)
  const [sent] = posted as [{ id: string; text: string; name: string }]
  expect(sent).toMatchObject({ type: 'barrage', text: 'good evening', name: 'Mia' })
  chat.receive('me', { type: 'barrage', ...sent })
  await clock.pass(1000)
  expect(batches).toHaveLength(1)
})

test.each([
  ['nothing', '   ', 'empty'],
  ['2,000 characters', 'x'.repeat(2000), 'too-long'],
  ['201 emoji', '🎈'.repeat(201), 'too-long'],
] as const)('%s is refused kindly, without asking the server', async (_what, text, notice) => {
  const { clock, chat, posted } = chatting()
  expect(await chat.send(text)).toBe(false)
  expect([chat.notice, posted]).toEqual([notice, []])
  await clock.pass(3000)
  expect(chat.notice).toBeNull()
})

test('200 emoji, quotes and braces pass as they are (M81, M82)', async () => {
  const { chat, posted } = chatting()
  expect(await chat.send('🎈'.repeat(200))).toBe(true)
  expect(await chat.send('"}} \\ <b>{{x}}</b>')).toBe(true)
  expect(posted).toMatchObject([{ text: '🎈'.repeat(200) }, { text: '"}} \\ <b>{{x}}</b>' }])
})

test('without a connection nothing is taken, and the user reads why', async () => {
  const { chat, posted } = chatting()
  chat.setOnline(false)
  expect(await chat.send('hello')).toBe(false)
  expect([chat.notice, posted]).toEqual(['offline', []])
})

test('the eleventh line within 5 s is too fast; later it goes', async () => {
  const { clock, chat } = chatting()
  for (let i = 0; i < 10; i++) expect(await chat.send(`line ${i}`)).toBe(true)
  expect(await chat.send('one more')).toBe(false)
  expect(chat.notice).toBe('too-fast')
  await clock.pass(5001)
  expect(await chat.send('one more')).toBe(true)
  expect(chat.notice).toBeNull()
})

test('a line that the server refuses is marked as not delivered', async () => {
  const { clock, chat, refusals, batches } = chatting()
  refusals.push('rate-limited')
  await chat.send('too much')
  await clock.pass(300)
  expect(chat.notice).toBe('too-fast')
  const lines = batches.flat().filter((line) => line.kind === 'barrage')
  expect(lines.map((line) => line.failed)).toEqual([undefined, true])
  expect(new Set(lines.map((line) => line.id)).size).toBe(1)
})

test.each(['muted', 'refused'] as const)('a line that is %s says so in words of its own', async (code) => {
  const { clock, chat, refusals } = chatting()
  refusals.push(code)
  await chat.send('hello')
  await clock.pass(300)
  expect(chat.notice).toBe(code)
})

test('a notice of the anchor is a line of the room: plain, of legal length, and never an empty one', async () => {
  const { clock, chat, batches } = chatting()
  chat.proclaim(`\u202eTea\nat five ${'x'.repeat(300)}`)
  chat.proclaim(' \u200b')
  await clock.pass(300)
  const lines = batches.flat()
  expect(lines).toMatchObject([{ kind: 'notice', text: expect.stringMatching(/^Tea at five x{188}$/) }])
})

test('at 40 messages a second: at most ten batches a second, every line once, in order', async () => {
  const { clock, batches, flood } = chatting()
  for (let i = 0; i < 200; i++) {
    flood(i, 1)
    await clock.pass(25)
  }
  await clock.pass(200)
  expect(batches.length).toBeLessThanOrEqual(52)
  expect(batches.flatMap(textsOf)).toEqual(Array.from({ length: 200 }, (_, i) => `line ${i}`))
})

test('at 1,000 long messages a second the oldest are shed, and batches stay under 8 kB (M121, promise 6)', async () => {
  const { clock, batches, flood } = chatting()
  for (let second = 0; second < 50; second++) {
    flood(second * 100, 100, (i) => `${i} ${'弹'.repeat(190)}`)
    await clock.pass(100)
  }
  expect(batches.length).toBeLessThanOrEqual(51)
  for (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(BATCH.lines)
    expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(8000)
  }
  expect(textsOf(batches[batches.length - 1] ?? []).pop()).toMatch(/^4999 /)
})

test('who listens late gets the newest that are kept, once', async () => {
  const { clock, chat, flood, end } = chatting()
  end()
  flood(0, KEPT_LINES + 50)
  await clock.pass(500)
  const late: string[] = []
  chat.onBatch((lines) => late.push(...textsOf(lines)))
  await clock.pass(500)
  expect(late[late.length - 1]).toBe(`line ${KEPT_LINES + 49}`)
  expect(new Set(late).size).toBe(late.length)
  expect(late.length).toBeGreaterThan(5)
})

test('a repeat is dropped even after hundreds of other lines', async () => {
  const { clock, batches, flood } = chatting()
  flood(0, 1)
  flood(1, 350)
  flood(0, 1)
  await clock.pass(500)
  expect(batches.flatMap(textsOf).filter((text) => text === 'line 0').length).toBeLessThanOrEqual(1)
  expect(textsOf(batches[batches.length - 1] ?? []).pop()).toBe('line 350')
})

test('nothing is drawn while the page is hidden; the newest come on return', async () => {
  const { clock, chat, batches, flood } = chatting()
  chat.hold(true)
  flood(0, 500)
  await clock.pass(5000)
  expect(batches).toEqual([])
  chat.hold(false)
  await clock.pass(0)
  expect(textsOf(batches[0] ?? []).pop()).toBe('line 499')
})

test('what the server does to the room is said in a line of its own', async () => {
  const { clock, chat, batches } = chatting()
  chat.announce('interrupted')
  await clock.pass(0)
  expect(batches).toEqual([[{ kind: 'system', id: expect.any(String), event: 'interrupted' }]])
})

test('after the end nothing is drawn, sent or marked', async () => {
  const { clock, scope, chat, batches, flood, refusals } = chatting()
  refusals.push('offline')
  const sending = chat.send('last words')
  scope.end()
  flood(0, 5)
  await sending
  await clock.pass(5000)
  expect(await chat.send('too late')).toBe(false)
  expect([batches, chat.online, clock.pending]).toEqual([[], false, 0])
})
