import {
  away,
  type PlaybackEffect,
  type PlaybackFault,
  type PlaybackModel,
  type PlaybackStep,
  type Source,
  stay,
} from './playback-model'
import type { Context } from './step'

export const PICTURE_WATCHDOG_MS = 10_000
export const SPINNER_AFTER_MS = 300
const STABLE_MS = 10_000

/** The stream that an address names; what follows `?` is only its signature, but in a room, where it says whose. */
export const streamOf = (address: string): string =>
  address.startsWith('room:') ? address : (address.split('?')[0] ?? '')

/** Plays what the server named, or waits until there is something. */
export function begin(model: PlaybackModel): PlaybackStep {
  const clear: PlaybackEffect = { do: 'cancel', name: 'all' }
  if (away(model)) return stay({ ...model, state: 'suspended', waiting: null, src: '', spinner: false }, clear)
  if (!model.live) {
    return stay({ ...model, state: 'reconnecting', waiting: 'stream', src: '', spinner: false, tries: 0 }, clear)
  }
  return stay(
    { ...model, state: 'connecting', waiting: null, src: model.address, samples: 0, losses: 0 },
    clear,
    { do: 'play' },
    { do: 'timer', name: 'spinner', ms: SPINNER_AFTER_MS },
    { do: 'timer', name: 'watchdog', ms: PICTURE_WATCHDOG_MS },
  )
}

export function news(before: PlaybackModel, source: Partial<Source>, context: Context): PlaybackStep {
  if (!before.wish) return stay(before)
  const model = { ...before, ...source }
  const idle = away(model) || model.state === 'suspended' || model.state === 'stopped'
  if (idle || !model.live) return stay(model)
  if (model.waiting === 'stream') return begin(model)
  // The stream is back: there is no reason to sit out a delay.
  if (model.waiting === 'delay' && !before.live) return ask(model)
  const bound = model.state === 'connecting' || model.state === 'playing'
  const moved = bound && streamOf(model.address) !== streamOf(model.src)
  if (!moved) return stay(model)
  const next = begin({ ...model, quality: 'unknown', qualityAt: context.now })
  return { model: next.model, effects: [{ do: 'stop' }, ...next.effects] }
}

export function picture(model: PlaybackModel): PlaybackStep {
  if (model.state !== 'connecting' && model.state !== 'playing') return stay(model)
  const quality = model.quality === 'unknown' ? 'good' : model.quality
  const seen = { ...model, state: 'playing' as const, spinner: false, quality }
  const calm: PlaybackEffect[] = [
    { do: 'cancel', name: 'spinner' },
    { do: 'cancel', name: 'watchdog' },
    { do: 'cancel', name: 'check' },
  ]
  if (model.state === 'playing') return stay(seen, ...calm)
  return stay(seen, ...calm, { do: 'timer', name: 'stable', ms: STABLE_MS }, { do: 'picture' })
}

/** Stop, pause, ask for the truth, play: -2301 comes also when the anchor has left (P26). */
export function replay(model: PlaybackModel, { now, retry }: Context, atLeastMs = 0): PlaybackStep {
  if (!model.wish) return stay(model)
  const stopped: PlaybackEffect[] = [{ do: 'cancel', name: 'all' }, { do: 'stop' }]
  if (away(model)) return stay({ ...model, state: 'suspended', waiting: null, src: '', spinner: false }, ...stopped)
  const troubleSince = model.tries === 0 ? now : model.troubleSince
  const tries = model.tries + 1
  const delay = retry.next({ tries, elapsedMs: now - troubleSince })
  const quiet = { ...model, src: '', quality: 'unknown' as const, tries, troubleSince }
  if (delay === null) return stay({ ...quiet, state: 'stopped', waiting: null, spinner: false }, ...stopped)
  return stay({ ...quiet, state: 'reconnecting', waiting: 'delay', spinner: true }, ...stopped, {
    do: 'timer',
    name: 'replay',
    ms: Math.max(delay, atLeastMs),
  })
}

export const ask = (model: PlaybackModel): PlaybackStep =>
  stay(
    { ...model, state: 'reconnecting', waiting: 'truth', src: '', spinner: true, quality: 'unknown' },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
    { do: 'ask' },
  )

export function halt(model: PlaybackModel, fault: PlaybackFault): PlaybackStep {
  return stay(
    { ...model, state: 'stopped', src: '', waiting: null, spinner: false, quality: 'unknown' },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
    { do: 'fault', code: fault },
  )
}

/** Stopped for good measure: a tag that only pauses goes on downloading on some phones. */
export const pause = (model: PlaybackModel): PlaybackStep =>
  stay(
    { ...model, paused: true, state: 'suspended', waiting: null, src: '', spinner: false },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
  )

export function hide(model: PlaybackModel): PlaybackStep {
  const hidden = { ...model, hidden: true }
  if (model.state !== 'connecting' && model.state !== 'reconnecting') return stay(hidden, { do: 'cancel', name: 'all' })
  return stay(
    { ...hidden, state: 'suspended', waiting: null, src: '', spinner: false },
    { do: 'cancel', name: 'all' },
    { do: 'stop' },
  )
}

export function show(model: PlaybackModel): PlaybackStep {
  if (!model.wish || away(model)) return stay(model)
  if (model.state === 'suspended') return ask({ ...model, tries: 0 })
  return check(model)
}

/** Online again, perhaps on another network, where the connection of before is dead. */
export const online = (model: PlaybackModel): PlaybackStep => (model.waiting === 'delay' ? ask(model) : check(model))

/** Some platforms go on by themselves, some hang without a word: any sign of life within 3 s will do. */
function check(model: PlaybackModel): PlaybackStep {
  if (model.state !== 'playing' || away(model)) return stay(model)
  return stay(model, { do: 'timer', name: 'check', ms: 3000 })
}
