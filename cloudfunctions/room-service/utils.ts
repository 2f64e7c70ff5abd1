import type { HttpEvent } from '../contract/http-event'
import type { Util } from '../contract/room-service/routes'
import { readAdminToken } from '../core/admin/token'
import type { RoomServiceAdapter } from '../core/room-service'
import type { Known } from '../core/room-service/logins'
import type { Terminal } from '../core/room-service/parts'
import { OldRefusal } from '../core/room-service/refusals'
import { log, services } from '../doors/services'
import { bearerOf } from './read'

interface Around {
  adapter: RoomServiceAdapter
  known(): Known
  signedIn(): Promise<Terminal>
}

/** `/weapp/utils/*`. Log files are offered to nobody (M2, M3). */
export async function runUtil(util: Util, request: HttpEvent, { adapter, known, signedIn }: Around): Promise<object> {
  switch (util) {
    case 'get_login_info':
    case 'get_login_info_debug':
      return adapter.logins.loginInfo(known())
    case 'get_test_pushurl':
      return adapter.tests.push(await signedIn())
    case 'get_test_rtmpaccurl':
      return adapter.tests.accelerated(await signedIn())
    case 'check_config':
      return checkConfig(bearerOf(request))
    case 'logfilelist':
    case 'getlogfile':
      throw new OldRefusal('not-offered')
  }
}

/** Whether the keys open what they should, and never a value. For whoever brings an operator's token (M3). */
async function checkConfig(token: string): Promise<object> {
  const { config, streaming, chat } = services()
  if (readAdminToken(config.adminTokenSecret, token, Date.now()) === null) throw new OldRefusal('not-operator')
  const [im, live] = await Promise.all([works(() => chat.destroyGroup(NO_ROOM)), works(() => streaming.online())])
  return { im, live }
}

/** Destroying a group that never was is refused or not, depending on the key alone. */
const NO_ROOM = 'check_config'

async function works(attempt: () => Promise<unknown>): Promise<'ok' | 'refused'> {
  try {
    await attempt()
    return 'ok'
  } catch (error) {
    log('check_config: a key does not work', error)
    return 'refused'
  }
}
