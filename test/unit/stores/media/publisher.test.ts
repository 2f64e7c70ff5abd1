import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { Publisher } from '../../../../miniprogram/stores/media/publisher'
import type { RoomFault } from '../../../../miniprogram/stores/room/fault'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'
import { FakePusherTag } from '../../../support/fakes/media-tags'

/** A publisher on a tag, pushing to `rtmp://first`; `grants` says how the next questions for a URL end. */
async function pushing() {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const faults: (RoomFault['code'] | null)[] = []
  const grants: (string | RoomApiError | Promise<string>)[] = []
  const logged: string[] = []
  let asked = 0
  const publisher = new Publisher({
    scope,
    retry: { next: ({ tries }) => (tries > 20 ? null : 0) },
    freshUrl: async () => {
      asked++
      const grant = grants.shift() ?? `rtmp://fresh-${asked}`
      if (grant instanceof RoomApiError) throw grant
      return grant
    },
    onFault: (fault) => faults.push(fault?.code ?? null),
    onPublished: () => {},
    log: (message) => logged.push(message),
  })
  const tag = new FakePusherTag(publisher)
  publisher.dispatch({ type: 'preview' })
  publisher.dispatch({ type: 'push', url: 'rtmp://first' })
  await clock.pass(10)
  const on = async (...codes: number[]) => {
    for (const code of codes) publisher.onCode(code)
    await clock.pass(0)
  }
  return { clock, scope, publisher, tag, faults, grants, logged, on, asked: () => asked }
}
const lost = new RoomApiError('network', 'gone')

test('starts on top of the preview, and 1002 is the proof of publishing', async () => {
  const { publisher, tag, on } = await pushing()
  expect([publisher.state, tag.pushing, tag.done]).toEqual(['connecting', 'rtmp://first', ['startPreview', 'start']])
  await on(1001, 1002, 1002)
  expect(publisher.state).toBe('publishing')
})

test('a platform that never says 1002 is believed by its bit rate (M158, P23)', async () => {
  const weak = await pushing()
  await weak.on(1008)
  expect(weak.publisher.state).toBe('connecting')
  weak.publisher.onNetStatus({ videoBitrate: '812', audioBitrate: 32 })
  expect(weak.publisher.state).toBe('publishing')
  const mute = await pushing()
  for (const info of [{}, { videoBitrate: 'fast' }, { videoBitrate: 0 }, { videoBitrate: 500 }])
    mute.publisher.onNetStatus(info)
  expect(mute.publisher.state).toBe('connecting')
  mute.publisher.onNetStatus({ videoBitrate: 500 })
  expect(mute.publisher.state).toBe('publishing')
})

test('no proof within 15 s: stop, a second of pause, a fresh URL, start (P27, P31, P32)', async () => {
  const { clock, publisher, tag } = await pushing()
  await clock.pass(14_900)
  expect(publisher.state).toBe('connecting')
  await clock.pass(150)
  expect([publisher.state, publisher.url, tag.pushing]).toEqual(['reconnecting', '', null])
  await clock.pass(900)
  expect(tag.pushing).toBeNull()
  await clock.pass(200)
  expect([publisher.url, tag.pushing]).toEqual(['rtmp://fresh-1', 'rtmp://fresh-1'])
  expect(tag.done.slice(-2)).toEqual(['stop', 'start'])
})

test('1102 lets the SDK work for 30 s, then repushes; 1002 in time is enough', async () => {
  const patient = await pushing()
  await patient.on(1002, 1102)
  expect([patient.publisher.state, patient.publisher.url]).toEqual(['reconnecting', 'rtmp://first'])
  await patient.clock.pass(20_000)
  await patient.on(1002)
  expect([patient.publisher.state, patient.tag.pushing]).toEqual(['publishing', 'rtmp://first'])
  await patient.on(1102)
  await patient.clock.pass(32_000)
  expect(patient.tag.pushing).toBe('rtmp://fresh-1')
})

test('the loop of 3005 and -1307 mints a URL each time and is told after five, once (M94, M159)', async () => {
  const { clock, publisher, tag, faults, on } = await pushing()
  for (let i = 1; i <= 6; i++) {
    await on(1002, 3005, -1307, -1307)
    await clock.pass(1500)
    expect(tag.pushing).toBe(`rtmp://fresh-${i}`)
  }
  expect(faults.filter((code) => code === 'push-unstable')).toHaveLength(1)
  await on(1002)
  expect(faults[faults.length - 1]).toBeNull()
  expect(publisher.state).toBe('publishing')
})

