import { createAccess } from './access'
import { createOldAudience } from './audience'
import { createCustom } from './custom'
import { createOldList } from './list'
import { createLogins } from './logins'
import { createObjects } from './objects'
import { createOpening } from './opening'
import type { Parts } from './parts'
import { createPushers } from './pushers'
import { createStage } from './stage'
import { createTestUrls } from './utils'

/** The rooms of this house in the words of Tencent's old RoomService protocol: another tongue, no second truth. */
export function createRoomServiceAdapter(parts: Parts) {
  const access = createAccess(parts)
  const objects = createObjects(parts)
  return {
    logins: createLogins(parts),
    opening: createOpening(parts, access, createStage(parts, access)),
    pushers: createPushers(parts, access, objects),
    list: createOldList(parts, objects),
    audience: createOldAudience(parts, access, objects),
    custom: createCustom(parts, access, objects),
    tests: createTestUrls(parts),
  }
}

export type RoomServiceAdapter = ReturnType<typeof createRoomServiceAdapter>
