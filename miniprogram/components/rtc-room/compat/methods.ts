import { isOn, warnOnce } from '../../live-room/reading'
import { own } from '../instance'
import type { RtcRoomMethods } from '../methods'
import { METHODS } from './table'

interface Room extends RtcRoomMethods {
  readonly data: { readonly debug: boolean | string }
  setData(fields: { debug: boolean }): void
}

const DEEDS: Record<keyof typeof METHODS, (room: Room, ...given: unknown[]) => unknown> = {
  sendTextMsg: (room, line) => room.sendText(String(line)),
  toggleMuted: (room) => room.setMuted(!own(room).conductor.room.publisher.muted),
  toggleDebug: (room) => room.setData({ debug: !isOn(room.data.debug) }),
}

function older(name: keyof typeof METHODS) {
  return function call(this: unknown, ...given: unknown[]): unknown {
    warnOnce(`${name}() is a name of the older API; use ${METHODS[name]}`)
    return DEEDS[name](this as Room, ...given)
  }
}

/** Every method of the older API, each warns once (M99). */
export const oldMethods = {
  sendTextMsg: older('sendTextMsg'),
  toggleMuted: older('toggleMuted'),
  toggleDebug: older('toggleDebug'),
  /** Who this user is, as older pages ask for it. */
  getAccountInfo(this: unknown) {
    const { me } = own(this).context.kit.session
    return { userID: me?.userId ?? '', userName: me?.name ?? '', userAvatar: '' }
  },
  /** Which call this is, as older pages ask for it. */
  getRoomInfo(this: unknown) {
    const { room } = own(this).conductor.room
    return { roomID: room?.roomId ?? '', roomInfo: room?.title ?? '' }
  },
}
