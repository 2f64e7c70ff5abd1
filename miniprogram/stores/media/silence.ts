import type { Scope } from '../scope'

/** A tag that may work says something within this time (ms) after it was told to open; a slow camera takes a second or two. */
export const SILENCE_MS = 8_000

/**
 * Watches for a tag that says nothing at all: that is how a platform behaves that bars the mini program from it without an
 * error (P1). One word of it, and it is never suspected again.
 */
export class Silence {
  private talks = false
  private told = false
  private cancel = () => {}

  /** @param tell true: the tag is mute; false: it was, and talks after all */
  constructor(
    private readonly scope: Scope,
    private readonly tell: (mute: boolean) => void,
  ) {}

  /** The tag was told to open. */
  begin(): void {
    this.rest()
    if (this.talks) return
    this.cancel = this.scope.after(SILENCE_MS, () => {
      this.told = true
      this.tell(true)
    })
  }

  /** The tag said something, whatever it was. */
  heard(): void {
    if (this.talks) return
    this.talks = true
    this.rest()
    if (this.told) this.tell(false)
  }

  /** Nothing is expected of the tag now. */
  rest(): void {
    this.cancel()
    this.cancel = () => {}
  }
}
