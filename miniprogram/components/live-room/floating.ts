import type { Kit } from '../../stores/kit'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { mainMediaOf } from '../shared/main-media'

/** A small window that is not there so long (ms) after the page was left does not come. */
const WINDOW_MS = 1500

/**
 * What leaving the page means: the room rests, or, where the page wishes so, the show goes on in the small window of the
 * platform. The window is the platform's, so this waits for its word: without it, and once it is closed, the room rests.
 */
export class Floating {
  /** The platform's window is open. */
  private open = false
  /** The page is out of sight. */
  private away = false
  private ends: (() => void)[] = []

  constructor(
    private readonly room: Pick<LiveRoom, 'show' | 'hide' | 'stage'>,
    private readonly kit: Pick<Kit, 'clock' | 'device'>,
    private readonly wanted: () => boolean,
  ) {}

  hide(): void {
    const { room, kit } = this
    this.away = true
    const main = this.wanted() ? mainMediaOf(room) : null
    if (main?.kind !== 'play' || main.media.state !== 'playing') {
      room.hide()
      return
    }
    this.ends = [
      kit.clock.after(WINDOW_MS, () => this.settle()),
      // With the whole app out of sight nothing floats.
      kit.device.onHide(() => room.hide()),
      kit.device.onShow(() => room.show()),
    ]
  }

  show(): void {
    this.away = false
    this.end()
    this.room.show()
  }

  /** The window has opened, or is closed. */
  moved(open: boolean): void {
    this.open = open
    if (!open) this.settle()
  }

  end(): void {
    for (const end of this.ends.splice(0)) end()
  }

  private settle(): void {
    if (this.open || !this.away) return
    this.end()
    this.room.hide()
  }
}
