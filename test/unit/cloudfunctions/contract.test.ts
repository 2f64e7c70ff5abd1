import { agreed, inputs } from '../../../cloudfunctions/contract/actions'
import { actionOf, parseInput } from '../../../cloudfunctions/contract/parse'
import { REFUSALS } from '../../../cloudfunctions/contract/refusals'
import type { ActionName } from '../../../miniprogram/protocol/actions'
import { COVERS } from '../../../miniprogram/protocol/limits'
import fc from '../../support/property'

const ACTIONS = Object.keys(inputs) as ActionName[]
const show = { title: 'A show', cover: 'jade', requestId: 'r-1' }
const roomId = 'r0123456789abcdef01234567'
const title = (text: unknown) => parseInput('create', { ...show, title: text })
const fields = (parsed: ReturnType<typeof parseInput>) => (parsed.ok ? [] : parsed.issues.map((i) => i.field))

describe('title of a show', () => {
  it('of 1 to 40 code points is accepted, and trimmed', () => {
    expect(title('  My show \n')).toMatchObject({ ok: true, value: { title: 'My show' } })
    expect(title('x'.repeat(40)).ok).toBe(true)
    expect(title(` ${'x'.repeat(40)} `).ok).toBe(true)
  })

  it('that is empty, blank or invisible is refused', () => {
    for (const text of ['', '   ', '\u3000', '\u200b\u200d', '\u00a0\ufeff'])
      expect(fields(title(text))).toContain('title')
  })

  it('of 41 characters is refused', () => {
    expect(fields(title('x'.repeat(41)))).toEqual(['title'])
    expect(fields(title('字'.repeat(41)))).toEqual(['title'])
  })

  it('counts an emoji of one code point as one', () => {
    expect(title('🎸'.repeat(40)).ok).toBe(true)
    expect(title('🎸'.repeat(41)).ok).toBe(false)
  })

  it('M124: with markup, quotes or braces is text like any other', () => {
    for (const text of ['<script>alert(1)</script>', `"'}}{{ & ?x=1#`, 'a&role=presenter?x', '👩‍👩‍👧 family']) {
      expect(title(text)).toMatchObject({ ok: true, value: { title: text } })
    }
  })

  it('with control characters or half an emoji is refused', () => {
    for (const text of ['a\u0000b', 'a\nb', 'a\u007fb', 'a\u0085b', 'a\ud83d b'])
      expect(fields(title(text))).toEqual(['title'])
  })
})

it('M20: names that every object has are no actions, and no room ids', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    expect(actionOf({ action: name }).ok).toBe(false)
    expect(parseInput('enter', { roomId: name }).ok).toBe(false)
  }
})

it('an event that pretends to be a timer or an HTTP callback is no action', () => {
  for (const event of [
    { Type: 'Timer', TriggerName: 'sweep', Time: 'now', Message: '' },
    { httpMethod: 'POST', path: '/', headers: {}, body: '{"event_type":1}' },
    { action: 7 },
    { action: ['list'] },
    [],
    null,
    undefined,
    'list',
    7,
  ]) {
    expect(actionOf(event).ok).toBe(false)
  }
})

it('drops what the platform or a client adds to an event', () => {
  const event = { action: 'enter', roomId, userInfo: { openId: 'x' }, openid: 'y', userId: 'z' }
  expect(parseInput('enter', event)).toEqual({ ok: true, value: { roomId } })
})

it('M54: caps the size of a page', () => {
  for (const limit of [0, 51, 1.5, -1, '20', Number.NaN])
    expect(fields(parseInput('list', { limit }))).toEqual(['limit'])
  expect(parseInput('list', { limit: 50 }).ok).toBe(true)
  expect(parseInput('list', {})).toEqual({ ok: true, value: {} })
})

it('accepts every cover by name and no other', () => {
  for (const cover of COVERS) expect(parseInput('create', { ...show, cover }).ok).toBe(true)
  expect(fields(parseInput('create', { ...show, cover: 'url(http://x)' }))).toEqual(['cover'])
})

it('accepts 1 to 50 likes', () => {
  for (const count of [0, 51, -5, 1e9, '1', null])
    expect(fields(parseInput('like', { roomId, count }))).toEqual(['count'])
  for (const count of [1, 50]) expect(parseInput('like', { roomId, count }).ok).toBe(true)
})

it('M22: property: wrong types in any field of any action give issues, never a throw', () => {
  const anything = fc.anything({ maxDepth: 2 })
  const event = fc.dictionary(
    fc.constantFrom('roomId', 'title', 'cover', 'requestId', 'epoch', 'version', 'count', 'limit', 'cursor', 'name'),
    anything,
  )
  fc.assert(
    fc.property(fc.constantFrom(...ACTIONS), event, (action, input) => {
      const parsed = parseInput(action, input)
      if (!parsed.ok) {
        expect(parsed.issues.length).toBeGreaterThan(0)
        expect(parsed.issues.length).toBeLessThanOrEqual(10)
        for (const { field } of parsed.issues) expect(Object.keys(inputs[action].entries)).toContain(field)
      }
    }),
  )
})

it('knows every action that may refuse, and no other; that each schema yields its input, the compiler holds', () => {
  expect([...ACTIONS].sort()).toEqual(Object.keys(REFUSALS).sort())
  expect(agreed).toBe(true)
})
