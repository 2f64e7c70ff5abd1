import { Inputs } from '../../../desk/media/inputs'
import { browserStorage } from '../../../desk/wiring/storage'

/** A shared screen: tracks that end by `stop`, or by the bar of the browser. */
function screen() {
  const listeners: (() => void)[] = []
  const track = {
    stopped: false,
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
    stop: () => {
      track.stopped = true
    },
  }
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream
  return {
    stream,
    track,
    endByBrowser() {
      for (const listener of listeners) listener()
    },
  }
}

function memory() {
  const kept = new Map<string, string>()
  return browserStorage('ann', {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  })
}

test('a screen is shared until the user, or the bar of the browser, ends it; its tracks end with it', async () => {
  const first = screen()
  const inputs = new Inputs(memory(), async () => first.stream)
  let unshared = 0
  inputs.onUnshared(() => unshared++)
  await inputs.share()
  expect(inputs.sharing).toBe(true)
  inputs.stopSharing()
  inputs.stopSharing()
  expect([inputs.sharing, first.track.stopped, unshared]).toEqual([false, true, 1])

  const second = screen()
  const again = new Inputs(memory(), async () => second.stream)
  again.onUnshared(() => unshared++)
  await again.share()
  second.endByBrowser()
  expect([again.sharing, second.track.stopped, unshared]).toEqual([false, true, 2])
})

test('another screen takes the place of the first, which ends; a late end of the first changes nothing', async () => {
  const screens = [screen(), screen()]
  let n = 0
  const inputs = new Inputs(memory(), async () => screens[n++]?.stream ?? null)
  await inputs.share()
  await inputs.share()
  expect(screens.map(({ track }) => track.stopped)).toEqual([true, false])
  screens[0]?.endByBrowser()
  expect(inputs.screen).toBe(screens[1]?.stream)
})

test('who closes the list of screens goes on as before; a browser that refuses is told of', async () => {
  const none = new Inputs(memory(), async () => null)
  await none.share()
  expect([none.sharing, none.screenRefused]).toEqual([false, false])
  const refused = new Inputs(memory(), () => Promise.reject(new Error('policy')))
  await refused.share()
  expect([refused.sharing, refused.screenRefused]).toEqual([false, true])
})

test('the chosen devices are known again next time; what a strange storage holds is not believed', () => {
  const storage = memory()
  new Inputs(storage).choose('microphone', 'mic-2')
  const next = new Inputs(storage)
  expect([next.camera, next.microphone]).toEqual(['', 'mic-2'])
  storage.set('desk-inputs', { camera: 7 })
  expect(new Inputs(storage).microphone).toBe('')
})
