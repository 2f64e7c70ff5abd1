import { mountPart } from './support/part'

function controls(role: 'anchor' | 'audience', camera: boolean) {
  const calls: string[] = []
  const part = mountPart(
    'plain-controls',
    (seen) => ({
      endsByLeaving: role === 'anchor',
      stage: {
        camera: camera
          ? Object.assign(seen({ muted: false, facing: 'front' }), {
              setMuted: (muted: boolean) => calls.push(`muted ${muted}`),
              flip: () => calls.push('flip'),
            })
          : null,
      },
      close: () => calls.push('close'),
    }),
    { events: ['exit'] },
  )
  return { part, calls }
}

test('an anchor whose pictures cover everything can still mute, flip and end, asked once more (P49, P54)', async () => {
  const { part, calls } = controls('anchor', true)
  const keys = () => part.all('wx-cover-view wx-cover-view').map((key) => key.textContent)
  expect(keys()).toEqual(['Turn the microphone off', 'Switch to the back camera', 'End the show'])
  part.instance.mute()
  part.instance.flip()
  part.instance.leave()
  expect(calls).toEqual(['muted true', 'flip'])
  expect(keys()).toContain('End this show?')
  part.instance.leave()
  expect(calls).toEqual(['muted true', 'flip', 'close'])
  await part.act(({ stage }) => {
    stage.camera.muted = true
  })
  expect(keys()).toContain('Turn the microphone on')
})

test('a viewer has his way out, at once', () => {
  const { part, calls } = controls('audience', false)
  expect(part.words()).toBe('Leave the room')
  part.instance.leave()
  expect([part.fired, calls]).toEqual([[['exit', undefined]], []])
})
