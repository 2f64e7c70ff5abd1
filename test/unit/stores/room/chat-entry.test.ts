import type { RoomView, SeatView } from '../../../../miniprogram/protocol/room'
import type { Chat } from '../../../../miniprogram/stores/room/chat'
import { ChatEntry } from '../../../../miniprogram/stores/room/chat/chat-entry'
import type { Visit } from '../../../../miniprogram/stores/room/visit'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'
import { roomView, seatView } from '../../../support/fakes/room-view'

const seat = (number: number, name: string, state: SeatView['state']): SeatView =>
  seatView({ seat: number, user: name ? { userId: name.toLowerCase(), name } : null, state })

/** What the chat is told while the seats of a room change. */
function watch(first: SeatView[], me = 'me') {
  const told: unknown[][] = []
  const reserved: boolean[] = []
  const chat = {
    announce: (...line: unknown[]) => told.push(line),
    setReserved: (on: boolean) => reserved.push(on),
    greet: () => {},
    recall: () => {},
  }
  const api = { call: async () => ({ lines: [] }) as never }
  const entry = new ChatEntry({ chat: chat as unknown as Chat, api, me: () => me, greets: true })
  let room = roomView({ seats: first, admins: ['cleo'] })
  const visit = { roomId: 'r1' } as unknown as Visit
  entry.entered({ visit, scope: new Scope(new FakeClock()) }, { room })
  return {
    told,
    reserved,
    change(different: Partial<RoomView>) {
      const before = room
      room = { ...before, ...different, version: before.version + 1 }
      entry.changed(room, before)
    },
  }
}

test('a line says who comes on stage and who leaves it, once each', () => {
  const { told, change } = watch([seat(1, 'Ann', 'on'), seat(2, '', 'free')])
  change({ seats: [seat(1, 'Ann', 'on'), seat(2, 'Bob', 'held')] })
  expect(told).toEqual([])
  change({ seats: [seat(1, 'Ann', 'on'), seat(2, 'Bob', 'on')] })
  change({ seats: [seat(1, 'Ann', 'held'), seat(2, 'Bob', 'on')] })
  change({ seats: [seat(1, 'Ann', 'on'), seat(2, 'Bob', 'on')] })
  expect(told).toEqual([['on-stage', 'Bob']])
  change({ seats: [seat(1, '', 'free'), seat(2, 'Bob', 'on')] })
  expect(told.slice(1)).toEqual([['off-stage', 'Ann']])
})

test('who never came out of the wings has not left, and the end of a show is not told as everybody leaving', () => {
  const { told, change } = watch([seat(1, 'Ann', 'on'), seat(2, 'Bob', 'held')])
  change({ seats: [seat(1, 'Ann', 'on'), seat(2, '', 'free')] })
  change({ seats: [], state: 'closed' })
  expect(told).toEqual([])
})

test.each([
  ['me', true],
  ['cleo', false],
  ['u1', false],
])('while only those in charge may write, %s is kept from writing: %p', (me, kept) => {
  const { told, reserved, change } = watch([], me)
  change({ muteAll: true })
  change({ muteAll: false })
  expect(reserved).toEqual([false, kept, false])
  expect(told).toEqual([['muted-all'], ['unmuted-all']])
})
