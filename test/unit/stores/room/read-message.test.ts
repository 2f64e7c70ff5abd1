import { LIMITS, lengthOf } from '../../../../miniprogram/protocol/limits'
import { readClosing, readMember, readSystem } from '../../../../miniprogram/stores/room/read-message'
import { readPersonal } from '../../../../miniprogram/stores/room/read-personal'
import { roomView } from '../../../support/fakes/room-view'
import fc from '../../../support/property'

const read = (text: unknown, name: unknown = 'Eve', id: unknown = '1') =>
  readMember({ from: 'eve', data: { type: 'barrage', id, text, name } })
const line = (text: string, name = 'Eve') => {
  const message = read(text, name)
  if (message?.type !== 'barrage') throw new Error('not a line')
  return message
}

test('a forged client’s 8 kB are cut to a line and a name of legal length, and its id too', () => {
  const message = line('长'.repeat(8000), 'n'.repeat(8000))
  expect([message.text, message.name]).toEqual(['长'.repeat(LIMITS.barrageMax), 'n'.repeat(LIMITS.nameMax)])
  expect(read('x', '', 'i'.repeat(9000))).toMatchObject({ id: 'i'.repeat(64) })
})

test('an emoji at the cut stays whole', () => {
  expect(line(`${'a'.repeat(LIMITS.barrageMax - 1)}🎉🎉`).text).toBe(`${'a'.repeat(LIMITS.barrageMax - 1)}🎉`)
})

test.each([
  ['line breaks', 'a\r\n\n\nb\u2028c', 'a b c'],
  ['controls', 'a\u0000\u001b[31mb\u0085', 'a[31mb'],
  ['bidi overrides', 'abc\u202edcba\u202c\u2066x\u2069', 'abcdcbax'],
  ['text without width', 'a\u200b\u2060\ufeffb', 'ab'],
  ['halves of characters', 'a\ud83db', 'ab'],
  ['towers of marks', `e${'\u0301'.repeat(90)}`, `e${'\u0301'.repeat(4)}`],
])('%s do not reach the screen', (_, text, drawn) => {
  const message = line(text, text)
  expect([message.text, message.name]).toEqual([drawn, drawn.trim()])
})

test('what people really write stays as it is', () => {
  for (const text of ['👩‍👩‍👧‍👦 ❤️', 'مرحبا', 'Việt Nam', 'नमस्ते', 'می‌خواهم', 'ก็']) expect(line(text).text).toBe(text)
})

test.each([[''], [' \n\t '], ['\u202e\u200b'], [7], [null], [{ toString: () => 'x' }]])(
  'the text %j is no line',
  (text) => {
    expect(read(text)).toBeNull()
  },
)

test('a line without a sender on its envelope, or with a name that is no text, is dropped or unnamed', () => {
  expect(readMember({ from: '', data: { type: 'barrage', id: '1', text: 'x', name: '' } })).toBeNull()
  expect(read('x', { a: 1 })).toMatchObject({ name: '' })
})

test('whatever comes, a line is one line within the limits', () => {
  const any = fc.string({ unit: 'binary', maxLength: 3000 })
  fc.assert(
    fc.property(any, any, (text, name) => {
      const message = read(text, name)
      if (message?.type !== 'barrage') return
      expect(lengthOf(message.text)).toBeLessThanOrEqual(LIMITS.barrageMax)
      expect(lengthOf(message.name)).toBeLessThanOrEqual(LIMITS.nameMax)
      expect(message.text).toBe(message.text.trim())
      expect(`${message.text}${message.name}`).not.toMatch(/[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
      expect(message.text).not.toBe('')
    }),
  )
})

test('what those who keep order say is for the room that it names, and nothing else is taken for it', () => {
  const said = { type: 'order', roomId: 'r1', what: 'muted', seconds: 60 }
  expect(readPersonal('r1', said)).toEqual(said)
  expect(readPersonal('r1', { type: 'order', roomId: 'r1', what: 'banned', seconds: '9' })).toEqual({
    type: 'order',
    roomId: 'r1',
    what: 'banned',
  })
  for (const other of [
    null,
    'order',
    { ...said, roomId: 'r2' },
    { ...said, what: 'toString' },
    { ...said, type: 'pk' },
  ]) {
    expect(readPersonal('r1', other)).toBeNull()
  }
})

test('a room whose notice or picture is no text is dropped', () => {
  const read = (room: object) => readSystem('r1', { type: 'room', room: { ...roomView(), ...room } })
  expect(read({ notice: 'Tea', coverFile: 'cloud://e.b/1' })).not.toBeNull()
  for (const broken of [{ notice: { a: 1 } }, { notice: undefined }, { coverFile: 7 }]) expect(read(broken)).toBeNull()
})

test('a refusal tells how the room ended, where it has the agreed shape', () => {
  const summary = { durationMs: 1, totalViewers: 2, peakViewers: 3, likes: 4 }
  const room = roomView({ state: 'closed', reason: 'ended-by-operator' })
  expect(readClosing({ room, summary })).toEqual({ room, summary })
  expect(readClosing({ room: { roomId: 'r1' }, summary: 'x' })).toEqual({ room: null, summary: null })
})
