/** @jest-environment node */
import { Ui } from '../../miniprogram/components/room/ui'
import { CallConductor } from '../../miniprogram/components/rtc-room/call-conductor'
import { barOf, cardOf, smallPrintOf } from '../../miniprogram/components/rtc-room/card'
import type { RtcRoom } from '../../miniprogram/stores/rtc-room/rtc-room'
import { callerOf, callOfTwo } from '../support/fakes/calls'

// Nothing is drawn here, and the bindings want the platform as soon as they are loaded.
jest.mock('mobx-miniprogram-bindings', () => ({}))

const conduct = (room: RtcRoom, clock: ConstructorParameters<typeof CallConductor>[2]) => {
  const ui = new Ui('en')
  return { ui, conductor: new CallConductor(room, ui, clock) }
}

test('a call that goes on has no card; on the way in it says so', async () => {
  const { world, clock, roomId } = await callOfTwo()
  const { room } = callerOf(world.phone('cat'))
  const { ui, conductor } = conduct(room, clock)
  const coming = conductor.open(roomId)
  expect(cardOf(room, ui)).toMatchObject({ busy: true, heading: 'Connecting' })
  await coming
  await clock.pass(500)
  expect([cardOf(room, ui).heading, barOf(room, ui).heading]).toEqual(['', ''])
})

test('whoever is not let in reads why, in the words of a call', async () => {
  const { world, clock } = await callOfTwo()
  const { room } = callerOf(world.phone('cat'))
  const { ui, conductor } = conduct(room, clock)
  await conductor.open('nowhere')
  expect(cardOf(room, ui)).toMatchObject({ heading: 'This call was not found', veil: 'solid' })
  expect(smallPrintOf(room, ui)).toBe('Code not-found')
})

test('whoever opened it has three answers; each does what it says', async () => {
  const { clock, ann, bob } = await callOfTwo()
  const { ui, conductor } = conduct(ann.room, clock)
  ui.confirming = true
  const card = cardOf(ann.room, ui)
  expect([card.action, card.deed, card.other, card.leave]).toEqual([
    'Leave alone',
    'leave',
    'End it for everybody',
    'Stay',
  ])
  await conductor.act('end')
  await clock.pass(500)
  expect([ann.room.phase, bob.room.phase]).toEqual(['ended', 'ended'])
  const other = conduct(bob.room, clock)
  expect(cardOf(bob.room, other.ui)).toMatchObject({ heading: 'The call has ended', leave: 'Back' })
})

test('hanging up says so, and its camera is off', async () => {
  const { clock, ann, bob } = await callOfTwo()
  const { ui, conductor } = conduct(bob.room, clock)
  await conductor.act('leave')
  await clock.pass(500)
  expect([cardOf(bob.room, ui).heading, bob.tag.pushing]).toEqual(['You have left the call', null])
  expect(ann.room.phase).toBe('on-air')
})
