import { AUDIO, type Bytes, VIDEO } from './flv'
import { FlvDemux, type FlvTag } from './flv-demux'
import { VOLUME_MS } from './loudness'
import { type NetInfo, NOTHING, netInfo, type StreamCount } from './net-info'
import type { EngineEvents, PlayEngine } from './play-engine'
import { CLOSE, type OpenSocket } from './publish-link'

export interface PlayDeps {
  openSocket: OpenSocket
  /** Makes the engine on first use; the events are of the connection in progress. */
  engine(events: EngineEvents): PlayEngine
}

export interface PlayEvents {
  state(code: number, message: string): void
  net(info: NetInfo): void
  /** 0 to 100 */
  volume(level: number): void
  playing(on: boolean): void
}

/** Pauses before the three attempts to reconnect; after them the session gives up with -2301. */
export const RETRY_MS = [1000, 2000, 3000] as const
export const NET_STATUS_MS = 2000
/** No byte for this long means that the connection is dead, even when nobody closed it. */
export const SILENT_MS = 10_000

/** One `<live-player>`: a socket, an engine, and the event codes that phones send on the way. */
export class PlaySession {
  private engine: PlayEngine | null = null
  private socket: WebSocket | null = null
  private url = ''
  private turn = 0
  private failures = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private readonly ticker: ReturnType<typeof setInterval>
  private readonly ear: ReturnType<typeof setInterval>
  private counts = { ...NOTHING }
  private before: StreamCount = NOTHING
  private heardAt = 0
  private stalls = 0

  constructor(
    private readonly deps: PlayDeps,
    private readonly on: PlayEvents,
  ) {
    this.ticker = setInterval(() => this.report(), NET_STATUS_MS)
    this.ear = setInterval(() => this.listen(), VOLUME_MS)
  }

  get active(): boolean {
    return this.url !== ''
  }

  /** Plays this address (`ws://…flv`), from the start if it plays already. */
  play(url: string): void {
    this.stop()
    this.url = url
    this.failures = 0
    this.connect()
  }

  /** Safe to repeat. The last picture stays. */
  stop(): void {
    this.url = ''
    this.disconnect()
    this.on.playing(false)
  }

  setGain(gain: number): void {
    this.engine?.setGain(gain)
  }

  setPaused(paused: boolean): void {
    this.engine?.setPaused(paused)
  }

  destroy(): void {
    this.stop()
    clearInterval(this.ticker)
    clearInterval(this.ear)
    this.engine?.destroy()
    this.engine = null
  }

  private connect(): void {
    const turn = this.turn
    const mine = (act: () => void) => {
      if (turn === this.turn) act()
    }
    this.engine ??= this.deps.engine({
      first: () => this.started(),
      size: (width, height) => this.resized(width, height),
      stalled: () => this.active && this.stalled(),
      resumed: () => this.active && this.on.state(2004, 'Playback resumed'),
      failed: (message) => this.active && this.lost(0, message),
    })
    this.engine.begin()
    this.counts = { ...NOTHING }
    this.before = { ...NOTHING, at: Date.now() }
    this.heardAt = Date.now()
    const demux = new FlvDemux((tag) => this.tag(tag))
    const socket = this.deps.openSocket(this.url)
    this.socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => mine(() => this.on.state(2001, 'Connected to the streaming server'))
    socket.onmessage = (event: MessageEvent<ArrayBuffer>) => mine(() => this.receive(demux, new Uint8Array(event.data)))
    socket.onclose = (event) => mine(() => this.lost(event.code, event.reason))
  }

  private receive(demux: FlvDemux, chunk: Bytes): void {
    if (this.counts.at === 0) this.on.state(2002, 'Receiving the stream')
    this.heardAt = Date.now()
    this.counts.at = this.heardAt
    this.engine?.bytes(chunk)
    try {
      demux.push(chunk)
    } catch (error) {
      this.lost(0, String(error))
    }
  }

  private tag(tag: FlvTag): void {
    if (tag.type === VIDEO) this.counts.videoBytes += tag.payload.byteLength
    else if (tag.type === AUDIO) this.counts.audioBytes += tag.payload.byteLength
    this.engine?.tag(tag)
  }

  private started(): void {
    if (!this.active) return
    this.failures = 0
    this.on.state(2003, 'First frame rendered')
    this.on.state(2004, 'Playback began')
    this.on.playing(true)
  }

  private resized(width: number, height: number): void {
    const known = this.counts.width > 0
    Object.assign(this.counts, { width, height })
    if (this.active && known) this.on.state(2009, `Resolution changed to ${width}x${height}`)
  }

  private stalled(): void {
    this.stalls++
    this.on.state(2007, 'Loading')
  }

  private lost(code: number, reason: string): void {
    this.disconnect()
    const wait = RETRY_MS[this.failures++]
    if (code === CLOSE.refused) {
      this.giveUp(-2308, `The server refused the stream: ${reason}`)
    } else if (wait === undefined) {
      this.giveUp(-2301, `Disconnected: reconnecting failed several times (${reason || code})`)
    } else {
      this.on.state(2103, `Reconnecting, attempt ${this.failures}`)
      this.retry = setTimeout(() => this.connect(), wait)
    }
  }

  private giveUp(code: number, message: string): void {
    this.url = ''
    this.on.playing(false)
    this.on.state(code, message)
  }

  private disconnect(): void {
    this.turn++
    clearTimeout(this.retry)
    if (!this.socket) return
    this.socket.onopen = null
    this.socket.onmessage = null
    this.socket.onclose = null
    this.socket.close()
    this.socket = null
  }

  private listen(): void {
    const level = this.socket && this.engine ? this.engine.volume() : null
    if (level !== null) this.on.volume(level)
  }

  private report(): void {
    if (!this.socket || !this.engine) return
    const at = Date.now()
    const now: StreamCount = { ...this.counts, at, frames: this.engine.frames, cache: this.engine.cache }
    this.on.net(netInfo(this.before, now, 0, this.stalls ? 4 : 1))
    this.before = now
    this.stalls = 0
    if (at - this.heardAt > SILENT_MS) this.lost(0, 'no data')
  }
}
