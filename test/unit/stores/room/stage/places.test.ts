import type { SeatView } from '../../../../../miniprogram/protocol/room'
import { placesOf } from '../../../../../miniprogram/stores/room/stage/places'
import { roomView, seatView } from '../../../../support/fakes/room-view'

const seat = (number: number, name: string, different: Partial<SeatView> = {}) =>
  seatView({ seat: number, user: { userId: name, name }, state: 'on', ...different })
const seats = [seat(1, 'ann'), seat(2, 'bob', { handAt: 9 }), seatView({ seat: 3 }), seat(4, 'carl', { away: true })]
const names = (kind: 'live' | 'call', me: string) =>
  placesOf(roomView({ kind, seats }), me).map(({ user }) => user.name)

test('in a call the others come by seat, and oneself after them; whoever opened it is no more than they', () => {
  expect(names('call', 'ann')).toEqual(['bob', 'carl', 'ann'])
  expect(names('call', 'carl')).toEqual(['ann', 'bob', 'carl'])
  expect(names('call', 'dora')).toEqual(['ann', 'bob', 'carl'])
})

test('in a show the anchor comes first, and seats stand in their order whoever looks', () => {
  expect(names('live', 'ann')).toEqual(['Eve', 'ann', 'bob', 'carl'])
})

test('a hand and a hold are known of everybody in a call', () => {
  const places = placesOf(roomView({ kind: 'call', seats }), 'ann')
  expect(places.map(({ handAt, away }) => [handAt, away])).toEqual([
    [9, false],
    [null, true],
    [null, false],
  ])
})