test('a server that gives no URL is asked again until it does', async () => {
  const { clock, publisher, tag, grants, on, asked } = await pushing()
  grants.push(lost, lost, lost)
  await on(1002, -1307)
  await clock.pass(3000)
  expect([asked(), tag.pushing, publisher.state]).toEqual([4, 'rtmp://fresh-4', 'connecting'])
})

test('a URL that was asked for before another push is never used (M67)', async () => {
  const { clock, publisher, tag, grants, on } = await pushing()
  let answer = (_url: string) => {}
  const slow = new Promise<string>((resolve) => {
    answer = resolve
  })
  grants.push(slow, new Promise(() => {}))
  await on(1002, -1307)
  await clock.pass(1500)
  publisher.dispatch({ type: 'release' })
  publisher.dispatch({ type: 'push', url: 'rtmp://second' })
  await on(-1307)
  await clock.pass(1500)
  answer('rtmp://late')
  await clock.pass(100)
  expect([publisher.state, publisher.url, tag.pushing]).toEqual(['reconnecting', '', null])
})

test('a refused URL is never used again: one fresh one, then a fault that says so', async () => {
  const { clock, publisher, tag, faults, on } = await pushing()
  await on(3004)
  await clock.pass(1500)
  expect(tag.pushing).toBe('rtmp://fresh-1')
  await on(-1326)
  await clock.pass(60_000)
  expect([publisher.state, publisher.url, tag.pushing, faults]).toEqual(['stopped', '', null, ['push-refused']])
})

test('5000 suspends without a fault; shown again it goes on silently with a fresh URL (M128, P13)', async () => {
  const { clock, publisher, tag, faults, on, asked } = await pushing()
  await on(1002)
  publisher.dispatch({ type: 'hide' })
  await on(5000)
  expect([publisher.state, publisher.url]).toEqual(['suspended', ''])
  await clock.pass(120_000)
  expect([publisher.state, asked()]).toEqual(['suspended', 0])
  publisher.dispatch({ type: 'show' })
  await clock.pass(100)
  expect([publisher.state, tag.pushing]).toEqual(['connecting', 'rtmp://fresh-1'])
  expect(faults.filter(Boolean)).toEqual([])
})

test('5001 waits for the end of the call, wherever the page is meanwhile', async () => {
  const { clock, publisher, tag, on } = await pushing()
  await on(1002)
  publisher.dispatch({ type: 'call', phase: 'begin' })
  publisher.dispatch({ type: 'hide' })
  await on(5001)
  publisher.dispatch({ type: 'show' })
  await clock.pass(5000)
  expect([publisher.state, tag.pushing]).toEqual(['suspended', null])
  publisher.dispatch({ type: 'call', phase: 'end' })
  await clock.pass(100)
  expect(tag.pushing).toBe('rtmp://fresh-1')
})

test('a suspension that no hide and no call explains is tried again after a while', async () => {
  const { clock, tag, on } = await pushing()
  await on(1002, 5000)
  await clock.pass(4500)
  expect(tag.pushing).toBe('rtmp://fresh-1')
})

test('a withdrawn permission stops the camera and says which; trying again starts anew', async () => {
  const { clock, publisher, tag, faults, on } = await pushing()
  await on(1002)
  publisher.onError(10002)
  await clock.pass(0)
  expect([publisher.state, tag.cameraOn, faults[faults.length - 1]]).toEqual([
    'stopped',
    false,
    'permission-microphone',
  ])
  publisher.dispatch({ type: 'again' })
  await clock.pass(100)
  expect(tag.pushing).toBe('rtmp://fresh-1')
})

test('a failed camera leaves the sound on air and says so', async () => {
  const { publisher, faults, on } = await pushing()
  await on(1002, -1301)
  expect([publisher.state, faults[faults.length - 1]]).toEqual(['publishing', 'device-camera'])
})

test('a silent microphone restarts the pusher once, then it is a fault', async () => {
  const { clock, tag, faults, on } = await pushing()
  await on(1002, -1311)
  await clock.pass(3500)
  expect(tag.pushing).toBe('rtmp://fresh-1')
  await on(1002, -1311)
  expect(faults).toEqual([null, null, 'device-microphone'])
})

test('an encoder in trouble has 5 s to recover before the quality is lowered', async () => {
  const recovered = await pushing()
  await recovered.on(1002, -1303)
  await recovered.clock.pass(3000)
  recovered.publisher.onNetStatus({ videoBitrate: 700 })
  await recovered.clock.pass(10_000)
  expect([recovered.publisher.mode, recovered.tag.pushing]).toEqual(['HD', 'rtmp://first'])
  const lasting = await pushing()
  await lasting.on(1002, -1303)
  await lasting.clock.pass(7000)
  expect([lasting.publisher.mode, lasting.tag.pushing]).toEqual(['SD', 'rtmp://fresh-1'])
  await lasting.on(1002, -1305)
  expect(lasting.faults[lasting.faults.length - 1]).toBe('unsupported-device')
})

