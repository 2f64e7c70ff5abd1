import * as v from 'valibot'
import type { PkActions } from '../../miniprogram/protocol/pk'
import type { Schemas } from './schemas'
import { pkId, roomId, whole } from './text'

const one = v.object({ roomId, pkId })

export const pkInputs = {
  'pk.invite': v.object({ roomId, rivalRoomId: roomId, durationS: whole(30, 1800) }),
  'pk.accept': one,
  'pk.refuse': one,
  'pk.end': one,
  'pk.play': v.object({ roomId }),
} satisfies Schemas<PkActions>
