import { CaptureError } from '../../../preview/media/capture-error'
import { LinkError } from '../../../preview/media/publish-link'
import type { PushEvents, Tracks } from '../../../preview/media/push'
import type { PusherProps } from '../../../preview/media/pusher-props'
import { PusherSession } from '../../../preview/media/pusher-session'
import { fakeDevices } from './support/fake-devices'

const PROPS: PusherProps = {
  url: 'rtmp://x/live/a',
  mode: 'SD',
  autopush: false,
  muted: false,
  enableCamera: true,
  enableMic: true,
  devicePosition: 'front',
  beauty: 0,
  whiteness: 0,
  minBitrate: 200,
  maxBitrate: 1000,
  fps: 15,
  aspect: '9:16',
  videoWidth: 360,
  videoHeight: 640,
  orientation: 'vertical',
  mirror: false,
  audioQuality: 'high',
  filter: 'standard',
  zoom: 1,
}

/** A push whose server is the test. */
class FakePush {
  stopped = false
  congested = false
  tracks: Tracks
  stats = { videoBytes: 0, audioBytes: 0, bytes: 0, frames: 0, dropped: 0, backlog: 0, size: null }

  constructor(
    readonly url: string,
    tracks: Tracks,
    readonly events: PushEvents,
  ) {
    this.tracks = { ...tracks }
  }

  setVideo(track: MediaStreamTrack | null): void {
    this.tracks.video = track
  }
  setAudio(track: MediaStreamTrack | null): void {
    this.tracks.audio = track
  }
  stop(): void {
    this.stopped = true
  }
}

function setUp(over: Partial<PusherProps> = {}) {
  const devices = fakeDevices()
  const pushes: FakePush[] = []
  const seen = { codes: [] as number[], errors: [] as number[], net: 0 }
  const control = { refuse: null as Error | null, unsupported: null as string | null }
  const session = new PusherSession(
    { ...PROPS, ...over },
    {
      openCamera: devices.openCamera,
      openMicrophone: devices.openMicrophone,
      release: devices.release,
      unsupported: async () => control.unsupported,
      async openPush(url, tracks, _settings, events) {
        if (control.refuse) throw control.refuse
        const push = new FakePush(url, tracks, events)
        pushes.push(push)
        return push
      },
    },
    {
      state: (code) => seen.codes.push(code),
      error: (code) => seen.errors.push(code),
      net: () => seen.net++,
      camera: () => {},
      mic: () => {},
      pushing: () => {},
    },
  )
  const last = () => {
    const push = pushes.at(-1)
    if (!push) throw new Error('nothing was pushed')
    return push
  }
  return {
    session,
    devices,
    pushes,
    last,
    seen,
    control,
    props: (p: Partial<PusherProps>) => session.update({ ...PROPS, ...p }),
  }
}

const settle = () => jest.advanceTimersByTimeAsync(0)

beforeEach(() => jest.useFakeTimers())
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0)
  jest.useRealTimers()
})

