import { aacFormat } from '../../../preview/media/aac-decoder'
import { clockAge, clockBlocks, clockGrid } from '../../../preview/media/clock-code'
import { Loudness, volumeOf } from '../../../preview/media/loudness'
import { NOTHING, netInfo } from '../../../preview/media/net-info'
import { looksFilter, Painter } from '../../../preview/media/painter'
import { resample } from '../../../preview/media/resample'
import { SoundSchedule } from '../../../preview/media/sound-queue'
import { socketUrl } from '../../../preview/media/stream-url'
import { whyNotThere } from '../../../preview/media/support'
import fc from '../../support/property'

describe('stream addresses', () => {
  const page = { protocol: 'http:', host: '127.0.0.1:8080' }

  test.each([
    ['rtmp://127.0.0.1:1935/live/a_1?txSecret=x&txTime=y', 'ws://127.0.0.1:8080/live/a_1.flv?txSecret=x&txTime=y'],
    ['http://127.0.0.1:8080/live/a_1.flv', 'ws://127.0.0.1:8080/live/a_1.flv'],
    ['webrtc://x/live/a', null],
    ['rtmp://x/live/a/b/../c', null],
    ['http://x/live/a.m3u8', null],
    ['', null],
  ])('%s becomes %s', (address, expected) => {
    expect(socketUrl(address, page)).toBe(expected)
  })

  test('the way into a TRTC room leads nowhere here, and says so', () => {
    expect(whyNotThere('room://cloud.tencent.com/rtc?sdkappid=1')).toContain('MEDIA_PLANE')
    expect(whyNotThere('rtmp://127.0.0.1:1935/live/a')).toBeNull()
  })

  test('a page on https uses wss', () => {
    expect(socketUrl('rtmp://x/live/a', { protocol: 'https:', host: 'h' })).toBe('wss://h/live/a.flv')
  })
})

describe('the clock in pixels', () => {
  test('the age of every moment is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat({ max: 60_000 }), (drawn, later) => {
        expect(clockAge(clockBlocks(drawn), drawn + later)).toBe(later)
      }),
    )
  })

  test('one wrong block is noticed instead of read as another time', () => {
    const blocks = clockBlocks(1_234_567)
    for (let i = 24; i < 28; i++) {
      expect(
        clockAge(
          blocks.map((white, at) => (at === i ? !white : white)),
          1_234_567,
        ),
      ).toBeNull()
    }
    expect(clockAge([], 0)).toBeNull()
  })

  test('blocks lie in the upper third of the picture', () => {
    const grid = clockGrid(360, 640)
    expect(grid).toHaveLength(28)
    expect(Math.max(...grid.map(({ y, h }) => y + h / 2))).toBeCloseTo(640 / 3)
  })
})

describe('sound', () => {
  test('resampling keeps the duration and the shape', () => {
    const ramp = Float32Array.from({ length: 441 }, (_, i) => i / 441)
    const out = resample(ramp, 44_100, 48_000)
    expect(out).toHaveLength(480)
    expect(out[240]).toBeCloseTo(0.5, 2)
    expect(resample(ramp, 48_000, 48_000)).toBe(ramp)
  })

  test('the format is read from the AudioSpecificConfig', () => {
    expect(aacFormat(new Uint8Array([0x11, 0x88]))).toEqual({ sampleRate: 48_000, numberOfChannels: 1 })
    expect(aacFormat(new Uint8Array([0x12, 0x10]))).toEqual({ sampleRate: 44_100, numberOfChannels: 2 })
    expect(aacFormat(new Uint8Array([0x17, 0x80]))).toBeNull()
  })

  test('blocks follow each other without a gap after a short delay', () => {
    const schedule = new SoundSchedule()
    expect(schedule.place(10, 0.02)).toBeCloseTo(10.08)
    expect(schedule.place(10.02, 0.02)).toBeCloseTo(10.1)
  })

  test('a join burst is dropped down to the target instead of lagging for ever', () => {
    const schedule = new SoundSchedule()
    const burst = Array.from({ length: 50 }, () => schedule.place(1, 0.02))
    expect(burst.filter((at) => at === null).length).toBeGreaterThan(30)
    expect(schedule.place(1.2, 0.02)).not.toBeNull()
  })

  test('an underrun builds the delay up again', () => {
    const schedule = new SoundSchedule()
    schedule.place(1, 0.02)
    expect(schedule.place(5, 0.02)).toBeCloseTo(5.08)
  })
})

describe('loudness', () => {
  test('is nothing for silence, everything for full scale, and even steps between', () => {
    expect([0, 1e-9, 1, 4].map(volumeOf)).toEqual([0, 0, 100, 100])
    expect([1e-1, 1e-2, 1e-3, 1e-4].map(volumeOf)).toEqual([80, 60, 40, 20])
  })

  test('is that of all samples since it was last asked for', () => {
    const loudness = new Loudness()
    loudness.add(Float32Array.from([0.1, -0.1]))
    loudness.add(Float32Array.from([0.1, -0.1]))
    expect([loudness.take(), loudness.take()]).toEqual([60, 0])
  })
})

test('net status counts what happened between two readings', () => {
  const before = { ...NOTHING, at: 1000 }
  const now = { at: 3000, videoBytes: 100_000, audioBytes: 12_000, frames: 30, width: 360, height: 640, cache: 70 }
  expect(netInfo(before, now, 2, 1)).toMatchObject({
    videoBitrate: 400,
    audioBitrate: 48,
    netSpeed: 448,
    videoFPS: 15,
    videoGOP: 2,
    videoWidth: 360,
    videoHeight: 640,
    videoCache: 70,
    netQualityLevel: 1,
  })
})

test('looks cost nothing while they are off', () => {
  const plain = { beauty: 0, whiteness: 0, mirror: true, filter: 'standard', zoom: 2 }
  expect(looksFilter(plain)).toBe('')
  expect(looksFilter({ ...plain, beauty: 9 })).toContain('blur(1.08px)')
  expect(looksFilter({ ...plain, whiteness: 4 })).toContain('brightness(1.1)')
  expect(looksFilter({ ...plain, filter: 'nostalgia' })).toContain('sepia')
  expect(looksFilter({ ...plain, filter: 'unheard-of' })).toBe('')
})

test('zoom takes the middle of what would be sent, in even numbers, and changes no size', () => {
  const target = { width: 360, height: 640 }
  const at = (zoom: number) =>
    new Painter(
      () => target,
      () => ({ beauty: 0, whiteness: 0, mirror: false, filter: 'standard', zoom }),
    ).plan({ displayWidth: 720, displayHeight: 1280 } as VideoFrame)
  expect(at(1)).toEqual({ crop: { x: 0, y: 0, width: 720, height: 1280 }, size: target })
  expect(at(2)).toEqual({ crop: { x: 180, y: 320, width: 360, height: 640 }, size: target })
  const { crop, size } = at(2.7)
  expect([Object.values(crop).every((side) => side % 2 === 0), size]).toEqual([true, target])
})
