import './support/phone'
import { wordsOfCode } from '../../miniprogram/components/shared/code-words'
import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS } from '../../miniprogram/stores/media/codes'

const TABLES = [
  ['push', PUSHER_CODES],
  ['push-error', PUSHER_ERRORS],
  ['play', PLAYER_CODES],
] as const

test.each(TABLES)('every code of %s has words in both languages (M76, M114)', (kind, table) => {
  for (const code of table.keys()) {
    expect(wordsOfCode('zh-CN', kind, code)).toMatch(/\p{Script=Han}/u)
    expect(wordsOfCode('en', kind, code)).toMatch(/^[A-Z][^\p{Script=Han}]{4,40}$/u)
  }
})

test('the words are those of the tag that says the code', () => {
  expect([wordsOfCode('en', 'push', 1002), wordsOfCode('en', 'push-error', 1002)]).toEqual([
    'Handshake done, sending',
    'Microphone not allowed',
  ])
  expect(wordsOfCode('zh-CN', 'play', -2301)).toBe('多次重连失败，已放弃')
  expect([wordsOfCode('en', 'play', 424242), wordsOfCode('en', 'push', Number.NaN)]).toEqual([
    'A message without a meaning',
    'A message without a meaning',
  ])
})