describe('a push', () => {
  test('reports camera, connection, encoder and publishing, and leaves no light on', async () => {
    const { session, devices, last, seen } = setUp()
    await session.start()
    last().events.firstFrame()
    expect(seen.codes).toEqual([1003, 1001, 1008, 1002])
    expect(devices.on).toBe(2)
    session.stop()
    expect([devices.on, last().stopped]).toEqual([0, true])
    session.destroy()
  })

  test('stopped while the camera is still opening never turns it on', async () => {
    const { session, devices, pushes } = setUp()
    const free = devices.hold()
    const starting = session.start()
    session.stop()
    free()
    await starting
    await settle()
    expect([devices.on, pushes.length]).toEqual([0, 0])
    session.destroy()
  })

  test('destroyed in the middle of a connection stops what arrives late', async () => {
    const { session, devices, pushes } = setUp()
    const starting = session.start()
    await settle()
    session.destroy()
    await starting
    expect(pushes.every((push) => push.stopped)).toBe(true)
    expect(devices.on).toBe(0)
  })

  test('without an address is refused by name', async () => {
    const { session } = setUp({ url: '' })
    await expect(session.start()).rejects.toThrow('url is empty')
    session.destroy()
  })

  test('starts by itself with autopush when the address arrives', async () => {
    const { session, props, pushes } = setUp({ url: '' })
    props({ autopush: true, url: 'rtmp://x/live/b' })
    await settle()
    expect(pushes.map((push) => push.url)).toEqual(['rtmp://x/live/b'])
    session.destroy()
  })

  test('a new address moves the push, an empty one ends it', async () => {
    const { session, props, pushes } = setUp()
    await session.start()
    props({ url: 'rtmp://x/live/fresh' })
    await settle()
    expect(pushes.map(({ url, stopped }) => [url, stopped])).toEqual([
      ['rtmp://x/live/a', true],
      ['rtmp://x/live/fresh', false],
    ])
    props({ url: '' })
    expect(pushes.every((push) => push.stopped)).toBe(true)
    session.destroy()
  })

  test('says what an unfit browser lacks, and keeps the devices off', async () => {
    const { session, control, seen, devices } = setUp()
    control.unsupported = 'This browser cannot encode H.264.'
    await expect(session.start()).rejects.toThrow('cannot encode H.264')
    expect([seen.codes, devices.on]).toEqual([[-1303], 0])
    session.destroy()
  })
})

describe('devices', () => {
  test.each([
    ['camera', 10001, -1301],
    ['mic', 10002, -1302],
  ] as const)('a denied %s is an error event and a code, and turns the other one off', async (device, error, code) => {
    const { session, devices, seen, pushes } = setUp()
    devices[device] = new CaptureError(device, true, 'denied')
    await session.start()
    expect(seen.errors).toEqual([error])
    expect(seen.codes.filter((c) => c < 0)).toEqual([code])
    expect([devices.on, pushes.length]).toEqual([0, 0])
    session.destroy()
  })

  test('a camera that is busy is a code without a permission error', async () => {
    const { session, devices, seen } = setUp()
    devices.camera = new CaptureError('camera', false, 'in use')
    await session.start()
    expect([seen.errors, seen.codes]).toEqual([[], [-1301]])
    session.destroy()
  })

  test('a camera that is pulled out ends the push', async () => {
    const { session, devices, seen, last } = setUp()
    await session.start()
    devices.tracks[0]?.end()
    expect(seen.codes.at(-1)).toBe(-1301)
    expect([devices.on, last().stopped]).toEqual([0, true])
    session.destroy()
  })

  test('a revoked camera ends the push with a permission error', async () => {
    const { session, devices, seen } = setUp()
    await session.start()
    session.revoke('camera')
    expect([seen.errors, seen.codes.at(-1), devices.on]).toEqual([[10001], -1301, 0])
    session.destroy()
  })

  test('camera off goes on as sound only and turns the light off', async () => {
    const { session, props, devices, last } = setUp()
    await session.start()
    props({ enableCamera: false })
    expect([last().tracks.video, devices.on, last().stopped]).toEqual([null, 1, false])
    props({ enableCamera: true })
    await settle()
    expect([last().tracks.video !== null, devices.on]).toEqual([true, 2])
    session.destroy()
  })

  test('muting silences the track that is sent, and the next one', async () => {
    const { session, props, devices } = setUp({ muted: true })
    await session.start()
    expect(devices.tracks.map((track) => track.enabled)).toEqual([true, false])
    props({ muted: false })
    expect(devices.tracks[1]?.enabled).toBe(true)
    session.destroy()
  })

  test('switching cameras goes on with the same push', async () => {
    const { session, devices, pushes } = setUp()
    await session.start()
    await session.switchCamera()
    expect(devices.opened).toEqual(['front 360x640', 'mic', 'back 360x640'])
    expect([devices.on, pushes.length]).toEqual([2, 1])
    session.destroy()
  })

  test('a preview without a push holds the devices until it is stopped', async () => {
    const { session, devices, pushes } = setUp()
    await session.startPreview()
    expect([devices.on, pushes.length]).toEqual([2, 0])
    session.stopPreview()
    expect(devices.on).toBe(0)
    session.destroy()
  })
})

