import type { RemoveUserByStrRoomIdRequest } from 'tencentcloud-sdk-nodejs/tencentcloud/services/trtc/v20190722/trtc_models'
import { isTrtc, parseStream, trtcUserOf } from '../../core/ids'
import type { Streaming } from '../../core/ports'
import type { Call, CssConfig } from './client'
import { unless } from './error'

/** He, or the whole room, is gone already. */
const NOBODY_THERE = ['FailedOperation.UserNotExist', 'FailedOperation.RoomNotExist']

/** Of TRTC there is only this to do: somebody is sent out of a room. Everything else is done by the phones. */
export function createTrtc(call: Call, { trtc }: Pick<CssConfig, 'trtc'>): Pick<Streaming, 'forbidUser'> {
  return {
    async forbidUser(roomId, trtcUser) {
      if (!trtc) throw new Error('TRTC is not configured')
      const who: RemoveUserByStrRoomIdRequest = { SdkAppId: trtc.sdkAppId, RoomId: roomId, UserIds: [trtcUser] }
      await call('trtc', 'RemoveUserByStrRoomId', who).catch(unless(...NOBODY_THERE))
    },
  }
}

/** A streaming cloud that knows of seats in TRTC rooms: to forbid such a stream is to send its holder out. */
export const withTrtc = (streaming: Streaming): Streaming => ({
  ...streaming,
  forbid: async (stream) => {
    const of = isTrtc(stream) ? parseStream(stream) : null
    await (of ? streaming.forbidUser(of.roomId, trtcUserOf(stream)) : streaming.forbid(stream))
  },
})
