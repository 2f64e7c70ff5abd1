import { Emitter } from './emitter'
import { phoneCall } from './interruptions'
import { journal } from './journal'
import type { AppEvents, LaunchOptions } from './wx/core'

type Instance = Record<string, unknown>

/** The App() of the mini program: its instance, its lifecycle and the events that wx functions hand on. */
export class AppLife {
  readonly events: AppEvents = {
    show: new Emitter(),
    hide: new Emitter(),
    error: new Emitter(),
    rejection: new Emitter(),
    audioInterruptionBegin: new Emitter(),
    audioInterruptionEnd: new Emitter(),
    keyboardHeight: new Emitter(),
  }
  /** A phone call is told to the mini program as an interruption of its audio. */
  readonly end = phoneCall.onChange((on) => {
    if (on) this.events.audioInterruptionBegin.emit()
    else this.events.audioInterruptionEnd.emit()
  })
  private instance: Instance | undefined

  /** `App(...)` of app.ts. */
  readonly define = (definition: Instance): void => {
    this.instance = definition
  }

  readonly get = (): Instance | undefined => this.instance

  launch(options: LaunchOptions): void {
    if (!this.instance) journal.problem('app: its script did not call App()')
    this.call('onLaunch', options)
    this.show(options)
  }

  show(options: LaunchOptions): void {
    this.call('onShow', options)
    this.events.show.emit(options)
  }

  hide(): void {
    this.call('onHide')
    this.events.hide.emit()
  }

  /** A script error anywhere in the mini program. */
  fail(text: string): void {
    journal.problem(text)
    this.call('onError', text)
    this.events.error.emit(text)
  }

  rejected(reason: unknown, promise: Promise<unknown>): void {
    const shown =
      reason instanceof Error ? (reason.stack ?? reason.message) : (JSON.stringify(reason) ?? String(reason))
    journal.problem(`unhandled rejection: ${shown}`)
    this.call('onUnhandledRejection', { reason, promise })
    this.events.rejection.emit({ reason, promise })
  }

  private call(name: string, ...args: unknown[]): void {
    const handler = this.instance?.[name]
    if (typeof handler !== 'function') return
    try {
      handler.apply(this.instance, args)
    } catch (error) {
      journal.problem(`app ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
  }
}
