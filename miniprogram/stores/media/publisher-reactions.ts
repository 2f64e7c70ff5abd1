import type { PusherReaction } from './codes'
import type { PushMode } from './handles'
import { type MediaFault, type PublisherEffect, type PublisherModel, type PublisherStep, stay } from './publisher-model'
import { halt, published, repush, SDK_RECONNECT_MS, suspend } from './publisher-moves'
import type { Context } from './step'

const LOWER: Record<PushMode, PushMode | null> = { FHD: 'HD', HD: 'SD', SD: null }

export function code(
  model: PublisherModel,
  value: number,
  reaction: PusherReaction | undefined,
  context: Context,
): PublisherStep {
  const step = react(model, reaction ?? 'log', context)
  return { model: step.model, effects: [...step.effects, { do: 'note', code: value, known: reaction !== undefined }] }
}

function react(model: PublisherModel, reaction: PusherReaction, context: Context): PublisherStep {
  // A code that comes late, from what was stopped before.
  const running = model.state === 'preview' || model.state === 'connecting' || model.state === 'publishing'
  if (model.wish === 'off' || !(running || model.waiting === 'sdk')) {
    return reaction === 'suspend' && model.state === 'reconnecting' ? suspend(model, context) : stay(model)
  }
  switch (reaction) {
    case 'log':
    case 'info':
      return stay(model)
    case 'published':
      return published(model, context)
    case 'weak-proof':
      return model.samples > 0 ? published(model, context) : stay({ ...model, weakProof: true })
    case 'quality':
    case 'poor':
      return poor(model, context)
    case 'wait':
      if (model.state !== 'publishing') return stay(model)
      return stay(
        { ...model, state: 'reconnecting', waiting: 'sdk', since: context.now, quality: 'unknown' },
        { do: 'cancel', name: 'all' },
        { do: 'timer', name: 'watchdog', ms: SDK_RECONNECT_MS },
      )
    case 'repush':
      return repush(model, context)
    case 'suspend':
      return suspend(model, context)
    case 'refuse':
      if (model.refusals >= 1) return halt(model, 'push-refused')
      return repush({ ...model, refusals: model.refusals + 1 }, context)
    case 'bad-url':
      return halt(model, 'push-refused')
    case 'ask-camera':
      return halt(model, 'permission-camera')
    case 'ask-microphone':
      return halt(model, 'permission-microphone')
    case 'camera-failed':
      return stay(model, { do: 'fault', code: 'device-camera' })
    case 'microphone-failed':
      return stay(model, { do: 'fault', code: 'device-microphone' })
    case 'camera-again':
      return deviceAgain(model, 'device-camera')
    case 'microphone-again':
      return deviceAgain(model, 'device-microphone')
    case 'encode-failed':
      return stay(model, { do: 'timer', name: 'encode', ms: 5000 })
    case 'step-down':
      return stepDown(model, context)
  }
}

/** The badge changes at most every 2 s, and is good again after 10 s without a complaint. */
function poor(model: PublisherModel, { now }: Context): PublisherStep {
  if (model.state !== 'publishing') return stay(model)
  const later: PublisherEffect = { do: 'timer', name: 'quality', ms: 10_000 }
  if (model.quality === 'poor' || now - model.qualityAt < 2000) return stay(model, later)
  return stay({ ...model, quality: 'poor', qualityAt: now }, later)
}

function deviceAgain(model: PublisherModel, fault: MediaFault): PublisherStep {
  if (model.restarted) return stay(model, { do: 'fault', code: fault })
  return stay(model, { do: 'timer', name: 'device', ms: 2000 })
}

export function stepDown(model: PublisherModel, context: Context): PublisherStep {
  const mode = LOWER[model.mode]
  if (!mode) return halt(model, 'unsupported-device')
  return repush({ ...model, mode }, context)
}
