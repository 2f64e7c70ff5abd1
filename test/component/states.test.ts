import { FAULTS } from '../../miniprogram/stores/room/fault'
import { newStage, provideFakeRoom, ROOM } from './support/fake-room'
import { mount, settled } from './support/simulate'

/** A room in a state, and nothing of another one over it. */
function open(role: 'anchor' | 'audience', canShowMedia = true) {
  const stage = newStage()
  const part = mount('live-room', { role, roomId: role === 'audience' ? 'r1' : '', locale: 'en' }, [], () =>
    provideFakeRoom(stage, canShowMedia),
  )
  const set = async (change: () => void) => {
    stage.act(change)
    await settled()
  }
  const labels = (words: string) => part.attribute('aria-label').filter((label) => label === words)
  return { part, stage, set, labels }
}

test('what stands in the middle has it alone: no word about missing pictures behind it', async () => {
  const { part, stage, set } = open('anchor', false)
  expect(part.words()).toContain('No live picture here')
  await set(() => {
    stage.room.fault = { code: 'capability-library', ...FAULTS['capability-library'] }
  })
  expect(part.words()).toContain('Your WeChat is too old')
  expect(part.words()).not.toContain('No live picture here')
})

test('the controls before a show stand on its panel, however high that grows', async () => {
  const { part, stage, set } = open('anchor')
  await set(() => {
    stage.room.publisher.active = true
  })
  const onPanel = () => part.dom.innerHTML.includes('first-devices')
  expect(onPanel()).toBe(true)
  await set(() => Object.assign(stage.room, { room: ROOM, phase: 'on-air' }))
  expect(onPanel()).toBe(false)
})

test('while a card stands the controls are a row below it', async () => {
  const { part, stage, set } = open('anchor')
  await set(() => {
    stage.room.publisher.active = true
    Object.assign(stage.room, { room: { ...ROOM, state: 'interrupted' }, phase: 'interrupted' })
  })
  expect(part.dom.innerHTML).toContain('rail--row')
  await set(() => Object.assign(stage.room, { room: ROOM, phase: 'on-air' }))
  expect(part.dom.innerHTML).not.toContain('rail--row')
})

test('the question whether to end a show has a word of its own for yes', async () => {
  const { part, stage, set, labels } = open('anchor')
  await set(() => Object.assign(stage.room, { room: ROOM, phase: 'on-air' }))
  part.instance.exit()
  await settled()
  expect(part.words()).toContain('End this show?')
  expect([labels('End the show').length, labels('End now').length]).toEqual([1, 1])
})
