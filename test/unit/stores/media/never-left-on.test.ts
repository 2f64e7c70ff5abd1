import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS } from '../../../../miniprogram/stores/media/codes'
import { Publisher, type PublisherState } from '../../../../miniprogram/stores/media/publisher'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'
import { FakePusherTag, type Manner } from '../../../support/fakes/media-tags'

const MUSIC = { name: 'Rain', url: 'https://music.test/a.mp3' }

function setUp() {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const logged: string[] = []
  let grant: Promise<string> | null = null
  const publisher = new Publisher({
    scope,
    retry: { next: () => 5000 },
    freshUrl: () => grant ?? Promise.resolve('rtmp://fresh'),
    onFault: () => {},
    onPublished: () => {},
    log: (message) => logged.push(message),
  })
  const tag = new FakePusherTag(publisher)
  tag.outlives = true
  const withhold = () => {
    grant = new Promise(() => {})
  }
  return { clock, scope, publisher, tag, logged, withhold }
}
type Made = ReturnType<typeof setUp>

async function publishing({ clock, publisher }: Made) {
  publisher.dispatch({ type: 'preview' })
  await clock.pass(10)
  publisher.dispatch({ type: 'push', url: 'rtmp://a' })
  await clock.pass(10)
  publisher.onCode(1002)
  publisher.music.play(MUSIC)
  void publisher.lens.setTorch(true)
  await clock.pass(10)
}

/** Every state that a publisher can be in, and the ways into it. */
const WAYS: Record<string, { state: PublisherState; go(made: Made): Promise<void> }> = {
  off: { state: 'off', go: async () => {} },
  preview: { state: 'preview', go: async ({ publisher }) => publisher.dispatch({ type: 'preview' }) },
  connecting: {
    state: 'connecting',
    go: async ({ publisher }) => publisher.dispatch({ type: 'push', url: 'rtmp://a' }),
  },
  publishing: { state: 'publishing', go: publishing },
  'reconnecting by itself': {
    state: 'reconnecting',
    go: async (made) => {
      await publishing(made)
      made.publisher.onCode(1102)
    },
  },
  'waiting to push again': {
    state: 'reconnecting',
    go: async (made) => {
      await publishing(made)
      made.publisher.onCode(-1307)
    },
  },
  'waiting for a URL': {
    state: 'reconnecting',
    go: async (made) => {
      await publishing(made)
      made.withhold()
      made.publisher.onCode(-1307)
      await made.clock.pass(5100)
    },
  },
  suspended: {
    state: 'suspended',
    go: async (made) => {
      await publishing(made)
      made.publisher.onCode(5000)
    },
  },
  'stopped by a fault': {
    state: 'stopped',
    go: async (made) => {
      await publishing(made)
      made.publisher.onError(10001)
    },
  },
}

const EXITS: Record<string, (made: Made) => Promise<void>> = {
  stop: async ({ publisher }) => publisher.dispatch({ type: 'release' }),
  'stop, twice': async ({ publisher }) => {
    publisher.dispatch({ type: 'release' })
    publisher.dispatch({ type: 'release' })
  },
  'detached, then the room ends': async ({ tag, scope, clock }) => {
    tag.destroy()
    await clock.pass(1000)
    scope.end()
  },
  'the room ends, then detached': async ({ tag, scope }) => {
    scope.end()
    tag.destroy()
  },
  unload: async ({ scope }) => scope.end(),
  'hidden, then killed': async ({ publisher, scope, clock }) => {
    publisher.dispatch({ type: 'hide' })
    await clock.pass(1000)
    scope.end()
  },
  'a call, then stop': async ({ publisher }) => {
    publisher.dispatch({ type: 'call', phase: 'begin' })
    publisher.dispatch({ type: 'release' })
    publisher.dispatch({ type: 'call', phase: 'end' })
  },
}

const MANNERS: readonly Manner[] = ['answers', 'silent', 'refuses']
const cases = Object.keys(WAYS).flatMap((way) => Object.keys(EXITS).map((exit) => [way, exit] as const))

test.each(cases)(
  'camera and microphone are off, and nothing is left that could turn them on: %s, %s (M152, P9)',
  async (way, exit) => {
    for (const manner of MANNERS) {
      const made = setUp()
      const { clock, publisher, tag } = made
      await WAYS[way]?.go(made)
      expect(publisher.state).toBe(WAYS[way]?.state)
      await clock.pass(10)
      tag.manner = manner
      await EXITS[exit]?.(made)
      // A native call that never answers is given up after a moment.
      await clock.pass(10_000)
      const off = [
        tag.cameraOn,
        tag.pushing,
        tag.previewing,
        tag.music,
        publisher.lens.torch,
        publisher.active,
        publisher.url,
      ]
      expect(off).toEqual([false, null, false, null, false, false, ''])
      expect(clock.pending).toBe(0)
      // What comes late changes nothing.
      for (const code of [1002, 1003, -1307, 5000, 2001]) publisher.onCode(code)
      publisher.onNetStatus({ videoBitrate: 800 })
      publisher.dispatch({ type: 'show' })
      publisher.dispatch({ type: 'online' })
      await clock.pass(60_000)
      expect([tag.cameraOn, tag.music, clock.pending]).toEqual([false, null, 0])
    }
  },
)

test.each(Object.keys(WAYS))(
  'every code in the state "%s": no throw, camera only while it is wanted (M76, M158)',
  async (way) => {
    const codes = [...PUSHER_CODES.keys(), ...PUSHER_ERRORS.keys(), ...PLAYER_CODES.keys(), 424242, Number.NaN]
    for (const code of codes) {
      for (const report of ['onCode', 'onError'] as const) {
        const made = setUp()
        await WAYS[way]?.go(made)
        made.publisher[report](code)
        await made.clock.pass(20_000)
        const { state, url, active } = made.publisher
        if (state === 'stopped' || state === 'suspended' || state === 'off') expect(made.tag.pushing).toBeNull()
        expect(active).toBe(way !== 'off')
        if (made.tag.pushing) expect(made.tag.pushing).toBe(url)
        made.scope.end()
        expect([made.tag.cameraOn, made.clock.pending]).toEqual([false, 0])
      }
    }
  },
)

test('an unknown code is told once, a known one never', async () => {
  const made = setUp()
  await publishing(made)
  for (const code of [424242, 424242, 1001, 2026, 424242, 424243]) made.publisher.onCode(code)
  expect(made.logged).toEqual([
    'live-pusher reported the unknown code 424242',
    'live-pusher reported the unknown code 424243',
  ])
})
