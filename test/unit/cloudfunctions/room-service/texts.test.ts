import { inputs } from '../../../../cloudfunctions/contract/actions'
import { check } from '../../../../cloudfunctions/contract/parse'
import { nameFrom, titleFrom } from '../../../../cloudfunctions/core/room-service/texts'
import fc from '../../../support/property'

test.each([
  ['  Evening show ', 'Evening show'],
  ['{"title":"Evening","frontcover":"https://a.test/1.png"}', 'Evening'],
  ['{"roomName":"Evening"}', 'Evening'],
  ['{"frontcover":"https://a.test/1.png"}', ''],
  ['{"__proto__":{"title":"x"}}', ''],
  ['{not JSON', '{not JSON'],
  ['a\nb', 'a b'],
  ['\u200b', ''],
  ['', ''],
])('the title in %j is %j', (roomInfo, title) => {
  expect(titleFrom(roomInfo)).toBe(title)
})

test('whatever a terminal says, its title and name are such as our own protocol takes, or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      const [title, name] = [titleFrom(text), nameFrom(text)]
      if (title !== '') expect(check(inputs.create, { title, cover: 'ocean', requestId: 'r' }).ok).toBe(true)
      if (name !== '') expect(check(inputs.profile, { name }).ok).toBe(true)
    }),
  )
})
