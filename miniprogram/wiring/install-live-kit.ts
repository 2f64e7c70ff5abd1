import type { Clock } from '../services/clock'
import { systemClock } from '../services/clock-system'
import { createWxDevice } from '../services/device/wx'
import { LocalMessenger } from '../services/messenger/local'
import { SwitchingMessenger } from '../services/messenger/switching'
import { TimMessenger } from '../services/messenger/tim/tim-messenger'
import type { Pictures } from '../services/pictures/port'
import { createCloudPictures } from '../services/pictures/wx-cloud'
import { createWxReminders } from '../services/reminders/wx'
import { createCloudRoomApi } from '../services/room-api/cloud'
import { createHttpRoomApi } from '../services/room-api/http'
import type { RoomApi, ServerTimeListener } from '../services/room-api/port'
import { type Kit, provideKit } from '../stores/kit'
import { createLiveKit } from '../stores/live-kit'
import { ServerClock } from '../stores/server-clock'
import { loginByHttp } from './http-login'
import type { Backend, LiveKitConfig } from './live-kit-config'

/** Builds the kit of this app over `wx` and provides it to the components. Call it once, in `app.ts` before `App()`. */
export function installLiveKit({
  backend,
  remindTemplateId = '',
  shareLink = '',
  chatSdk = noChatSdk,
}: LiveKitConfig): Kit {
  const clock = systemClock
  const device = createWxDevice()
  const serverClock = new ServerClock(clock)
  const messenger = new SwitchingMessenger({
    local: () => new LocalMessenger({ clock, connectSocket: (options) => wx.connectSocket(options) }),
    tim: () => new TimMessenger({ clock, load: chatSdk }),
  })
  // Both live as long as the app, so nobody ends them.
  device.onShow(() => messenger.wake())
  device.onNetwork((online) => {
    if (online) messenger.wake()
  })
  const api = createRoomApi(backend, clock, serverClock.observe)
  const pictures = createPictures(backend, clock)
  const reminders = createWxReminders(remindTemplateId)
  const kit = createLiveKit({ api, messenger, device, pictures, reminders, shareLink, clock, serverClock })
  provideKit(kit)
  return kit
}

const noChatSdk = () => Promise.reject(new Error('installLiveKit was given no chatSdk'))

function createRoomApi(backend: Backend, clock: Clock, onServerTime: ServerTimeListener): RoomApi {
  if (backend.kind === 'http') {
    const { baseUrl, devUser } = backend
    return createHttpRoomApi({
      clock,
      onServerTime,
      baseUrl,
      request: (options) => wx.request(options),
      login: () => loginByHttp(baseUrl, devUser),
    })
  }
  wx.cloud.init({ env: backend.env })
  return createCloudRoomApi({ clock, onServerTime, callFunction: (options) => wx.cloud.callFunction(options) })
}

/** A web door takes no files: who runs one has a storage of his own, and gives `createLiveKit` a port to it. */
function createPictures(backend: Backend, clock: Clock): Pictures | null {
  if (backend.kind === 'http') return null
  return createCloudPictures({
    clock,
    chooseMedia: (options) => wx.chooseMedia(options),
    uploadFile: (options) => wx.cloud.uploadFile(options),
  })
}
