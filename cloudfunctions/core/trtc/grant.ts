import type { PushGrant, SeatMedia } from '../../../miniprogram/protocol/link'
import { parseStream, trtcUserOf } from '../ids'
import { roomUserbuf, type SigKey, userSig } from '../user-sig'

/** How calls travel; everything else is pushed and played by RTMP. */
export type MediaConfig = { kind: 'rtmp' } | ({ kind: 'trtc'; ttlS: number } & SigKey)

/** Enter, speak, be seen, hear, see; not: create a room for others, share a screen beside the camera. */
const ALL_PRIVILEGES = 255

/**
 * What `<live-pusher>` takes to enter a TRTC room, as Tencent's `trtc-wx-sdk` 1.1.15 writes it, character by character
 * (test/unit/cloudfunctions/trtc.test.ts). `appscene=videocall`: everybody is an anchor; `recvmode=1`: others are heard and
 * seen without being asked for.
 */
const roomUrl = (room: Extract<SeatMedia, { kind: 'trtc' }>): string =>
  `room://cloud.tencent.com/rtc?sdkappid=${room.sdkAppId}&strroomid=${room.strRoomId}&userid=${room.userId}` +
  `&usersig=${room.userSig}&appscene=videocall&encsmall=0&cloudenv=PRO&enableBlackStream=&streamid=` +
  `&userdefinerecordid=&privatemapkey=${room.privateMapKey}&pureaudiomode=&recvmode=1&enableinfiniteanchor=0&component=1`

/** Into the TRTC room of a call, as the holder of the seat with this stream. Null: it does not travel so. */
export function trtcGrant(
  config: MediaConfig,
  stream: string,
  now: number,
): { push: PushGrant; media: Extract<SeatMedia, { kind: 'trtc' }> } | null {
  const of = parseStream(stream)
  if (of?.of !== 'seat' || of.plane === 'rtmp') return null
  // A deployment changes its plane when no call is on.
  if (config.kind === 'rtmp') throw new Error('this call is on TRTC, which is switched off')
  const { sdkAppId, ttlS } = config
  const [userId, nowS] = [trtcUserOf(stream), Math.floor(now / 1000)]
  const place = { userId, roomNumber: 0, roomName: of.roomId, expiresAtS: nowS + ttlS, privileges: ALL_PRIVILEGES }
  const media = {
    kind: 'trtc' as const,
    sdkAppId,
    strRoomId: of.roomId,
    userId,
    userSig: userSig(config, userId, ttlS, nowS),
    privateMapKey: userSig(config, userId, ttlS, nowS, roomUserbuf(sdkAppId, place)),
    expiresInMs: ttlS * 1000,
  }
  return { push: { url: roomUrl(media), expiresInMs: media.expiresInMs }, media }
}
