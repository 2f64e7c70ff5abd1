import './support/phone'
import { formatDate } from '../../miniprogram/locales/date'
import { en } from '../../miniprogram/locales/en'
import { formatCount, formatDuration, formatSince, initialOf } from '../../miniprogram/locales/format'
import { localeOf, pick, resolveLocale, text } from '../../miniprogram/locales/index'
import { zhCN } from '../../miniprogram/locales/zh-CN'
import { FAULTS } from '../../miniprogram/stores/room/fault'
import fc from '../support/property'
import { phone } from './support/phone'

const namesIn = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
const formsOf = (entry: string | { one: string; other: string }) =>
  typeof entry === 'string' ? [entry] : [entry.one, entry.other]

test('both languages have the same texts, none of them empty (M114)', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  for (const entry of [...Object.values(zhCN), ...Object.values(en)]) {
    for (const form of formsOf(entry)) expect(form.trim()).not.toBe('')
  }
})

test('both languages fill in the same parameters', () => {
  for (const [key, words] of Object.entries(zhCN)) {
    for (const form of formsOf(en[key as keyof typeof en])) expect([key, namesIn(form)]).toEqual([key, namesIn(words)])
  }
})

test('Chinese texts are Chinese and English ones are not', () => {
  for (const entry of Object.values(en)) for (const form of formsOf(entry)) expect(form).not.toMatch(/\p{Script=Han}/u)
  const plain = Object.entries(zhCN).filter(([, words]) => !/\p{Script=Han}|\{|^(LIVE|PK)$/u.test(words))
  expect(plain).toEqual([])
})

test('every fault has a title and advice in both languages (M114)', () => {
  for (const code of Object.keys(FAULTS) as (keyof typeof FAULTS)[]) {
    for (const locale of ['zh-CN', 'en'] as const) {
      expect(text(locale, `fault.${code}.title`)).not.toMatch(/^$|^fault\./)
      expect(text(locale, `fault.${code}.advice`)).not.toMatch(/^$|^fault\./)
    }
  }
})

test('numbers stand in a sentence as people write them', () => {
  const plain = Object.entries(en).filter(([, entry]) => typeof entry === 'string') as [string, string][]
  // What is counted in English has a form for one; a unit (min, h) and a word that never changes has not.
  expect(plain.filter(([, words]) => /\{n\} [a-z]+s\b/.test(words))).toEqual([])
  for (const entry of Object.values(en)) {
    if (typeof entry !== 'string') expect(entry.one).not.toBe(entry.other)
  }
  // A Latin number is set apart from the Chinese word after it.
  expect(Object.entries(zhCN).filter(([, words]) => /\{n\}\p{Script=Han}/u.test(words))).toEqual([])
})

test('a moment is written in the order of its language', () => {
  const at = new Date(2026, 10, 22, 20, 5).getTime()
  expect([formatDate('zh-CN', at), formatDate('en', at)]).toEqual(['11月22日 周日 20:05', 'Sun, Nov 22, 20:05'])
})

test('one thing is not many things', () => {
  expect(text('en', 'pk.lengthLabel', { n: 1 })).toBe('1 minute')
  expect(text('en', 'pk.lengthLabel', { n: 3 })).toBe('3 minutes')
  expect(text('en', 'like.button', { n: '1.2k' })).toBe('Like, 1.2k likes so far')
})

test('a name that looks like a template stays a name', () => {
  expect(text('en', 'home.evening', { name: '{name}{n}$&' })).toBe('Good evening, {name}{n}$&')
})

test('the language of the phone decides, and a tag overrules it', () => {
  expect([resolveLocale('zh_CN'), resolveLocale('zh-Hans'), resolveLocale('fr'), resolveLocale('en_US')]).toEqual([
    'zh-CN',
    'zh-CN',
    'en',
    'en',
  ])
  phone.language = 'en_GB'
  expect([localeOf(), localeOf(''), localeOf('zh-CN')]).toEqual(['en', 'en', 'zh-CN'])
  phone.language = 'zh_CN'
  expect(localeOf()).toBe('zh-CN')
  expect(pick('en', ['common.save'])).toEqual({ 'common.save': 'Save' })
})

test.each([
  [0, '0', '0'],
  [999, '999', '999'],
  [1000, '1000', '1k'],
  [9999, '9999', '9.9k'],
  [12_345, '1.2万', '12.3k'],
  [999_999, '99.9万', '999.9k'],
  [1_000_000, '100万', '1M'],
  [123_456_789, '1.2亿', '123.4M'],
])('%d is written %s and %s', (n, zh, english) => {
  expect(formatCount('zh-CN', n)).toBe(zh)
  expect(formatCount('en', n)).toBe(english)
})

test('a count is never rounded up, and never longer than a badge holds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000_000_000 }),
      fc.constantFrom('zh-CN' as const, 'en' as const),
      (n, locale) => {
        const written = formatCount(locale, n)
        expect(written.length).toBeLessThanOrEqual(7)
        const unit = { 万: 1e4, 亿: 1e8, k: 1e3, M: 1e6 }[written.slice(-1)] ?? 1
        expect(Number.parseFloat(written) * unit).toBeLessThanOrEqual(n + 1e-3)
      },
    ),
  )
})

test('durations and beginnings', () => {
  expect([0, 999, 61_000, 3_661_000, -5].map(formatDuration)).toEqual(['00:00', '00:00', '01:01', '1:01:01', '00:00'])
  expect([10, 61_000, 3_600_000, 90_000_000].map((ms) => formatSince('en', ms))).toEqual([
    'just started',
    '1 min ago',
    '1 h ago',
    '1 day ago',
  ])
  expect(formatSince('zh-CN', 12 * 60_000)).toBe('12 分钟前开播')
})

test('a person without a name still has a letter', () => {
  expect([initialOf('eve'), initialOf(' 小满'), initialOf('🎸x'), initialOf('')]).toEqual(['E', '小', '🎸', '·'])
})
