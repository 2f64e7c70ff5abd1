import * as v from 'valibot'
import { LIMITS } from '../../miniprogram/protocol/limits'
import type { LinkActions } from '../../miniprogram/protocol/link'
import type { Schemas } from './schemas'
import { epoch, flag, linkId, maybeText, roomId, seat, userId, version } from './text'

const ticket = v.object({ roomId, linkId })
const room = v.object({ roomId })

export const linkInputs = {
  'link.request': room,
  'link.cancel': ticket,
  'link.list': room,
  'link.invite': v.object({ roomId, userId }),
  'link.accept': v.object({ roomId, linkId, seat: v.exactOptional(seat) }),
  'link.reject': v.object({ roomId, linkId, reason: v.exactOptional(maybeText(LIMITS.reasonMax)) }),
  'seat.take': room,
  'seat.push': v.object({ roomId, seat, epoch }),
  'seat.beat': v.object({ roomId, seat, epoch, version, pushing: v.exactOptional(flag) }),
  'seat.device': v.object({
    roomId,
    micOff: flag,
    cameraOff: flag,
    hand: v.exactOptional(flag),
    away: v.exactOptional(flag),
  }),
  'seat.leave': room,
  'seat.kick': v.object({ roomId, userId }),
  'seat.quiet': v.object({ roomId, seat, mic: flag, camera: flag }),
  'seat.hand': v.object({ roomId, userId }),
  'seat.lock': v.object({ roomId, seat, locked: flag }),
} satisfies Schemas<LinkActions>
