import {
  away,
  newPlayback,
  type PlaybackEvent,
  type PlaybackModel,
  type PlaybackStep,
  type PlaybackTimer,
  stay,
} from './playback-model'
import { ask, begin, halt, hide, news, online, pause, picture, replay, show } from './playback-moves'
import { code, react } from './playback-reactions'
import type { Context } from './step'

/** What happens next. Total and pure, as `publisherStep`. */
export function playbackStep(model: PlaybackModel, event: PlaybackEvent, context: Context): PlaybackStep {
  switch (event.type) {
    case 'open':
      return begin({ ...newPlayback, hidden: model.hidden, wish: true, ...event.source })
    case 'source':
      return news(model, event.source, context)
    case 'answer':
      return model.waiting === 'truth' ? begin({ ...model, ...event.source }) : news(model, event.source, context)
    case 'no-answer':
      return model.waiting === 'truth' ? replay(model, context, event.retryInMs) : stay(model)
    case 'release':
      return stay(
        { ...newPlayback, hidden: model.hidden, state: model.state === 'off' ? 'off' : 'stopped' },
        { do: 'cancel', name: 'all' },
        { do: 'stop' },
      )
    case 'again':
      if (!model.wish || away(model)) return stay(model)
      return ask({ ...model, tries: 0, refusals: 0, recreated: false })
    case 'code':
      return code(model, event.code, context)
    case 'error':
      return react(model, 'replay', context)
    case 'play-failed':
      return model.state === 'connecting' ? replay(model, context) : stay(model)
    case 'barred':
      return model.wish && !model.hidden ? halt(model, 'capability-account') : stay(model)
    case 'bitrate':
      return bitrate(model, event.kbps)
    case 'timer':
      return timer(model, event.name, context)
    case 'hide':
      return hide(model)
    case 'show':
      return show({ ...model, hidden: false })
    case 'pause':
      return model.wish ? pause(model) : stay(model)
    case 'resume':
      return show({ ...model, paused: false })
    case 'online':
      return online(model)
  }
}

function bitrate(model: PlaybackModel, kbps: number): PlaybackStep {
  if (!(kbps > 0)) return stay(model)
  if (model.state === 'playing' && !model.spinner) return stay(model, { do: 'cancel', name: 'check' })
  const samples = model.samples + 1
  return samples >= 2 ? picture({ ...model, samples }) : stay({ ...model, samples })
}

function timer(model: PlaybackModel, name: PlaybackTimer, context: Context): PlaybackStep {
  switch (name) {
    case 'watchdog':
    case 'check':
      return replay(model, context)
    case 'spinner':
      return stay({ ...model, spinner: true })
    case 'replay':
      return model.waiting === 'delay' ? ask(model) : stay(model)
    case 'stable':
      return stay({ ...model, tries: 0, refusals: 0, recreated: false })
    case 'quality':
      return stay({ ...model, quality: model.state === 'playing' ? 'good' : 'unknown', qualityAt: context.now })
    case 'resume':
      return model.state === 'suspended' ? replay(model, context) : stay(model)
  }
}
