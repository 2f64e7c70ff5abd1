import { TRTC_USER } from '../../../miniprogram/protocol/link'

/** What it takes to enter a TRTC room, as TRTC's own client for browsers wants it. */
export interface TrtcPlace {
  sdkAppId: number
  strRoomId: string
  userId: string
  userSig: string
  privateMapKey: string
}

/** Reads the address that `<live-pusher>` enters a TRTC room by; null: it leads elsewhere. */
export function trtcPlaceOf(address: string): TrtcPlace | null {
  const query = /^room:\/\/[^?]*\?(.*)$/.exec(address)?.[1]
  if (query === undefined) return null
  // A UserSig has `*`, `-` and `_` and nothing that a query changes.
  const of = new URLSearchParams(query)
  const place = {
    sdkAppId: Number(of.get('sdkappid')),
    strRoomId: of.get('strroomid') ?? '',
    userId: of.get('userid') ?? '',
    userSig: of.get('usersig') ?? '',
    privateMapKey: of.get('privatemapkey') ?? '',
  }
  const { sdkAppId, strRoomId, userId, userSig } = place
  return Number.isSafeInteger(sdkAppId) && sdkAppId > 0 && strRoomId && userId && userSig ? place : null
}

/** On which seat somebody in a TRTC room sits, and its epoch; null: nobody of ours. */
export function trtcSeatOf(userId: string): { seat: number; epoch: number } | null {
  const [, seat, epoch] = TRTC_USER.exec(userId) ?? []
  return seat && epoch ? { seat: Number(seat), epoch: Number(epoch) } : null
}
