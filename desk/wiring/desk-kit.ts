import { systemClock } from '../../miniprogram/services/clock-system'
import type { Device } from '../../miniprogram/services/device/port'
import { LocalMessenger } from '../../miniprogram/services/messenger/local'
import { SwitchingMessenger } from '../../miniprogram/services/messenger/switching'
import { TimMessenger } from '../../miniprogram/services/messenger/tim/tim-messenger'
import { createHttpRoomApi } from '../../miniprogram/services/room-api/http'
import type { RoomApi } from '../../miniprogram/services/room-api/port'
import type { Kit } from '../../miniprogram/stores/kit'
import { createLiveKit } from '../../miniprogram/stores/live-kit'
import { ServerClock } from '../../miniprogram/stores/server-clock'
import { browserDevice } from './device'
import { httpRequest } from './http'
import { bearerToken } from './login'
import type { Place } from './place'
import { connectSocket } from './socket'
import { browserStorage } from './storage'

/** What the desk has once: the kit of the components, and the doors behind it. */
export interface DeskKit {
  readonly kit: Kit
  readonly api: RoomApi
  readonly device: Device
}

/** Builds the kit over the browser, for the user whom `place` names. Lives as long as the page. */
export function createDeskKit(place: Place): DeskKit {
  const clock = systemClock
  const device = browserDevice(browserStorage(place.user, localStorage))
  const serverClock = new ServerClock(clock)
  const messenger = new SwitchingMessenger({
    local: () => new LocalMessenger({ clock, connectSocket }),
    tim: () => new TimMessenger({ clock, load: () => import('@tencentcloud/lite-chat') }),
  })
  device.onShow(() => messenger.wake())
  device.onNetwork((online) => {
    if (online) messenger.wake()
  })
  const api = createHttpRoomApi({
    clock,
    onServerTime: serverClock.observe,
    baseUrl: place.baseUrl,
    request: httpRequest(),
    login: () => bearerToken(place),
  })
  const kit = createLiveKit({ api, messenger, device, pictures: null, clock, serverClock })
  return { kit, api, device }
}
