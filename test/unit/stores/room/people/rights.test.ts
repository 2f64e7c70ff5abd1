import { rightsOver } from '../../../../../miniprogram/stores/room/people/rights'
import { roomView, seatView } from '../../../../support/fakes/room-view'

const person = (userId: string) => ({ userId, name: userId })
const room = roomView({
  anchor: person('ann'),
  admins: ['cleo', 'carl'],
  seats: [seatView({ seat: 1, user: person('sue'), state: 'on' }), seatView({ seat: 2 })],
})

const may = (me: string, userId: string) =>
  Object.entries(rightsOver(room, me, userId)).flatMap(([right, on]) => (on ? right : []))

test.each([
  ['the anchor, with a viewer', 'ann', 'bob', ['order', 'office', 'invite']],
  ['the anchor, with an admin', 'ann', 'cleo', ['order', 'office', 'invite']],
  ['the anchor, with somebody on stage', 'ann', 'sue', ['order', 'office']],
  ['the anchor, with himself', 'ann', 'ann', []],
  ['an admin, with a viewer', 'cleo', 'bob', ['order', 'invite']],
  ['an admin, with another admin', 'cleo', 'carl', ['invite']],
  ['an admin, with the anchor', 'cleo', 'ann', []],
  ['an admin, with himself', 'cleo', 'cleo', []],
  ['a viewer, with a viewer', 'bob', 'dan', []],
  ['a viewer, with the anchor', 'bob', 'ann', []],
])('%s', (_what, me, userId, rights) => {
  expect(may(me, userId)).toEqual(rights)
})

test('nobody is asked onto a stage that is not there', () => {
  expect(rightsOver({ ...room, seats: [] }, 'ann', 'bob').invite).toBe(false)
})
