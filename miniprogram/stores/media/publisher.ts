import { action, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { KeyValueStorage } from '../../services/device/port'
import type { RetryPlan } from '../retry-plan'
import { type FaultCode, fault, type RoomFault } from '../room/fault'
import type { Scope } from '../scope'
import { Timers } from '../timers'
import { keepChoices } from './choices'
import { CodeLog } from './code-log'
import { PUSHER_ERRORS } from './codes'
import { bitrateOf, type CallPicture, type NetStatus, type PusherHandle, type PushMode, type Quality } from './handles'
import { Lens } from './lens'
import { Looks } from './looks'
import { Music } from './music'
import { NetHealth } from './net-health'
import { publisherStep } from './publisher-machine'
import {
  newPublisher,
  type PublisherEffect,
  type PublisherEvent,
  type PublisherModel,
  type PublisherState,
  type PublisherTimer,
} from './publisher-model'
import { Question } from './question'
import { barOf } from './refusal'
import { Silence } from './silence'
import { TagDriver } from './tag-driver'
import { Voice } from './voice'

/** `binderror`: the background music could not be loaded. */
const MUSIC_FAILED = 10003

export type { PublisherState } from './publisher-model'

/** Taps on the quality sheet within this time (ms) become one restart of the encoder (P44). */
const MODE_SETTLE_MS = 300

export interface PublisherDeps {
  scope: Scope
  retry: RetryPlan
  /** A freshly signed URL for the same stream. Rejects with RoomApiError; what is fatal is dealt with by the room. */
  freshUrl(): Promise<string>
  /** The latest trouble, or null when the media is well. */
  onFault(fault: RoomFault | null): void
  /** Where the user's choices are kept; without it they end with the publisher. */
  storage?: KeyValueStorage
  /** Asks the user for the camera, where nobody has yet. Without it the platform does, when the tag opens it. */
  askCamera?(): Promise<unknown>
  /** In a call the picture is the call's, and no choice of the user. */
  picture?: CallPicture
  /** Every code of the tag with its message, for whom it says more than how the push is. */
  onWord?(code: number, message: string): void
  /** Proof of publishing, first and after every reconnect. */
  onPublished(): void
  log(message: string): void
}

/**
 * One's own camera and microphone: what the pusher tile draws, and what it reports to. Mount the tag while `active`, bind
 * `url`, `mode`, `muted`, `cameraOn` (enable-camera), `facing` (device-position), `beauty`, `whiteness`; pass its events on.
 */
export class Publisher {
  active = false
  /** Empty: nothing is pushed. */
  url = ''
  state: PublisherState = 'off'
  quality: Quality = 'unknown'
  /** A change while publishing takes effect a moment later; the platform then restarts its encoder once. */
  mode: PushMode = 'HD'
  /** What the user asked for; the platform may have made `mode` lower. */
  chosenMode: PushMode = 'HD'
  muted = false
  /** False: audio only. */
  cameraOn = true
  /** There is to be no picture: the camera is neither asked for nor opened, whoever wants it on. */
  pureAudio = false
  facing: 'front' | 'back' = 'front'
  /** What a call pushes; null for a show, where `mode` decides. */
  picture: CallPicture | null = null
  /** How the phone is held, for the picture that the others get. */
  orientation: 'vertical' | 'horizontal' = 'vertical'
  /** 0 to 9. */
  beauty = 5
  /** 0 to 9. */
  whiteness = 3
  readonly looks = new Looks()
  readonly lens: Lens
  readonly music = new Music()
  readonly codes: CodeLog
  readonly net = new NetHealth()
  readonly voice: Voice

  private model: PublisherModel = newPublisher
  private readonly timers: Timers<PublisherTimer>
  private readonly driver: TagDriver<PusherHandle, 'preview' | 'push'>
  /** For a freshly signed URL. */
  private readonly question: Question<PublisherEvent>
  private settleMode = () => {}
  private readonly silence: Silence

  constructor(private readonly deps: PublisherDeps) {
    this.picture = deps.picture ?? null
    makeObservable(this, {
      active: observable,
      url: observable,
      state: observable,
      quality: observable,
      mode: observable,
      chosenMode: observable,
      muted: observable,
      cameraOn: observable,
      pureAudio: observable,
      facing: observable,
      orientation: observable,
      picture: observable.ref,
      beauty: observable,
      whiteness: observable,
      flip: action,
      setMuted: action,
      setOrientation: action,
      setCameraOn: action,
      setPureAudio: action,
      setBeauty: action,
      setWhiteness: action,
    })
    const { scope } = deps
    this.voice = new Voice(scope)
    this.codes = new CodeLog('live-pusher', deps.log)
    this.lens = new Lens(scope)
    this.timers = new Timers(scope, (name) => this.dispatch({ type: 'timer', name }))
    this.question = new Question(scope, (answer) => this.dispatch(answer))
    this.silence = new Silence(scope, (mute) => {
      if (!this.model.hidden) deps.onFault(mute ? fault('capability-account') : null)
    })
    // Before the driver's own: what begins first ends last, so the tag is stopped before it is taken away.
    scope.onEnd(() => this.draw({ ...newPublisher, state: 'stopped' }, false))
    this.driver = new TagDriver(scope, {
      begin: (handle, goal) => {
        // Without a camera a preview has nothing to say.
        if (goal === 'push' || this.cameraOn) this.silence.begin()
        const begun = goal === 'push' ? handle.start() : handle.startPreview()
        this.lens.opened()
        this.music.opened()
        return begun
      },
      cease: (handle, running) => {
        this.close()
        return running === 'push' ? handle.stop() : handle.stopPreview()
      },
      off: (handle) => {
        this.silence.rest()
        this.lens.leave(handle)
        this.music.leave(handle)
        for (const call of [handle.stop, handle.stopPreview]) quietly(() => call.call(handle))
      },
      failed: (goal, error) => {
        const bar = barOf(error)
        if (bar) this.dispatch({ type: 'barred', fault: bar })
        else if (goal === 'push') this.dispatch({ type: 'start-failed' })
      },
    })
    if (deps.storage) keepChoices(this, deps.storage, scope)
  }

  /** The tile's `ready`. Returns the function to call when it is detached. */
  attach(handle: PusherHandle): () => void {
    if (!this.deps.scope.ended) {
      this.lens.use(handle)
      this.music.use(handle)
    }
    return this.driver.attach(handle)
  }
  /** `bindstatechange`: `detail.code` and `detail.message`. */
  onCode(code: number, message = ''): void {
    this.silence.heard()
    this.dispatch({ type: 'code', code })
    if (!this.deps.scope.ended) this.deps.onWord?.(code, message)
  }
  /** `binderror`: `detail.errCode` and `detail.errMsg`. */
  onError(errCode: number, errMsg = ''): void {
    const known = PUSHER_ERRORS.has(errCode)
    const bar = known ? null : barOf({ errMsg })
    if (!bar) this.silence.heard()
    if (errCode === MUSIC_FAILED) this.music.fail()
    this.dispatch(bar ? { type: 'barred', fault: bar } : { type: 'error', code: errCode })
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

  flip(): void {
    this.facing = this.facing === 'front' ? 'back' : 'front'
    this.lens.forget()
    const { attached } = this.driver
    if (attached) quietly(() => attached.switchCamera())
  }
  setMuted(muted: boolean): void {
    this.muted = muted
  }
  setOrientation(orientation: 'vertical' | 'horizontal'): void {
    this.orientation = orientation
  }
  setCameraOn(on: boolean): void {
    if (!on) this.lens.forget()
    this.cameraOn = on && !this.pureAudio
  }
  /** Back to a picture only when the user has been asked for it; that he said no is told by the tag. */
  setPureAudio(pure: boolean): void {
    if (pure === this.pureAudio) return
    this.pureAudio = pure
    if (pure) {
      this.setCameraOn(false)
      return
    }
    const asked = this.deps.askCamera?.() ?? Promise.resolve()
    const open = () => this.pureAudio || this.setCameraOn(true)
    this.deps.scope.guard(asked).then(open, open)
  }
  /** Takes effect with the next push. */
  setPicture(picture: CallPicture): void {
    runInAction(() => {
      this.picture = picture
    })
  }
  setMode(mode: PushMode): void {
    runInAction(() => {
      this.chosenMode = mode
    })
    this.settleMode()
    const apply = () => this.dispatch({ type: 'mode', mode })
    const busy = this.state === 'connecting' || this.state === 'publishing' || this.state === 'reconnecting'
    if (busy) this.settleMode = this.deps.scope.after(MODE_SETTLE_MS, apply)
    else apply()
  }
  setBeauty(level: number): void {
    this.beauty = levelOf(level, this.beauty)
  }
  setWhiteness(level: number): void {
    this.whiteness = levelOf(level, this.whiteness)
  }

  /** For the room: everything that happens to this publisher goes through here. */
  dispatch(event: PublisherEvent): void {
    const { scope, retry } = this.deps
    if (scope.ended) return
    if (event.type === 'push' || event.type === 'release') this.question.forget()
    const { model, effects } = publisherStep(this.model, event, { now: scope.clock.now(), retry })
    this.draw(model, model.wish !== 'off')
    for (const effect of effects) this.run(effect)
  }

  private draw(model: PublisherModel, active: boolean): void {
    this.model = model
    runInAction(() => {
      this.active = active
      this.url = model.url
      this.state = model.state
      this.quality = model.quality
      this.mode = model.mode
    })
  }

  /** The tag is told to stop: light and music with it. */
  private close(): void {
    this.silence.rest()
    this.lens.forget()
    this.music.closed()
  }

  private run(effect: PublisherEffect): void {
    switch (effect.do) {
      case 'preview':
        this.driver.want('preview')
        break
      case 'start':
        this.driver.want('push')
        break
      case 'stop':
        this.silence.rest()
        this.driver.want(null)
        break
      case 'timer':
        this.timers.set(effect.name, effect.ms)
        break
      case 'cancel':
        if (effect.name === 'all') this.timers.cancelAll()
        else this.timers.cancel(effect.name)
        break
      case 'fetch-url':
        void this.fetchUrl()
        break
      case 'published':
        this.deps.onFault(null)
        this.deps.onPublished()
        break
      case 'fault':
        this.deps.onFault(fault(effect.code satisfies FaultCode))
        break
      case 'note':
        this.codes.note(effect.code, effect.known)
        break
    }
  }

  private fetchUrl(): Promise<void> {
    return this.question.ask(
      async () => ({ type: 'url', url: await this.deps.freshUrl() }),
      (retryInMs) => ({ type: 'url-failed', retryInMs }),
    )
  }
}

const levelOf = (level: number, before: number): number =>
  Number.isFinite(level) ? Math.min(9, Math.max(0, Math.round(level))) : before

/** A native call whose outcome comes as codes, or does not matter. */
function quietly(call: () => Promise<void>): void {
  void (async () => call())().catch(() => {})
}
