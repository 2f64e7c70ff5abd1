import type { MediaFault, PublisherEffect, PublisherModel, PublisherStep } from './publisher-model'
import { stay } from './publisher-model'
import type { Context } from './step'

/** From `start` to a proof of publishing, and how long the SDK may reconnect by itself. */
export const PUBLISH_WATCHDOG_MS = 15_000
export const SDK_RECONNECT_MS = 30_000
/** Android needs a pause between `stop` and the next `start` (P27). */
export const RESTART_PAUSE_MS = 1000
/** Publishing this long makes the past forgiven. */
export const STABLE_MS = 10_000
const UNSTABLE_AFTER = 5

export function connect(model: PublisherModel, url: string, { now }: Context): PublisherStep {
  if (model.hidden) return stay({ ...model, state: 'suspended', waiting: null, url: '', since: now })
  return stay(
    { ...model, state: 'connecting', waiting: null, url, since: now, weakProof: false, samples: 0 },
    { do: 'cancel', name: 'all' },
    { do: 'start' },
    { do: 'timer', name: 'watchdog', ms: PUBLISH_WATCHDOG_MS },
  )
}

export function published(model: PublisherModel, { now }: Context): PublisherStep {
  const expected = model.state === 'connecting' || (model.state === 'reconnecting' && model.waiting === 'sdk')
  if (!expected) return stay(model)
  const quality = model.quality === 'unknown' ? 'good' : model.quality
  return stay(
    { ...model, state: 'publishing', waiting: null, since: now, quality },
    { do: 'cancel', name: 'watchdog' },
    { do: 'timer', name: 'stable', ms: STABLE_MS },
    { do: 'published' },
  )
}

/** Stop, pause, fresh URL, start. */
export function repush(model: PublisherModel, { now, retry }: Context, atLeastMs = 0): PublisherStep {
  if (model.wish !== 'push') return stay(model)
  const stopped: PublisherEffect[] = [{ do: 'cancel', name: 'all' }, { do: 'stop' }]
  const quiet = { ...model, url: '', since: now, quality: 'unknown' as const }
  if (model.hidden) return stay({ ...quiet, state: 'suspended', waiting: null }, ...stopped)
  const troubleSince = model.tries === 0 ? now : model.troubleSince
  const tries = model.tries + 1
  const delay = retry.next({ tries, elapsedMs: now - troubleSince })
  const unstable: PublisherEffect = { do: 'fault', code: 'push-unstable' }
  if (delay === null) return stay({ ...quiet, state: 'stopped', waiting: null }, ...stopped, unstable)
  // The pause is for the native encoder; without a start since the last stop there is nothing to wait for.
  const pause = model.waiting === 'url' ? 0 : RESTART_PAUSE_MS
  return stay(
    { ...quiet, state: 'reconnecting', waiting: 'delay', tries, troubleSince },
    ...stopped,
    { do: 'timer', name: 'repush', ms: Math.max(delay, pause, atLeastMs) },
    ...(tries === UNSTABLE_AFTER ? [unstable] : []),
  )
}

export const askForUrl = (model: PublisherModel, { now }: Context): PublisherStep =>
  stay(
    { ...model, state: 'reconnecting', waiting: 'url', url: '', since: now },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
    { do: 'fetch-url' },
  )

export function release(model: PublisherModel): PublisherStep {
  const state = model.wish === 'off' ? model.state : 'stopped'
  return stay(
    { ...model, wish: 'off', state, url: '', waiting: null, quality: 'unknown' },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
  )
}

/** Nothing runs until the user does something about it. */
export function halt(model: PublisherModel, fault: MediaFault): PublisherStep {
  return stay(
    { ...model, state: 'stopped', url: '', waiting: null, quality: 'unknown' },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
    { do: 'fault', code: fault },
  )
}

/** Usually the page is hidden next and comes back, or the call's end is told; platforms that tell neither: try anyway. */
const resumeLater = (model: PublisherModel): PublisherEffect => ({
  do: 'timer',
  name: 'resume',
  ms: model.inCall ? 15_000 : 3000,
})

export function suspend(model: PublisherModel, { now }: Context): PublisherStep {
  return stay(
    { ...model, state: 'suspended', url: '', waiting: null, quality: 'unknown', since: now },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
    ...(model.hidden ? [] : [resumeLater(model)]),
  )
}

/** Once more from the beginning; what was counted is forgiven, unless `kept`. */
export function again(model: PublisherModel, context: Context, kept?: { restarted: true }): PublisherStep {
  if (model.wish === 'off' || model.hidden) return stay(model)
  const fresh = kept ? { ...model, ...kept } : { ...model, tries: 0, refusals: 0, restarted: false }
  if (model.wish === 'push') return model.waiting === 'url' ? stay(fresh) : askForUrl(fresh, context)
  return stay(
    { ...fresh, state: 'preview', since: context.now },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
    { do: 'preview' },
  )
}

export function hide(model: PublisherModel, context: Context): PublisherStep {
  const hidden = { ...model, hidden: true }
  const trying = model.state === 'connecting' || model.state === 'reconnecting'
  return trying ? suspend(hidden, context) : stay(hidden, { do: 'cancel', name: 'all' })
}

/** Shown again, or the call is over: go on when both allow it. */
export function comeBack(model: PublisherModel, context: Context): PublisherStep {
  if (model.hidden) return stay(model)
  if (model.state === 'publishing') {
    const badge: PublisherEffect = { do: 'timer', name: 'quality', ms: 10_000 }
    return stay(model, { do: 'timer', name: 'stable', ms: STABLE_MS }, ...(model.quality === 'poor' ? [badge] : []))
  }
  if (model.state !== 'suspended') return stay(model)
  return model.inCall ? stay(model, resumeLater(model)) : again(model, context)
}
