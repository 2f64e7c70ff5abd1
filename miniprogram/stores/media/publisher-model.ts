import type { FaultCode } from '../room/fault'
import type { PushMode, Quality } from './handles'
import type { Step } from './step'

export type PublisherState = 'off' | 'preview' | 'connecting' | 'publishing' | 'reconnecting' | 'suspended' | 'stopped'

export type PublisherTimer = 'watchdog' | 'repush' | 'stable' | 'quality' | 'encode' | 'device' | 'resume'

export type MediaFault = Extract<
  FaultCode,
  | 'permission-camera'
  | 'permission-microphone'
  | 'device-camera'
  | 'device-microphone'
  | 'push-unstable'
  | 'push-refused'
  | 'privacy'
  | 'privacy-undeclared'
  | 'capability-account'
  | 'unsupported-device'
>

/** Refusals of the platform that no repetition changes. */
export type Bar = Extract<FaultCode, 'privacy' | 'privacy-undeclared' | 'capability-account'>

export interface PublisherModel {
  readonly state: PublisherState
  /** What the owner wants; trouble does not change it. */
  readonly wish: 'off' | 'preview' | 'push'
  readonly url: string
  readonly mode: PushMode
  readonly quality: Quality
  /** While reconnecting: the SDK works, a delay runs, or a fresh URL is on its way. */
  readonly waiting: 'sdk' | 'delay' | 'url' | null
  /** When the present state or wait began. */
  readonly since: number
  /** Failed tries since pushing was last stable, and when the first one was. */
  readonly tries: number
  readonly troubleSince: number
  /** Refusals in a row. */
  readonly refusals: number
  /** A weak code was seen; samples of a bit rate while connecting. */
  readonly weakProof: boolean
  readonly samples: number
  /** The one restart for a device in trouble is used up. */
  readonly restarted: boolean
  readonly qualityAt: number
  readonly hidden: boolean
  /** A call has the microphone. */
  readonly inCall: boolean
}

export type PublisherEvent =
  | { type: 'preview' }
  | { type: 'push'; url: string }
  | { type: 'release' }
  /** The user asks to try again. */
  | { type: 'again' }
  | { type: 'mode'; mode: PushMode }
  | { type: 'code'; code: number }
  | { type: 'error'; code: number }
  | { type: 'bitrate'; kbps: number }
  /** The native `start` answered with a failure. */
  | { type: 'start-failed' }
  /** The platform does not let this mini program use the tag. */
  | { type: 'barred'; fault: Bar }
  | { type: 'timer'; name: PublisherTimer }
  | { type: 'url'; url: string }
  /** No fresh URL now; ask again, not before `retryInMs`. */
  | { type: 'url-failed'; retryInMs: number }
  | { type: 'hide' }
  | { type: 'show' }
  | { type: 'call'; phase: 'begin' | 'end' }
  | { type: 'online' }
  /** The server says that it gets no stream from us. */
  | { type: 'not-received' }

export type PublisherEffect =
  | { do: 'preview' }
  | { do: 'start' }
  | { do: 'stop' }
  | { do: 'timer'; name: PublisherTimer; ms: number }
  | { do: 'cancel'; name: PublisherTimer | 'all' }
  | { do: 'fetch-url' }
  | { do: 'published' }
  | { do: 'fault'; code: MediaFault }
  | { do: 'note'; code: number; known: boolean }

export type PublisherStep = Step<PublisherModel, PublisherEffect>

export const newPublisher: PublisherModel = {
  state: 'off',
  wish: 'off',
  url: '',
  mode: 'HD',
  quality: 'unknown',
  waiting: null,
  since: 0,
  tries: 0,
  troubleSince: 0,
  refusals: 0,
  weakProof: false,
  samples: 0,
  restarted: false,
  qualityAt: Number.NEGATIVE_INFINITY,
  hidden: false,
  inCall: false,
}

export const stay = (model: PublisherModel, ...effects: PublisherEffect[]): PublisherStep => ({ model, effects })
