import { PUSHER_CODES, PUSHER_ERRORS } from './codes'
import {
  type PublisherEvent,
  type PublisherModel,
  type PublisherStep,
  type PublisherTimer,
  stay,
} from './publisher-model'
import {
  again,
  askForUrl,
  comeBack,
  connect,
  halt,
  hide,
  published,
  release,
  repush,
  STABLE_MS,
} from './publisher-moves'
import { code, stepDown } from './publisher-reactions'
import type { Context } from './step'

/** What happens next. Total and pure: no event in any state throws, and one that has no meaning there changes nothing. */
export function publisherStep(model: PublisherModel, event: PublisherEvent, context: Context): PublisherStep {
  switch (event.type) {
    case 'preview':
      // A preview that was stopped by a fault begins again.
      if (model.wish === 'push' || (model.wish === 'preview' && model.state !== 'stopped')) return stay(model)
      return stay({ ...model, wish: 'preview', state: 'preview', since: context.now }, { do: 'preview' })
    case 'push':
      return connect({ ...model, wish: 'push', tries: 0, refusals: 0, restarted: false }, event.url, context)
    case 'release':
      return release(model)
    case 'again':
      return again(model, context)
    case 'mode':
      return stay({ ...model, mode: event.mode })
    case 'code':
      return code(model, event.code, PUSHER_CODES.get(event.code)?.reaction, context)
    case 'error':
      return code(model, event.code, PUSHER_ERRORS.get(event.code)?.reaction, context)
    case 'bitrate':
      return bitrate(model, event.kbps, context)
    case 'start-failed':
      return model.state === 'connecting' ? repush(model, context) : stay(model)
    case 'barred':
      return model.wish === 'off' || model.hidden ? stay(model) : halt(model, event.fault)
    case 'timer':
      return timer(model, event.name, context)
    case 'url':
      return model.waiting === 'url' ? connect(model, event.url, context) : stay(model)
    case 'url-failed':
      return model.waiting === 'url' ? repush(model, context, event.retryInMs) : stay(model)
    case 'hide':
      return hide(model, context)
    case 'show':
      return comeBack({ ...model, hidden: false }, context)
    case 'call':
      if (event.phase === 'begin') return stay({ ...model, inCall: true })
      return comeBack({ ...model, inCall: false }, context)
    case 'online':
      // What the SDK tries meanwhile, it tries on a connection of the network that is gone.
      if (model.waiting === 'sdk') return repush(model, context)
      return model.waiting === 'delay' ? askForUrl(model, context) : stay(model)
    case 'not-received':
      return notReceived(model, context)
  }
}

function bitrate(model: PublisherModel, kbps: number, context: Context): PublisherStep {
  if (!(kbps > 0)) return stay(model)
  if (model.state === 'publishing') return stay(model, { do: 'cancel', name: 'encode' })
  const samples = model.samples + 1
  const proven = model.weakProof || samples >= 2
  return proven ? published({ ...model, samples }, context) : stay({ ...model, samples })
}

function notReceived(model: PublisherModel, context: Context): PublisherStep {
  const forMs = context.now - model.since
  const deaf = model.state === 'publishing' && forMs > STABLE_MS
  const slow = model.waiting === 'sdk' && forMs > 3000
  return deaf || slow ? repush(model, context) : stay(model)
}

function timer(model: PublisherModel, name: PublisherTimer, context: Context): PublisherStep {
  switch (name) {
    case 'watchdog':
      return repush(model, context)
    case 'repush':
      return model.waiting === 'delay' ? askForUrl(model, context) : stay(model)
    case 'stable':
      return stay({ ...model, tries: 0, refusals: 0, restarted: false })
    case 'quality':
      return stay({ ...model, quality: model.state === 'publishing' ? 'good' : 'unknown', qualityAt: context.now })
    case 'encode':
      return stepDown(model, context)
    case 'device':
      return again(model, context, { restarted: true })
    case 'resume':
      return model.wish === 'push' ? repush(model, context) : again(model, context)
  }
}
