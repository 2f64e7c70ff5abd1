/** @jest-environment node */
import { Ui } from '../../miniprogram/components/room/ui'
import { CallConductor } from '../../miniprogram/components/rtc-room/call-conductor'
import { barOf, cardOf, smallPrintOf } from '../../miniprogram/components/rtc-room/card'
import { callerOf, callOf } from '../support/fakes/calls'

// Nothing is drawn here, and the bindings want the platform as soon as they are loaded.
jest.mock('mobx-miniprogram-bindings', () => ({}))

test.each(['en', 'zh-CN'] as const)(
  'who comes to a recorded call is asked in the middle of the screen, and his yes is one tap (%s)',
  async (lang) => {
    const { world, clock, roomId, ann } = await callOf([], { record: true })
    const { room, tag } = callerOf(world.phone('bob'))
    const ui = new Ui(lang)
    const conductor = new CallConductor(room, ui, clock)
    await conductor.open(roomId)
    const card = cardOf(room, ui)
    expect(card).toMatchObject({ icon: 'shield', deed: 'agree', veil: 'dim' })
    for (const words of [card.heading, card.advice, card.action, card.leave]) expect(words).not.toBe('')
    // It is a question, not a fault that somebody reports.
    expect(smallPrintOf(room, ui)).toBe('')
    expect([barOf(room, ui).heading, tag.pushing, ann.room.room?.seats[1]?.user]).toEqual(['', null, null])
    await conductor.act(card.deed)
    await clock.pass(500)
    expect([room.phase, cardOf(room, ui).heading]).toEqual(['on-air', ''])
  },
)
