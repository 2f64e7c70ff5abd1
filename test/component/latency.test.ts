import { mountPart } from './support/part'

const open = (role: 'anchor' | 'audience' = 'audience') => {
  const turned: boolean[] = []
  const part = mountPart('latency-switch', (seen) => ({
    role,
    stage: seen({ camera: null }),
    latency: Object.assign(seen({ offered: true, on: false, full: false, busy: false }), {
      turn: (on: boolean) => turned.push(on),
    }),
  }))
  return { part, turned }
}

test('a viewer switches to the picture without delay and back', async () => {
  const { part, turned } = open()
  await part.tap('.switch')
  await part.act(({ latency }) => Object.assign(latency, { on: true }))
  expect(part.attribute('aria-label')).toContain('Low latency, on. Tap for the normal stream')
  await part.tap('.switch')
  expect(turned).toEqual([true, false])
})

test('it is said when there was no place; where there is none, on stage and for the anchor there is no switch', async () => {
  const { part } = open()
  await part.act(({ latency }) => Object.assign(latency, { full: true }))
  expect(part.words()).toContain('Low latency is full')
  await part.act(({ stage }) => Object.assign(stage, { camera: {} }))
  expect(part.words()).toBe('')
  expect(open('anchor').part.words()).toBe('')
})
