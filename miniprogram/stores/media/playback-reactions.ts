import { PLAYER_CODES, type PlayerReaction } from './codes'
import { type PlaybackEffect, type PlaybackModel, type PlaybackStep, stay } from './playback-model'
import { begin, halt, PICTURE_WATCHDOG_MS, picture, replay, SPINNER_AFTER_MS } from './playback-moves'
import type { Context } from './step'

const LOSSES = { count: 30, withinMs: 10_000 }

export function code(model: PlaybackModel, value: number, context: Context): PlaybackStep {
  const reaction = PLAYER_CODES.get(value)?.reaction
  const step = react(model, reaction ?? 'log', context)
  return { model: step.model, effects: [...step.effects, { do: 'note', code: value, known: reaction !== undefined }] }
}

export function react(model: PlaybackModel, reaction: PlayerReaction, context: Context): PlaybackStep {
  // A code that comes late, from what was stopped before.
  if (!model.wish || (model.state !== 'connecting' && model.state !== 'playing')) return stay(model)
  switch (reaction) {
    case 'log':
    case 'info':
      return stay(model)
    case 'picture':
      return picture(model)
    case 'loading':
      return loading(model)
    case 'wait': {
      const { model: next, effects } = loading(model)
      return { model: next, effects: [...effects, { do: 'doubt' }] }
    }
    case 'replay':
      return replay(model, context)
    case 'poor':
      return poor(model, context)
    case 'loss':
      return loss(model, context)
    case 'recreate': {
      if (model.recreated) return stay(model)
      const again = begin({ ...model, recreated: true })
      return { model: again.model, effects: [{ do: 'stop' }, { do: 'remount' }, ...again.effects] }
    }
    case 'refuse':
      if (model.refusals >= 1) return halt(model, 'play-refused')
      return replay({ ...model, refusals: model.refusals + 1 }, context)
    case 'codec':
      return halt(model, 'unsupported-codec')
    case 'suspend':
      return stay(
        { ...model, state: 'suspended', src: '', waiting: null, spinner: false, quality: 'unknown' },
        { do: 'cancel', name: 'all' },
        { do: 'stop' },
        ...(model.hidden ? [] : [{ do: 'timer', name: 'resume', ms: 3000 } as const]),
      )
  }
}

function loading(model: PlaybackModel): PlaybackStep {
  if (model.state !== 'playing') return stay(model)
  return stay(
    { ...model, samples: 0 },
    { do: 'timer', name: 'spinner', ms: SPINNER_AFTER_MS },
    { do: 'timer', name: 'watchdog', ms: PICTURE_WATCHDOG_MS },
  )
}

function poor(model: PlaybackModel, { now }: Context): PlaybackStep {
  if (model.state !== 'playing') return stay(model)
  const later: PlaybackEffect = { do: 'timer', name: 'quality', ms: 10_000 }
  if (model.quality === 'poor' || now - model.qualityAt < 2000) return stay(model, later)
  return stay({ ...model, quality: 'poor', qualityAt: now }, later)
}

function loss(model: PlaybackModel, context: Context): PlaybackStep {
  const fresh = context.now - model.lossSince > LOSSES.withinMs
  const losses = fresh ? 1 : model.losses + 1
  if (losses >= LOSSES.count) return replay({ ...model, losses: 0 }, context)
  return stay({ ...model, losses, lossSince: fresh ? context.now : model.lossSince })
}
