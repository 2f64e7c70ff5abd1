import type { RoomReason } from '../../../miniprogram/protocol/room'
import { MIX_DUE } from '../../core/mixing/state'
import type { Collections } from './collections'

/** States of a room that is not closed. */
export const OPEN = ['idle', 'live', 'interrupted']

/** What closes a room, whoever does it. `tidyAt`: when the sweeper clears up behind it; its stage is cleared at once. */
export const closing = (_: Collections['_'], reason: RoomReason, now: number, tidyAt: number) => ({
  state: 'closed',
  reason,
  closedAt: now,
  closesAt: 0,
  listed: false,
  unsettled: false,
  // Whoever dies before he ends the mix leaves that to the next sweep.
  mixAt: _.min(MIX_DUE),
  stageAt: now,
  stageRev: _.inc(1),
  tidyAt,
  version: _.inc(1),
})