describe('the network', () => {
  test.each([4003, 4001])('a server that says %d is not asked again with the same address', async (code) => {
    const { session, last, seen, pushes } = setUp()
    await session.start()
    last().events.closed(code, 'no')
    await jest.advanceTimersByTimeAsync(20_000)
    expect([seen.codes.at(-1), pushes.length]).toEqual([3004, 1])
    session.destroy()
  })

  test('a refusal at the start is 3004 as well', async () => {
    const { session, control, seen } = setUp()
    control.refuse = new LinkError(4003, 'txTime expired')
    await session.start()
    expect(seen.codes).toEqual([1003, 3004])
    session.destroy()
  })

  test('a broken connection is tried three times, then given up with the preview kept', async () => {
    const { session, last, seen, control, devices } = setUp()
    await session.start()
    last().events.firstFrame()
    seen.codes.length = 0
    control.refuse = new LinkError(1006, '')
    last().events.closed(1006, '')
    await jest.advanceTimersByTimeAsync(10_000)
    expect(seen.codes).toEqual([3005, 1102, 3002, 1102, 3002, 1102, 3002, -1307])
    expect(devices.on).toBe(2)
    control.refuse = null
    await session.start()
    expect(seen.codes.at(-1)).toBe(1001)
    session.destroy()
  })

  test('a server that comes back gets the stream again, and failures are forgotten', async () => {
    const { session, last, seen, pushes } = setUp()
    await session.start()
    for (let round = 0; round < 5; round++) {
      last().events.firstFrame()
      last().events.closed(1006, '')
      await jest.advanceTimersByTimeAsync(1000)
    }
    expect(pushes).toHaveLength(6)
    expect(seen.codes).not.toContain(-1307)
    session.destroy()
  })

  test('stopping while a retry is due tries no more', async () => {
    const { session, last, pushes } = setUp()
    await session.start()
    last().events.closed(1006, '')
    session.stop()
    await jest.advanceTimersByTimeAsync(10_000)
    expect(pushes).toHaveLength(1)
    session.destroy()
  })

  test('a full uplink is 1101 with every report', async () => {
    const { session, last, seen } = setUp()
    await session.start()
    last().congested = true
    await jest.advanceTimersByTimeAsync(2000)
    expect([seen.codes.at(-1), seen.net]).toEqual([1101, 1])
    session.destroy()
  })

  test('a change of size is told, the first size is not', async () => {
    const { session, last, seen } = setUp()
    await session.start()
    last().events.size({ width: 360, height: 640 })
    last().events.size({ width: 540, height: 960 })
    expect(seen.codes.filter((code) => code === 1005)).toHaveLength(1)
    session.destroy()
  })
})

describe('the background or a phone call', () => {
  test('suspends the push, turns the devices off, and waits to be started again', async () => {
    const { session, devices, last, seen, pushes } = setUp()
    await session.start()
    session.setAway('background', true)
    expect([seen.codes.at(-1), devices.on, last().stopped]).toEqual([5000, 0, true])
    await expect(session.start()).rejects.toThrow('background')
    session.setAway('background', false)
    await settle()
    expect([devices.on, pushes.length]).toEqual([2, 1])
    await session.start()
    expect(pushes).toHaveLength(2)
    session.destroy()
  })

  test('in a phone call the push ends with 5001; the devices come back when call and background are over', async () => {
    const { session, devices, seen } = setUp()
    await session.start()
    session.setAway('call', true)
    session.setAway('background', true)
    expect(seen.codes.filter((code) => code >= 5000)).toEqual([5001])
    session.setAway('background', false)
    await settle()
    expect(devices.on).toBe(0)
    await expect(session.start()).rejects.toThrow('phone call')
    session.setAway('call', false)
    await settle()
    expect(devices.on).toBe(2)
    session.destroy()
  })

  test('without a push says nothing', () => {
    const { session, seen } = setUp()
    session.setAway('background', true)
    session.setAway('background', false)
    expect(seen.codes).toEqual([])
    session.destroy()
  })
})
