import { readFileSync } from 'node:fs'
import path from 'node:path'
import { bodies } from '../../../../cloudfunctions/contract/room-service/requests'
import { Refusal } from '../../../../cloudfunctions/core/refusal'
import { FAILED, KINDS, OldRefusal, refusalOf, wordsFor } from '../../../../cloudfunctions/core/room-service/refusals'

/** Codes of the old servers, as their clients know them. */
const FIRST = [-1, 1, 3, 5, 6, 7, 10, 11, 5001]

test('every refusal has a code that terminals of either generation know, and a text in two languages', () => {
  for (const [name, { first, second, zh, en }] of Object.entries(KINDS)) {
    expect([name, FIRST]).toEqual([name, expect.arrayContaining([first])])
    if (second !== null) expect(String(second)).toMatch(/^20[0-9]{4}$/)
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).toMatch(/^[\x20-\x7e]+$/)
  }
  expect(Object.keys(FAILED).sort()).toEqual([...Object.keys(bodies), 'utils'].sort())
})

test('a terminal reads its own code and language', () => {
  const words = (second: boolean, english: boolean) => wordsFor('no-such-room', 'get_pushers', { second, english })
  expect([words(false, false).code, words(true, false).code]).toEqual([3, 204002])
  expect([words(false, false).message, words(false, true).message]).toEqual(['房间不存在', 'there is no such room'])
})

test('core speaks in its own codes; a fault of ours is none of them', () => {
  expect(refusalOf(new Refusal('full', 'no seat'))?.kind).toBe('full')
  const own = new OldRefusal('bad-mix')
  expect(refusalOf(own)).toBe(own)
  expect(refusalOf(new Error('database is down'))).toBeNull()
})

test('docs/room-service.md names every code', () => {
  const doc = readFileSync(path.resolve(__dirname, '../../../../docs/room-service.md'), 'utf8')
  const codes = Object.values(KINDS).flatMap(({ first, second }) => [first, ...(second === null ? [] : [second])])
  for (const code of new Set([...codes, ...Object.values(FAILED)])) expect(doc).toContain(`\`${code}\``)
})