test('the badge of a poor uplink changes at most every 2 s and recovers after 10 s', async () => {
  const { clock, publisher, on } = await pushing()
  await on(1002, 1101)
  expect(publisher.quality).toBe('poor')
  await clock.pass(9000)
  await on(1101)
  await clock.pass(9000)
  expect(publisher.quality).toBe('poor')
  await clock.pass(1100)
  expect(publisher.quality).toBe('good')
  await on(1101)
  expect(publisher.quality).toBe('good')
})

test('three taps on the quality sheet are one restart of the encoder (P44)', async () => {
  const { clock, publisher, on } = await pushing()
  await on(1002)
  const seen: string[] = []
  for (const mode of ['SD', 'HD', 'FHD'] as const) {
    publisher.setMode(mode)
    await clock.pass(100)
    seen.push(publisher.mode)
  }
  await clock.pass(300)
  expect([...seen, publisher.mode]).toEqual(['HD', 'HD', 'HD', 'FHD'])
})

test('the anchor sets camera, sound and beauty; levels outside the range of the tag are bounded (M127)', async () => {
  const { publisher, tag } = await pushing()
  publisher.flip()
  publisher.setMuted(true)
  publisher.setCameraOn(false)
  publisher.setBeauty(12)
  publisher.setWhiteness(-1)
  publisher.setWhiteness(Number.NaN)
  expect(publisher).toMatchObject({ facing: 'back', muted: true, cameraOn: false, beauty: 9, whiteness: 0 })
  expect(tag.done).toContain('switchCamera')
})

test('a stream that the server does not get is pushed anew, unless it has just begun', async () => {
  const { clock, publisher, tag, on } = await pushing()
  await on(1002)
  publisher.dispatch({ type: 'not-received' })
  expect(publisher.state).toBe('publishing')
  await clock.pass(11_000)
  publisher.dispatch({ type: 'not-received' })
  await clock.pass(1500)
  expect(tag.pushing).toBe('rtmp://fresh-1')
})

test('an unknown code is told once, and nothing else happens', async () => {
  const { publisher, logged, on } = await pushing()
  await on(1002, 4711, 4711, 1028)
  expect(logged).toEqual(['live-pusher reported the unknown code 4711'])
  expect([publisher.state, publisher.codes.counts.get(4711)]).toEqual(['publishing', 2])
})

test('a start that the platform refuses is tried again without waiting for the watchdog', async () => {
  const { clock, tag, on } = await pushing()
  tag.manner = 'refuses'
  await on(1002, -1307)
  await clock.pass(1500)
  expect(tag.pushing).toBeNull()
  tag.manner = 'answers'
  await clock.pass(2500)
  expect(tag.pushing).toMatch(/^rtmp:\/\/fresh/)
})

test('native calls whose callbacks never come do not hold up the next ones (P28)', async () => {
  const { clock, tag, on } = await pushing()
  tag.manner = 'silent'
  await on(1002, -1307)
  await clock.pass(8000)
  expect(tag.pushing).toBe('rtmp://fresh-1')
})

test('effects wait for the tile: a tag that is mounted late starts what is wanted then', async () => {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const deps = { scope, retry: { next: () => 0 }, freshUrl: async () => '', onFault() {}, onPublished() {}, log() {} }
  const publisher = new Publisher(deps)
  publisher.dispatch({ type: 'preview' })
  publisher.dispatch({ type: 'push', url: 'rtmp://first' })
  await clock.pass(1000)
  const tag = new FakePusherTag(publisher)
  await clock.pass(0)
  expect(tag.done).toEqual(['start'])
})

test('the end of the scope alone stops a tag that is still mounted; a tag that comes after it never starts (P9, P29)', async () => {
  const { clock, scope, publisher, tag } = await pushing()
  const late = Object.create(tag) as FakePusherTag
  const stopped: string[] = []
  tag.stop = async () => {
    stopped.push('stop')
  }
  tag.stopPreview = async () => {
    stopped.push('stopPreview')
  }
  scope.end()
  expect(stopped).toEqual(['stop', 'stopPreview'])
  publisher.attach(late)
  publisher.dispatch({ type: 'push', url: 'rtmp://late' })
  await clock.pass(1000)
  expect([publisher.active, publisher.url, clock.pending]).toEqual([false, '', 0])
})
