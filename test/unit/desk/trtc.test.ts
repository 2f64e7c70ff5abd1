import { trtcPlaceOf, trtcSeatOf } from '../../../desk/media/trtc/address'
import type { TrtcClient } from '../../../desk/media/trtc/sdk'
import { TrtcRoom } from '../../../desk/media/trtc/trtc-room'
import type { PushEvents, PushSettings } from '../../../preview/media/push'

const EVENT = {
  KICKED_OUT: 'kicked-out',
  CONNECTION_STATE_CHANGED: 'connection-state-changed',
  REMOTE_VIDEO_AVAILABLE: 'remote-video-available',
  REMOTE_VIDEO_UNAVAILABLE: 'remote-video-unavailable',
  REMOTE_USER_EXIT: 'remote-user-exit',
  STATISTICS: 'statistics',
}
const PLACE = { sdkAppId: 1400000001, strRoomId: 'rabc', userId: 't1e1_00', userSig: 'sig', privateMapKey: 'key' }
const BEN = 't2e1_0123456789abcdef'

/** The SDK at its edge: what was called, in order, and a way to tell of events. */
function fakeSdk(refuse: string[] = []) {
  const calls: string[] = []
  const heard = new Map<string, (event: unknown) => void>()
  const method =
    (name: string) =>
    async (config?: { option?: { videoTrack?: { id: string }; audioTrack?: { id: string } }; userId?: string }) => {
      const { option, userId } = config ?? {}
      calls.push([name, option?.videoTrack?.id ?? option?.audioTrack?.id ?? userId].filter(Boolean).join(' '))
      if (refuse.includes(name)) throw new Error(`${name} refused`)
    }
  const names = [
    ...['enterRoom', 'exitRoom', 'destroy', 'startLocalVideo', 'updateLocalVideo', 'stopLocalVideo', 'startLocalAudio'],
    ...['updateLocalAudio', 'stopLocalAudio', 'startRemoteVideo', 'stopRemoteVideo', 'muteRemoteAudio'],
  ]
  const client = Object.fromEntries(names.map((name) => [name, method(name)]))
  const on = (name: string, handler: (event: unknown) => void) => heard.set(name, handler)
  const room = new TrtcRoom(async () => ({
    create: () => ({ ...client, on }) as unknown as TrtcClient,
    EVENT: EVENT as never,
    main: 'main' as never,
  }))
  return { room, calls, tell: (name: string, event: object) => heard.get(name)?.(event) }
}

const track = (id: string) => ({ id }) as MediaStreamTrack
const settings = () => ({ target: { width: 360, height: 640 }, fps: 15, bitrate: 600_000 }) as PushSettings

async function pushing(refuse: string[] = []) {
  const sdk = fakeSdk(refuse)
  const told: string[] = []
  const events: PushEvents = {
    closed: (code, reason) => told.push(`closed ${code} ${reason}`),
    failed: (kind) => told.push(`failed ${kind}`),
    firstFrame: () => told.push('first'),
    size: () => {},
  }
  const push = await sdk.room.push(PLACE, { video: track('cam'), audio: track('mic') }, settings, events)
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  await settle()
  return { ...sdk, push, told, settle }
}

test('the address of the pusher says where to go; any other one leads elsewhere', () => {
  const query = 'sdkappid=1400000001&strroomid=rabc&userid=t1e1_00&usersig=sig&privatemapkey=key&recvmode=1'
  expect(trtcPlaceOf(`room://cloud.tencent.com/rtc?${query}`)).toEqual(PLACE)
  for (const other of ['rtmp://push.example/live/x?a=1', 'room://cloud.tencent.com/rtc?sdkappid=x&userid=u', '']) {
    expect(trtcPlaceOf(other)).toBeNull()
  }
  expect(trtcSeatOf(BEN)).toEqual({ seat: 2, epoch: 1 })
  expect(trtcSeatOf('somebody-else')).toBeNull()
})

test('a push enters the room with camera and microphone, follows them, and leaves with them', async () => {
  const { push, calls, told, settle } = await pushing()
  expect(calls).toEqual(['enterRoom t1e1_00', 'startLocalVideo cam', 'startLocalAudio mic'])
  expect(told).toEqual(['first'])
  push.setVideo(track('screen'))
  push.setAudio(null)
  push.setVideo(null)
  await settle()
  expect(calls.slice(3)).toEqual(['updateLocalVideo screen', 'stopLocalAudio', 'stopLocalVideo'])
  push.stop()
  push.stop()
  await settle()
  expect(calls.slice(6)).toEqual(['exitRoom', 'destroy'])
  expect(told).toEqual(['first'])
})

test('who is seen in the room has a seat; a newer device of the seat takes the place of the older one, whatever comes late', async () => {
  const { room, calls, tell, push } = await pushing()
  const newer = BEN.replace('e1', 'e2')
  const camera = (userId: string) => tell(EVENT.REMOTE_VIDEO_AVAILABLE, { userId, streamType: 'main' })
  camera(BEN)
  tell(EVENT.REMOTE_VIDEO_AVAILABLE, { userId: 't3e1_0123456789abcdef', streamType: 'sub' })
  camera('a stranger')
  expect([...room.seen.keys()]).toEqual([2])
  camera(newer)
  camera(BEN)
  tell(EVENT.REMOTE_USER_EXIT, { userId: BEN })
  expect(room.seen.get(2)).toEqual({ userId: newer, epoch: 2 })
  const hide = room.show(2, {} as HTMLElement)
  hide()
  expect(calls.slice(-2)).toEqual([`startRemoteVideo ${newer}`, `stopRemoteVideo ${newer}`])
  push.stop()
  expect(room.seen.size).toBe(0)
  const { length } = calls
  room.show(2, {} as HTMLElement)
  expect(calls).toHaveLength(length)
})

test.each([
  ['sent out by TRTC', EVENT.KICKED_OUT, { reason: 'kick' }, 'closed 4001 kick'],
  ['cut off', EVENT.CONNECTION_STATE_CHANGED, { state: 'DISCONNECTED' }, 'closed 1006 TRTC has lost the connection'],
])('%s: the push is over, once, and the room is left', async (_name, event, detail, word) => {
  const { calls, told, tell, settle } = await pushing()
  tell(EVENT.CONNECTION_STATE_CHANGED, { state: 'RECONNECTING' })
  expect(told).toEqual(['first'])
  tell(event, detail)
  tell(event, detail)
  await settle()
  expect(told).toEqual(['first', word])
  expect(calls.slice(-2)).toEqual(['exitRoom', 'destroy'])
})

test('a room that does not take us is a refusal; a camera that cannot be sent ends the push', async () => {
  await expect(pushing(['enterRoom'])).rejects.toMatchObject({ name: 'LinkError', code: 4003 })
  const { told, calls } = await pushing(['startLocalVideo'])
  expect(told).toEqual(['failed video'])
  expect(calls).toContain('exitRoom')
})
