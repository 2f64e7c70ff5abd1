import type { FaultCode } from '../room/fault'
import type { Quality } from './handles'
import type { Step } from './step'

export type PlaybackState = 'off' | 'connecting' | 'playing' | 'reconnecting' | 'suspended' | 'stopped'

export type PlaybackFault = Extract<FaultCode, 'play-refused' | 'unsupported-codec' | 'capability-account'>

export type PlaybackTimer = 'watchdog' | 'spinner' | 'replay' | 'stable' | 'quality' | 'check' | 'resume'

export interface PlaybackModel {
  readonly state: PlaybackState
  readonly wish: boolean
  /** What the tag plays, empty when nothing; and the address that the server named last. */
  readonly src: string
  readonly address: string
  /** The server says that there is a stream. */
  readonly live: boolean
  readonly spinner: boolean
  readonly quality: Quality
  readonly qualityAt: number
  /** While reconnecting: a delay runs, the truth is on its way, or there is no stream to play. */
  readonly waiting: 'delay' | 'truth' | 'stream' | null
  readonly tries: number
  readonly troubleSince: number
  readonly refusals: number
  readonly samples: number
  readonly losses: number
  readonly lossSince: number
  readonly recreated: boolean
  readonly hidden: boolean
  /** The user wants to see nothing for now. */
  readonly paused: boolean
}

/** Nothing is played, whatever the server says. */
export const away = ({ hidden, paused }: PlaybackModel): boolean => hidden || paused

/** What the server says: where to watch, and whether there is something to see. */
export interface Source {
  readonly address: string
  readonly live: boolean
}

export type PlaybackEvent =
  | { type: 'open'; source: Source }
  /** News about the room, asked for or not. */
  | { type: 'source'; source: Partial<Source> }
  /** The answer to `ask`. */
  | { type: 'answer'; source: Source }
  | { type: 'no-answer'; retryInMs: number }
  | { type: 'release' }
  | { type: 'again' }
  | { type: 'code'; code: number }
  | { type: 'error' }
  | { type: 'bitrate'; kbps: number }
  | { type: 'play-failed' }
  /** The platform does not let this mini program use the tag. */
  | { type: 'barred' }
  | { type: 'timer'; name: PlaybackTimer }
  | { type: 'hide' }
  | { type: 'show' }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'online' }

export type PlaybackEffect =
  | { do: 'play' }
  | { do: 'stop' }
  /** Take the tag out and mount it anew. */
  | { do: 'remount' }
  | { do: 'timer'; name: PlaybackTimer; ms: number }
  | { do: 'cancel'; name: PlaybackTimer | 'all' }
  /** Ask the server for the truth and a fresh address. */
  | { do: 'ask' }
  /** The stream broke: perhaps the show did, and the message about it was lost. */
  | { do: 'doubt' }
  | { do: 'picture' }
  | { do: 'fault'; code: PlaybackFault }
  | { do: 'note'; code: number; known: boolean }

export type PlaybackStep = Step<PlaybackModel, PlaybackEffect>

export const newPlayback: PlaybackModel = {
  state: 'off',
  wish: false,
  src: '',
  address: '',
  live: false,
  spinner: false,
  quality: 'unknown',
  qualityAt: Number.NEGATIVE_INFINITY,
  waiting: null,
  tries: 0,
  troubleSince: 0,
  refusals: 0,
  samples: 0,
  losses: 0,
  lossSince: 0,
  recreated: false,
  hidden: false,
  paused: false,
}

export const stay = (model: PlaybackModel, ...effects: PlaybackEffect[]): PlaybackStep => ({ model, effects })
