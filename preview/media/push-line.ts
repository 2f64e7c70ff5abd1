import { type NetInfo, NOTHING, netInfo, type StreamCount } from './net-info'
import { CLOSE, LinkError } from './publish-link'
import type { Push, PushEvents, PushSettings, Tracks } from './push'
import { GOP_SECONDS } from './video-sender'

/** The part of a push that a line drives; `Push` in the browser, a fake in tests. */
export type PushHandle = Pick<Push, 'setVideo' | 'setAudio' | 'stop' | 'stats' | 'congested'>

/** Opens a push to this address. Rejects with a LinkError when the server does not take it. */
export type OpenPush = (
  url: string,
  tracks: Tracks,
  settings: () => PushSettings,
  events: PushEvents,
) => Promise<PushHandle>

/** What the line asks its owner for at every attempt. */
export interface LineSource {
  readonly url: string
  readonly tracks: Tracks
  settings(): PushSettings
}

export interface LineEvents {
  state(code: number, message: string): void
  net(info: NetInfo): void
  pushing(on: boolean): void
  /** The line has ended for good; the code that says why follows. */
  gaveUp(): void
}

/** Pauses before the three attempts to reconnect; after them the line gives up with -1307. */
export const RETRY_MS = [1000, 2000, 3000] as const
export const NET_STATUS_MS = 2000

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The connection of one `<live-pusher>`: opened, watched, opened again when it breaks, and the codes on the way. */
export class PushLine {
  private push: PushHandle | null = null
  /** Grows with every start and end: what was begun under an older number has nothing to say any more. */
  private turn = 0
  private failures = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private readonly ticker: ReturnType<typeof setInterval>
  private counted: StreamCount = NOTHING
  private sized = false

  constructor(
    private readonly openPush: OpenPush,
    private readonly source: LineSource,
    private readonly on: LineEvents,
  ) {
    this.ticker = setInterval(() => this.report(), NET_STATUS_MS)
  }

  get connected(): boolean {
    return this.push !== null
  }

  /** Connects anew with all attempts ahead, once `prepared` has resolved. */
  async begin(prepare: () => Promise<void>): Promise<void> {
    this.end()
    this.failures = 0
    const { turn } = this
    await prepare()
    if (turn === this.turn) await this.connect(turn)
  }

  /** Sends the source's camera as it is now. */
  followVideo(): void {
    this.push?.setVideo(this.source.tracks.video)
  }

  /** Sends the source's microphone as it is now. */
  followAudio(): void {
    this.push?.setAudio(this.source.tracks.audio)
  }

  /** Safe to repeat. */
  end(): void {
    this.turn++
    clearTimeout(this.retry)
    this.push?.stop()
    this.push = null
    this.on.pushing(false)
  }

  destroy(): void {
    this.end()
    clearInterval(this.ticker)
  }

  private async connect(turn: number): Promise<void> {
    const { url, tracks } = this.source
    try {
      const push = await this.openPush(url, tracks, () => this.source.settings(), {
        closed: (code, reason) => turn === this.turn && this.lost(code, reason, true),
        failed: (kind, error) => turn === this.turn && this.encoderFailed(kind, error),
        firstFrame: () => turn === this.turn && this.pushed(),
        size: ({ width, height }) => turn === this.turn && this.resized(width, height),
      })
      if (turn !== this.turn) return push.stop()
      this.push = push
      this.counted = { ...NOTHING, at: Date.now() }
      this.sized = false
      // Tracks may have changed while the connection was made.
      this.followVideo()
      this.followAudio()
      this.on.state(1001, 'Connected to the streaming server')
    } catch (error) {
      if (turn === this.turn) this.lost(error instanceof LinkError ? error.code : 0, messageOf(error), false)
    }
  }

  private pushed(): void {
    this.failures = 0
    this.on.state(1008, 'Encoder started')
    this.on.state(1002, 'Handshake done, pushing')
    this.on.pushing(true)
  }

  private resized(width: number, height: number): void {
    if (this.sized) this.on.state(1005, `Resolution changed to ${width}x${height}`)
    this.sized = true
  }

  private lost(code: number, reason: string, connected: boolean): void {
    this.end()
    if (code === CLOSE.refused || code === CLOSE.kicked) {
      this.giveUp(3004, `The server closed the connection: ${reason}`)
    } else {
      this.on.state(connected ? 3005 : 3002, `Network error: ${reason || code}`)
      this.retryOrGiveUp()
    }
  }

  private retryOrGiveUp(): void {
    const wait = RETRY_MS[this.failures++]
    if (wait === undefined) {
      this.giveUp(-1307, 'Disconnected: reconnecting failed several times')
    } else {
      this.on.state(1102, `Reconnecting, attempt ${this.failures}`)
      const { turn } = this
      this.retry = setTimeout(() => void this.connect(turn), wait)
    }
  }

  private encoderFailed(kind: 'video' | 'audio', error: unknown): void {
    this.giveUp(kind === 'video' ? -1303 : -1304, `Encoding ${kind} failed: ${error}`)
  }

  private giveUp(code: number, message: string): void {
    this.end()
    this.on.gaveUp()
    this.on.state(code, message)
  }

  private report(): void {
    if (!this.push) return
    const { videoBytes, audioBytes, frames, size, backlog } = this.push.stats
    const now: StreamCount = {
      at: Date.now(),
      videoBytes,
      audioBytes,
      frames,
      width: size?.width ?? 0,
      height: size?.height ?? 0,
      cache: backlog,
    }
    const { congested } = this.push
    this.on.net(netInfo(this.counted, now, GOP_SECONDS, congested ? 5 : 1))
    this.counted = now
    if (congested) this.on.state(1101, 'Network busy: the uplink is too small')
  }
}
