import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RetryPlan } from '../retry-plan'
import { fault, type RoomFault } from '../room/fault'
import type { Scope } from '../scope'
import { Timers } from '../timers'
import { CodeLog } from './code-log'
import { bitrateOf, type NetStatus, type PlayerHandle, type Quality, type Snapshot } from './handles'
import { NetHealth } from './net-health'
import { playbackStep } from './playback-machine'
import {
  newPlayback,
  type PlaybackEffect,
  type PlaybackEvent,
  type PlaybackModel,
  type PlaybackState,
  type PlaybackTimer,
  type Source,
} from './playback-model'
import { Question } from './question'
import { barOf } from './refusal'
import { Silence } from './silence'
import { TagDriver } from './tag-driver'
import { Voice } from './voice'

export type { PlaybackState } from './playback-model'

/** The tag is out of the tree this long (ms) before it is mounted anew. */
const REMOUNT_MS = 100

export interface PlaybackDeps {
  scope: Scope
  retry: RetryPlan
  /** The truth about the room, freshly signed. Rejects with RoomApiError; what is fatal is dealt with by the room. */
  askSource(): Promise<Source>
  /** The stream broke and the platform is trying again. */
  onDoubt(): void
  onFault(fault: RoomFault | null): void
  log(message: string): void
  /** `RTC` for an address without delay; `live` when absent. */
  mode?: 'live' | 'RTC'
}

/**
 * The show on a viewer's screen. Mount the player tag while `active`, bind `src`, `mode`, `muted`; draw a spinner over it
 * while `spinner`; pass its events on.
 */
export class Playback {
  active = false
  /** Empty: nothing is played. */
  src = ''
  readonly mode: 'live' | 'RTC'
  state: PlaybackState = 'off'
  spinner = false
  muted = false
  quality: Quality = 'unknown'
  readonly codes: CodeLog
  readonly net = new NetHealth()
  readonly voice: Voice

  private model: PlaybackModel = newPlayback
  private remounting = false
  /** For the truth about the room. */
  private readonly question: Question<PlaybackEvent>
  private readonly timers: Timers<PlaybackTimer>
  private readonly silence: Silence
  private readonly driver: TagDriver<PlayerHandle, 'play'>

  constructor(private readonly deps: PlaybackDeps) {
    makeObservable(this, {
      active: observable,
      src: observable,
      state: observable,
      spinner: observable,
      muted: observable,
      quality: observable,
    })
    const { scope } = deps
    this.voice = new Voice(scope)
    this.mode = deps.mode ?? 'live'
    this.codes = new CodeLog('live-player', deps.log)
    this.timers = new Timers(scope, (name) => this.dispatch({ type: 'timer', name }))
    this.question = new Question(scope, (answer) => this.dispatch(answer))
    this.silence = new Silence(scope, (mute) => {
      if (!this.model.hidden) deps.onFault(mute ? fault('capability-account') : null)
    })
    // Before the driver's own: what begins first ends last, so the tag is stopped before it is taken away.
    scope.onEnd(() => this.draw({ ...newPlayback, state: 'stopped' }))
    this.driver = new TagDriver(scope, {
      begin: (handle) => {
        this.silence.begin()
        return handle.play()
      },
      cease: (handle) => handle.stop(),
      off: (handle) => {
        this.silence.rest()
        void (async () => handle.stop())().catch(() => {})
      },
      failed: (_goal, error) => this.dispatch({ type: barOf(error) ? 'barred' : 'play-failed' }),
    })
  }

  /** The tile's `ready`. Returns the function to call when it is detached. */
  attach(handle: PlayerHandle): () => void {
    return this.driver.attach(handle)
  }
  /** `bindstatechange`: `detail.code`. */
  onCode(code: number): void {
    this.silence.heard()
    this.dispatch({ type: 'code', code })
  }
  /** `binderror` of a player has only an `errMsg`. */
  onError(errMsg = ''): void {
    const barred = barOf({ errMsg }) !== null
    if (!barred) this.silence.heard()
    this.dispatch({ type: barred ? 'barred' : 'error' })
  }
  /** `bindnetstatus`: `detail.info`. */
  onNetStatus(info: NetStatus): void {
    this.net.note(info, this.deps.scope.clock.now())
    this.silence.heard()
    this.dispatch({ type: 'bitrate', kbps: bitrateOf(info) })
  }
  /** `bindaudiovolumenotify`: `detail`. */
  onVolume(detail: unknown): void {
    this.silence.heard()
    this.voice.note(detail)
  }
  /** A still picture; null when there is none to be had. */
  async shoot(): Promise<Snapshot | null> {
    const { attached } = this.driver
    if (!attached?.snapshot || this.state !== 'playing') return null
    return this.deps.scope.guard(attached.snapshot().catch(() => null))
  }
  setMuted(muted: boolean): void {
    runInAction(() => {
      this.muted = muted
    })
  }
  /** Nothing is played until `resume`, not even when the page is shown again. */
  pause(): void {
    this.dispatch({ type: 'pause' })
  }
  resume(): void {
    this.dispatch({ type: 'resume' })
  }

  /** For the room: everything that happens to this player goes through here. */
  dispatch(event: PlaybackEvent): void {
    const { scope, retry } = this.deps
    if (scope.ended) return
    if (event.type === 'open' || event.type === 'release') this.question.forget()
    const { model, effects } = playbackStep(this.model, event, { now: scope.clock.now(), retry })
    this.draw(model)
    for (const effect of effects) this.run(effect)
  }

  private draw(model: PlaybackModel): void {
    this.model = model
    runInAction(() => {
      this.active = model.wish && !this.remounting
      this.src = model.src
      this.state = model.state
      this.spinner = model.spinner
      this.quality = model.quality
    })
  }

  private run(effect: PlaybackEffect): void {
    switch (effect.do) {
      case 'play':
        this.driver.want('play')
        break
      case 'stop':
        this.silence.rest()
        this.driver.want(null)
        break
      case 'remount':
        this.remount()
        break
      case 'timer':
        this.timers.set(effect.name, effect.ms)
        break
      case 'cancel':
        if (effect.name === 'all') this.timers.cancelAll()
        else this.timers.cancel(effect.name)
        break
      case 'ask':
        void this.ask()
        break
      case 'doubt':
        this.deps.onDoubt()
        break
      case 'picture':
        this.deps.onFault(null)
        break
      case 'fault':
        this.deps.onFault(fault(effect.code))
        break
      case 'note':
        this.codes.note(effect.code, effect.known)
        break
    }
  }

  private remount(): void {
    this.remounting = true
    this.draw(this.model)
    this.deps.scope.after(REMOUNT_MS, () => {
      this.remounting = false
      this.draw(this.model)
    })
  }

  private ask(): Promise<void> {
    return this.question.ask(
      async () => ({ type: 'answer', source: await this.deps.askSource() }),
      (retryInMs) => ({ type: 'no-answer', retryInMs }),
    )
  }
}
