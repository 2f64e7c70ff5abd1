import type { SetDataCall } from './engine/set-data'
import type { LogEntry } from './journal'

/** One call of a cloud function; `action` is `data.action` of the call, empty when it has none. */
export interface CloudCall {
  readonly name: string
  readonly action: string
  readonly at: number
}

/** Counters for tests and benches. */
export interface PhoneStats {
  /** Calls of setData and the bytes of their JSON since the phone started. */
  readonly setDataCalls: number
  readonly setDataBytes: number
  /** Bytes of the largest single setData. */
  readonly setDataMaxBytes: number
  /** Every setData from now on. @returns a function that ends the subscription */
  onSetData(listener: (call: SetDataCall) => void): () => void
  readonly cloudCalls: readonly CloudCall[]
  /** `performance.now()` when the first page was ready, 0 before. */
  readonly readyAt: number
}

/** What is wrong with this phone on purpose. */
export interface FaultState {
  readonly offline: boolean
  readonly slow: boolean
  readonly background: boolean
  /** A phone call holds microphone and loudspeaker. */
  readonly call: boolean
  /** False when the user has denied the camera and the microphone. */
  readonly camera: boolean
}

/** Switches that a person or a test uses to see how the mini program copes. */
export interface Faults {
  readonly state: FaultState
  /** Cuts every socket and request, and refuses new ones. */
  offline(on: boolean): void
  /** Adds about 400 ms to everything and limits the throughput. */
  slow(on: boolean): void
  /** Sends the app to the background (onHide, media stops, after 5 s the network is gone) or brings it back. */
  background(on: boolean): void
  /** Begins or ends a phone call: audio is interrupted, a push stops, playback is silent. */
  call(on: boolean): void
  /** Grants or denies camera and microphone. */
  camera(allowed: boolean): void
  /** Ends the app without any goodbye; the phone shows how to open it again. */
  kill(): void
  /** @returns a function that ends the subscription */
  onChange(listener: (state: FaultState) => void): () => void
}

/** Control surface of one phone: `window.__phone` of its frame. The shell and the tests use it, the mini program never. */
export interface Phone {
  /** User id, the stand-in of an OPENID. */
  readonly user: string
  /** False on the screen of a killed app. */
  readonly running: boolean
  /** Resolves when the first page is ready; rejects when the app cannot start. */
  readonly ready: Promise<void>
  /** Defects seen so far: runtime errors, warnings of templates, missing wx names. Empty in a healthy run. */
  readonly problems: readonly string[]
  readonly log: readonly LogEntry[]
  /** @returns a function that ends the subscription */
  onLog(listener: (entry: LogEntry) => void): () => void
  /** @returns a function that ends the subscription */
  onProblem(listener: (text: string) => void): () => void
  readonly faults: Faults
  /** Routes on the page stack, the visible one last. */
  readonly routes: readonly string[]
  readonly navigate: {
    to(url: string): Promise<void>
    redirect(url: string): Promise<void>
    reLaunch(url: string): Promise<void>
    back(delta?: number): Promise<void>
  }
  /** Starts the app anew (a cold start), on this page if given: `/pages/room/room?id=7`. */
  relaunch(path?: string): void
  readonly stats: PhoneStats
  /** Addresses of the pictures that the mini program has saved to the album, oldest first. */
  readonly album: readonly string[]
}

declare global {
  interface Window {
    __phone?: Phone
  }
}
