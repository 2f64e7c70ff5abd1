import { newStage, provideFakeRoom, ROOM } from './support/fake-room'
import { mount, settled } from './support/simulate'

const RIVAL = { roomId: 'r2', title: 'Tea', anchor: { userId: 'u2', name: 'Bo' } }
const PK = { pkId: 'p1', state: 'on', rival: RIVAL, startedAt: 0, endsInMs: 60_000 }

/** A room of an anchor that counts how often what is in the way of the stage is measured. */
async function open() {
  const stage = newStage()
  const part = mount('live-room', { role: 'anchor', locale: 'en' }, [], () => provideFakeRoom(stage))
  const set = async (change: () => void) => {
    stage.act(change)
    await settled()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  let asked = 0
  const query = { select: () => query, boundingClientRect: () => query, exec: () => asked++ }
  part.instance.createSelectorQuery = () => query
  await set(() => Object.assign(stage.room, { room: ROOM, phase: 'on-air' }))
  const measured = async (change: () => void) => {
    const before = asked
    await set(change)
    return asked - before
  }
  return { part, stage, measured }
}

test('what moves under the header is measured once, and what does not is not', async () => {
  const { stage, measured } = await open()
  const { room } = stage
  expect(await measured(() => Object.assign(room, { room: { ...ROOM, pk: PK } }))).toBeGreaterThan(0)
  expect(await measured(() => Object.assign(room.publisher, { state: 'publishing', quality: 'poor' }))).toBe(1)
  expect(await measured(() => Object.assign(room, { counts: { ...room.counts, viewers: 9 } }))).toBe(0)
  expect(await measured(() => Object.assign(room.publisher, { quality: 'good' }))).toBe(1)
})

test('while there is company the controls are a row, in float too', async () => {
  const { part, stage, measured } = await open()
  await measured(() => Object.assign(stage.room.publisher, { active: true }))
  expect(part.dom.innerHTML).not.toContain('rail--row')
  part.instance.accompany({ detail: { company: 'over', lane: null } })
  await settled()
  expect(part.dom.innerHTML).toContain('rail--row')
  expect(part.dom.innerHTML).toContain('talk--above')
})
