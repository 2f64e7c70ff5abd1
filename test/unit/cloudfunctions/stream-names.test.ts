import { randomBytes } from 'node:crypto'
import { mixStream, newLinkId, parseStream, seatStream, streamName } from '../../../cloudfunctions/core/ids'
import fc from '../../support/property'

const roomId = `r${'0a'.repeat(12)}`

it('every name of ours says whose it is, and whose room', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 999_999_999 }), (seat, epoch) => {
      expect(parseStream(streamName(roomId, epoch, randomBytes(16)))).toEqual({ roomId, of: 'anchor' })
      expect(parseStream(seatStream(roomId, seat, epoch, randomBytes))).toEqual({
        ...{ roomId, of: 'seat', seat, plane: 'rtmp' },
      })
    }),
  )
  expect(parseStream(mixStream(roomId, randomBytes))).toEqual({ roomId, of: 'mix' })
})

it('M9: names end in 128 bits of chance', () => {
  for (const name of [seatStream(roomId, 1, 1, randomBytes), mixStream(roomId, randomBytes)]) {
    expect(name).toMatch(/_[0-9a-f]{32}$/)
  }
  const asked: number[] = []
  seatStream(roomId, 1, 1, (size) => {
    asked.push(size)
    return randomBytes(size)
  })
  expect(asked).toEqual([16])
})

it('names of others are none of ours, whatever is in them', () => {
  const end = '0'.repeat(32)
  const others = [
    '',
    roomId,
    `${roomId}_s1_${end}`,
    `${roomId}_s0e1_${end}`,
    `${roomId}_s1e_${end}`,
    `${roomId}_se1_${end}`,
    `${roomId}_m1_${end}`,
    `${roomId}_m_${end}0`,
    `x${roomId}_m_${end}`,
    `${roomId}_m_${end}\n`,
    `${roomId}_s1e1_${end.toUpperCase().replaceAll('0', 'A')}`,
    `${roomId}__${end}`,
  ]
  for (const name of others) expect([name, parseStream(name)]).toEqual([name, null])
  fc.assert(fc.property(fc.string(), (name) => parseStream(name) === null))
})

it('a ticket has an id that nobody guesses', () => {
  expect(newLinkId(randomBytes)).toMatch(/^l[0-9a-f]{24}$/)
})
