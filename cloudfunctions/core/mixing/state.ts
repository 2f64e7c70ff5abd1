import type { MixState } from '../documents'

/** Nothing is mixed: every room begins so. */
export const NO_MIX: MixState = {
  mix: '',
  mixLayout: '',
  mixAt: 0,
  mixer: { until: 0, calledAt: 0, tries: 0, failed: '' },
}

/** A call is under way or was never answered: the streaming cloud may mix something or nothing. */
export const UNSURE = '?'
