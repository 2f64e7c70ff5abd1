import { own } from '../instance'
import type { LiveRoomMethods } from '../methods'
import { isOn, warnOnce } from '../reading'
import { userIdOf } from './people'
import { METHODS, type OldMethod } from './table'

/** The component with its methods and data. */
interface Room extends LiveRoomMethods {
  readonly data: { readonly debug: boolean }
  setData(fields: { debug: boolean }): void
}

const FULL_BEAUTY = 9

/** What stands behind the older names, by the name of ours that replaces them. */
const DEEDS: Record<(typeof METHODS)[OldMethod], (room: Room, ...given: unknown[]) => unknown> = {
  requestLink: (room) => own(room).older.requestLink(),
  respondLink: (room, agree, who) => own(room).older.respondLink(isOn(agree as boolean | string), who),
  kick: (room, who) => room.kick(userIdOf(who)),
  leaveLink: (room) => room.leaveLink(),
  sendText: (room, line) => own(room).older.sendText(String(line)),
  setMuted: (room) => {
    const { publisher, playback } = own(room).conductor.room
    room.setMuted(!(publisher ?? playback)?.muted)
  },
  beauty: (room) => {
    const { publisher } = own(room).conductor.room
    publisher?.setBeauty(publisher.beauty > 0 ? 0 : FULL_BEAUTY)
  },
  debug: (room) => room.setData({ debug: !isOn(room.data.debug) }),
}

function older(name: OldMethod) {
  const ours = METHODS[name]
  return function call(this: unknown, ...given: unknown[]): unknown {
    warnOnce(`${name}() is a name of the older API; use ${ours}`)
    return DEEDS[ours](this as Room, ...given)
  }
}

/** Every method of the older API, each warns once (M99). */
export const oldMethods = Object.fromEntries(
  (Object.keys(METHODS) as OldMethod[]).map((name) => [name, older(name)]),
) as Record<OldMethod, (...given: unknown[]) => unknown>
