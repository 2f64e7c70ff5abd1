import { setImmediate } from 'node:timers'
import type { User } from '../../miniprogram/protocol/room'
import { FakeClock } from '../support/fakes/clock'
import { mountPart } from './support/part'
import { settled } from './support/simulate'

// The clock of the fakes waits by it, and a page has none.
Object.assign(globalThis, { setImmediate })

function input(lang: 'en' | 'zh-CN' = 'en') {
  const clock = new FakeClock()
  const sent: [string, User | null][] = []
  const answers: Promise<boolean>[] = []
  const part = mountPart(
    'chat-input',
    (seen) => ({
      chat: Object.assign(
        seen({ bar: null as string | null, notice: null as string | null, readyAt: 0, mutedUntil: 0 }),
        {
          send: (line: string, to: User | null) => {
            sent.push([line, to])
            return answers.shift() ?? Promise.resolve(true)
          },
        },
      ),
    }),
    { kit: { clock }, events: ['keyboard'], lang },
  )
  const type = (value: string) => part.fire('.input', 'input', { value })
  return { part, clock, sent, answers, type }
}

test('sends trimmed text once and empties itself', async () => {
  const { part, sent, type } = input()
  await type('  晚上好 ')
  await part.tap('.send')
  await part.fire('.input', 'confirm')
  expect(sent).toEqual([['晚上好', null]])
})

test('blank text is not sent', async () => {
  const { part, sent, type } = input()
  await type('   ')
  await part.fire('.input', 'confirm')
  expect(sent).toEqual([])
})

test('counts code points near the limit and refuses one too many', async () => {
  const { part, sent, type } = input()
  await type('好'.repeat(150))
  expect(part.words()).toBe('')
  await type('😀'.repeat(199))
  expect(part.words()).toBe('1 character left')
  await type('😀'.repeat(202))
  expect(part.words()).toBe('2 characters too many')
  await part.tap('.send')
  expect(sent).toEqual([])
  await type('😀'.repeat(200))
  await part.tap('.send')
  expect(sent).toEqual([['😀'.repeat(200), null]])
})

test('a line that was not taken comes back, unless something new is being written', async () => {
  const { part, sent, answers, type } = input()
  answers.push(Promise.resolve(false))
  await type('lost')
  await part.tap('.send')
  expect(part.instance.data.value).toBe('lost')
  let refuse = (_: boolean) => {}
  answers.push(
    new Promise((resolve) => {
      refuse = resolve
    }),
  )
  await part.tap('.send')
  await type('new')
  refuse(false)
  await settled()
  expect(part.instance.data.value).toBe('new')
  expect(sent).toHaveLength(2)
})

test('tells how high the keyboard is, and that it is gone (P57)', async () => {
  const { part } = input()
  await part.fire('.input', 'keyboardheightchange', { height: 291 })
  await part.fire('.input', 'blur')
  expect(part.fired).toEqual([
    ['keyboard', { height: 291 }],
    ['keyboard', { height: 0 }],
  ])
})

test('an answer names its person, goes with the line, and is over with it', async () => {
  const { part, sent, type } = input()
  const eve = { userId: 'eve', name: 'Eve' }
  part.ui.reply(eve)
  await settled()
  expect(part.words()).toBe('Replying to Eve')
  await type('yes')
  await part.tap('.send')
  expect(sent).toEqual([['yes', eve]])
  expect([part.words(), part.ui.replyTo]).toEqual(['', null])
  part.ui.reply(eve)
  await settled()
  await part.tap('.drop')
  expect(part.words()).toBe('')
})

test.each([
  ['muted-all', 'Chat is paused'],
  ['offline', 'Connecting…'],
])('while %s it says so where one would write', async (bar, words) => {
  const { part, sent, type } = input()
  await type('hello')
  await part.act(({ chat }) => {
    chat.bar = bar
  })
  expect(part.instance.data.bar).toBe(words)
  expect(part.instance.data.shut).toBe(bar === 'muted-all')
  await part.fire('.input', 'confirm')
  // Offline the model is asked: it may be over by now, and it says what is wrong.
  expect(sent).toHaveLength(bar === 'offline' ? 1 : 0)
})

test('who is muted sees how much longer', async () => {
  const { part, clock } = input('zh-CN')
  await part.act(({ chat }) => {
    chat.mutedUntil = clock.now() + 65_000
    chat.bar = 'muted'
  })
  expect(part.instance.data.bar).toBe('禁言中，剩余 01:05')
  await clock.pass(3000)
  expect(part.instance.data.bar).toBe('禁言中，剩余 01:02')
  await part.act(({ chat }) => {
    chat.mutedUntil = 0
    chat.bar = null
  })
  expect([part.instance.data.bar, clock.pending]).toEqual(['', 0])
})

test('what he was writing when he was muted does not hide how long it lasts, and comes back', async () => {
  const { part, type } = input()
  const shown = () => part.attribute('value')
  await type('half a line')
  await part.act(({ chat }) => {
    chat.bar = 'muted-all'
  })
  expect([shown(), part.all('.send')]).toEqual([[''], []])
  await part.act(({ chat }) => {
    chat.bar = null
  })
  expect(shown()).toEqual(['half a line'])
})

test('who writes too fast is told how long to wait, second by second (M24)', async () => {
  const { part, clock } = input()
  await part.act(({ chat }) => {
    chat.readyAt = clock.now() + 2500
    chat.notice = 'too-fast'
  })
  expect(part.words()).toBe('That was quick. You can write again in 3 seconds.')
  await clock.pass(2000)
  expect(part.words()).toBe('That was quick. You can write again in 1 second.')
  part.detach()
  expect(clock.pending).toBe(0)
})

test('an emoji is put behind what is written; what is none is not', async () => {
  const { part, type } = input()
  await type('hi ')
  await part.tap('.emoji')
  await part.tap('.face')
  part.instance.insert({ currentTarget: { dataset: { id: '<b>' } } })
  expect(part.instance.data.value).toBe('hi 😊')
  await part.tap('.switch')
  expect(part.ui.flying).toBe(false)
})
