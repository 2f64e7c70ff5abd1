import * as v from 'valibot'
import { LIMITS } from '../../miniprogram/protocol/limits'
import type { OrderActions } from '../../miniprogram/protocol/order'
import type { Schemas } from './schemas'
import { cursor, flag, pageSize, roomId, userId, whole } from './text'

const person = v.object({ roomId, userId })
const switched = v.object({ roomId, userId, on: flag })
const room = v.object({ roomId })

export const orderInputs = {
  'order.mute': v.object({ roomId, userId, seconds: whole(0, LIMITS.muteMaxS) }),
  'order.muteAll': v.object({ roomId, on: flag }),
  'order.ban': switched,
  'order.remove': person,
  'order.admin': switched,
  'order.list': room,
  members: v.object({ roomId, cursor: v.exactOptional(cursor), limit: v.exactOptional(pageSize) }),
  history: room,
} satisfies Schemas<OrderActions>
