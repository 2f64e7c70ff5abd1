import { tracksOf } from '../../../../miniprogram/stores/media/music'
import { Publisher } from '../../../../miniprogram/stores/media/publisher'
import type { RoomFault } from '../../../../miniprogram/stores/room/fault'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'
import { FakePusherTag } from '../../../support/fakes/media-tags'

const A = { name: 'Rain', url: 'https://music.test/a.mp3' }
const B = { name: 'Sea', url: 'https://music.test/b.mp3' }

function memory() {
  const kept = new Map<string, unknown>()
  const storage = {
    get: <T>(key: string, accept: (value: unknown) => value is T): T | undefined => {
      const value: unknown = JSON.parse(String(kept.get(key) ?? 'null'))
      return accept(value) ? value : undefined
    },
    set: (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
    remove: () => {},
  }
  return { kept, storage }
}

function setUp(storage = memory().storage) {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const faults: (RoomFault['code'] | null)[] = []
  const publisher = new Publisher({
    scope,
    retry: { next: () => 0 },
    freshUrl: async () => 'rtmp://fresh',
    onFault: (fault) => faults.push(fault?.code ?? null),
    onPublished: () => {},
    log: () => {},
    storage,
  })
  return { clock, scope, publisher, faults }
}

async function previewing(storage = memory().storage) {
  const made = setUp(storage)
  const tag = new FakePusherTag(made.publisher)
  made.publisher.dispatch({ type: 'preview' })
  await made.clock.pass(10)
  tag.done.length = 0
  return { ...made, tag, ...made.publisher }
}

describe('music', () => {
  test('one piece at a time, at the volume that was chosen, through the pusher alone (P45)', async () => {
    const { publisher, tag, clock } = await previewing()
    publisher.music.setTracks([A, B])
    publisher.music.play(A)
    await clock.pass(0)
    expect([tag.music, tag.done]).toEqual([A.url, [`playMusic ${A.url} 0`, 'setMusicVolume 0.6']])
    publisher.music.progress(4000, 60_000)
    expect([publisher.music.positionMs, publisher.music.durationMs]).toEqual([4000, 60_000])
    publisher.music.pause()
    publisher.music.pause()
    publisher.music.resume()
    publisher.music.play(B)
    await clock.pass(0)
    expect([publisher.music.current, publisher.music.positionMs, tag.music]).toEqual([B, 0, B.url])
    expect(tag.done.filter((call) => /pause|resume/.test(call))).toEqual(['pauseMusic', 'resumeMusic'])
    publisher.music.stop()
    expect([publisher.music.current, tag.music]).toEqual([null, null])
  })

  test('the next piece follows, the last one is followed by the first, and a stopped one by nothing', async () => {
    const { publisher } = await previewing()
    publisher.music.setTracks([A, B])
    publisher.music.play(A)
    publisher.music.complete()
    expect(publisher.music.current).toEqual(B)
    publisher.music.complete()
    expect(publisher.music.current).toEqual(A)
    publisher.music.stop()
    publisher.music.complete()
    expect(publisher.music.current).toBeNull()
  })

  test('a push that begins anew takes the piece up where it was, and a stop is silence', async () => {
    const { publisher, tag, clock } = await previewing()
    publisher.dispatch({ type: 'push', url: 'rtmp://a' })
    await clock.pass(0)
    publisher.onCode(1002)
    publisher.music.play(A)
    publisher.music.progress(9000, 60_000)
    publisher.onCode(-1307)
    await clock.pass(0)
    expect([tag.music, publisher.music.current]).toEqual([null, A])
    await clock.pass(2000)
    expect(tag.done).toContain(`playMusic ${A.url} 9000`)
    publisher.dispatch({ type: 'release' })
    await clock.pass(0)
    expect([tag.music, tag.cameraOn]).toEqual([null, false])
  })

  test.each(['refuses', 'answers'] as const)('a piece that cannot be loaded is said to be (%s)', async (manner) => {
    const { publisher, tag, clock } = await previewing()
    tag.manner = manner
    publisher.music.play(A)
    await clock.pass(0)
    if (manner === 'answers') publisher.onError(10003)
    expect([publisher.music.failed, publisher.music.current]).toEqual([true, null])
    tag.manner = 'answers'
    publisher.music.play(B)
    await clock.pass(0)
    expect([publisher.music.failed, tag.music]).toEqual([false, B.url])
  })

  test('volumes stay within 0 and 100, and nonsense changes nothing', async () => {
    const { publisher, tag } = await previewing()
    publisher.music.setVoice(130)
    publisher.music.setVolume(-5)
    publisher.music.setVolume(Number.NaN)
    expect([publisher.music.voice, publisher.music.volume]).toEqual([100, 0])
    expect(tag.done).toEqual(['setMicVolume 1', 'setMusicVolume 0', 'setMusicVolume 0'])
  })

  test('a page may give anything for tracks', () => {
    expect(
      tracksOf([A, null, 7, {}, { name: 'x' }, { name: 'x', url: 'javascript:alert(1)' }, { ...B, id: 3 }]),
    ).toEqual([A, B])
    expect([tracksOf(undefined), tracksOf('x'), tracksOf(Array(99).fill(A)).length]).toEqual([[], [], 50])
  })
})

describe('lens', () => {
  test('a second tap before the answer does not turn the torch off again, and a phone without a lamp says so', async () => {
    const { publisher, tag, clock } = await previewing()
    void publisher.lens.setTorch(true)
    void publisher.lens.setTorch(true)
    void publisher.lens.setTorch(false)
    await clock.pass(0)
    expect([publisher.lens.torch, tag.torch, tag.done]).toEqual([true, true, ['toggleTorch']])
    publisher.flip()
    expect(publisher.lens.torch).toBe(false)
    tag.manner = 'refuses'
    await publisher.lens.setTorch(true)
    expect(publisher.lens.torch).toBe(false)
  })

  test('the zoom is asked for once there is a camera, and stays within it', async () => {
    const { publisher, tag } = await previewing()
    expect(publisher.lens.maxZoom).toBe(3)
    publisher.lens.setZoom(2.345)
    expect(tag.zoom).toBe(2.3)
    publisher.lens.setZoom(99)
    publisher.lens.setZoom(Number.NaN)
    expect([tag.zoom, publisher.lens.zoom]).toEqual([3, 3])
  })

  test('a still picture, or none', async () => {
    const { publisher, tag } = await previewing()
    expect(await publisher.lens.shoot()).toEqual({ path: 'wxfile://still.jpg', width: 360, height: 640 })
    tag.manner = 'refuses'
    expect(await publisher.lens.shoot()).toBeNull()
  })

  test('what a client does not have is not offered, and asking for it does nothing (P47)', async () => {
    const { publisher, clock } = setUp()
    const nothing = async () => {}
    publisher.attach({
      start: nothing,
      stop: nothing,
      startPreview: nothing,
      stopPreview: nothing,
      switchCamera: nothing,
      pause: nothing,
      resume: nothing,
    })
    publisher.dispatch({ type: 'preview' })
    await clock.pass(0)
    const { lens, music } = publisher
    await lens.setTorch(true)
    lens.setZoom(2)
    music.play(A)
    expect(await lens.shoot()).toBeNull()
    expect([lens.canTorch, lens.canShoot, lens.maxZoom, lens.torch, lens.zoom, music.offered]).toEqual([
      false,
      false,
      1,
      false,
      1,
      false,
    ])
  })
})

describe('choices', () => {
  test('are there again for the next show; what would surprise is not', async () => {
    const { storage } = memory()
    const first = await previewing(storage)
    first.publisher.setBeauty(8)
    first.publisher.setMode('FHD')
    first.publisher.looks.setFilter('blues')
    first.publisher.looks.setStyle('nature')
    first.publisher.looks.setOthersMirrored(true)
    first.publisher.music.setVolume(20)
    first.publisher.setMuted(true)
    first.publisher.setCameraOn(false)
    first.scope.end()
    const { publisher } = setUp(storage)
    expect([publisher.beauty, publisher.whiteness, publisher.mode, publisher.music.volume]).toEqual([8, 3, 'FHD', 20])
    expect([publisher.looks.filter, publisher.looks.style, publisher.looks.othersMirrored]).toEqual([
      'blues',
      'nature',
      true,
    ])
    expect([publisher.muted, publisher.cameraOn]).toEqual([false, true])
  })

  test('a slider is written once, where it rests', async () => {
    const { storage, kept } = memory()
    const { publisher, clock } = await previewing(storage)
    for (let level = 0; level <= 9; level++) publisher.setBeauty(level)
    expect(kept.size).toBe(0)
    await clock.pass(600)
    expect(JSON.parse(String(kept.get('live-picture')))).toMatchObject({ beauty: 9 })
  })

  test('a lower quality that the platform chose is not the choice of the user', async () => {
    const { storage, kept } = memory()
    const { publisher, clock } = await previewing(storage)
    publisher.dispatch({ type: 'push', url: 'rtmp://a' })
    publisher.onCode(-1305)
    expect(publisher.mode).toBe('SD')
    publisher.setBeauty(1)
    await clock.pass(600)
    expect(JSON.parse(String(kept.get('live-picture')))).toMatchObject({ mode: 'HD' })
  })

  test.each(['null', '{}', '{"beauty":99}', '[]', '"x"', '{"beauty":1,"whiteness":1,"mode":"4K"}'])(
    'what is stored may be anything: %s',
    (words) => {
      const { storage, kept } = memory()
      kept.set('live-picture', words)
      const { publisher } = setUp(storage)
      expect([publisher.beauty, publisher.mode, publisher.looks.filter]).toEqual([5, 'HD', 'standard'])
    },
  )
})
