import type { MixState } from '../documents'
import { NEVER } from '../seats'

/** Nothing is mixed: every room begins so. */
export const NO_MIX: MixState = {
  mix: '',
  mixLayout: '',
  mixAt: NEVER,
  mixer: { until: 0, calledAt: 0, tries: 0, failed: '' },
}

/** `mixLayout` around a call: the streaming cloud may mix something or nothing. */
export const UNSURE = '?'

/** `mixAt`, at most, of every change of who is to be seen: should nobody react to it, the next sweep does. */
export const MIX_DUE = 1
