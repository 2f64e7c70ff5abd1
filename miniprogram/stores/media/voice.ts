import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Scope } from '../scope'

/** From this loudness (0 to 100) on somebody may be talking, and below the second one he is not. */
const LOUD = 20
const QUIET = 10
/** It has to last so long (ms): a cough and a cup on the table are no words. */
const WORD_MS = 150
/** Between two words nobody has stopped talking (ms). */
export const PAUSE_MS = 900

export interface VoiceModel {
  readonly talking: boolean
  /** When it became loud; null while it is not. */
  readonly loudSince: number | null
  /** When something was last heard. */
  readonly heardAt: number
}

export const silent: VoiceModel = { talking: false, loudSince: null, heardAt: Number.NEGATIVE_INFINITY }

/** What one more report about the loudness says; `level` null: none has come. Pure. */
export function voiceStep(before: VoiceModel, level: number | null, now: number): VoiceModel {
  const heard = level !== null && level >= QUIET
  const heardAt = heard ? now : before.heardAt
  const still = heard || (level === null && now - heardAt < PAUSE_MS)
  const loudSince = still ? (before.loudSince ?? (level !== null && level >= LOUD ? now : null)) : null
  const word = heard && loudSince !== null && now - loudSince >= WORD_MS
  return { talking: word || (before.talking && now - heardAt < PAUSE_MS), loudSince, heardAt }
}

/**
 * The loudness (0 to 100) that a media tag reports by `bindaudiovolumenotify`, or null. WeChat documents the event and not its
 * detail; Tencent's own components read `detail.volume`, and some clients have it in `detail.info`.
 */
export function volumeOf(detail: unknown): number | null {
  const { volume, info } = (detail ?? {}) as { volume?: unknown; info?: { volume?: unknown } | null }
  const level = Number(volume ?? info?.volume ?? Number.NaN)
  return Number.isFinite(level) ? level : null
}

/** Whether somebody talks, out of how loud his stream is. Only a change is told: levels come several times a second. */
export class Voice {
  talking = false
  private model = silent
  private waiting = false

  constructor(private readonly scope: Scope) {
    makeObservable(this, { talking: observable })
  }

  note(detail: unknown): void {
    const level = volumeOf(detail)
    if (level !== null && !this.scope.ended) this.step(level)
  }

  private step(level: number | null): void {
    const now = this.scope.clock.now()
    const { talking } = this
    this.model = voiceStep(this.model, level, now)
    if (this.model.talking !== talking) {
      runInAction(() => {
        this.talking = this.model.talking
      })
    }
    // A stream that stops reports no silence.
    if (!this.model.talking || this.waiting) return
    this.waiting = true
    this.scope.after(Math.max(1, this.model.heardAt + PAUSE_MS - now), () => {
      this.waiting = false
      this.step(null)
    })
  }
}
