import { speakers } from './speakers'

export interface MusicEvents {
  /** The first sound of a piece. */
  started(): void
  /** Position and length in ms, twice a second. */
  progress(ms: number, duration: number): void
  complete(): void
  /** The track that is to be pushed is another one. */
  changed(): void
}

const PROGRESS_MS = 500
const clamp = (value: unknown): number => Math.min(1, Math.max(0, Number(value) || 0))

/**
 * Background music of one pusher: a piece, mixed with the microphone into one track for the push, and played on this phone's
 * speaker. Nothing is made before the first piece.
 */
export class MusicDesk {
  private out: MediaStreamAudioDestinationNode | null = null
  private micGain: GainNode | null = null
  private musicGain: GainNode | null = null
  private hearGain: GainNode | null = null
  private mic: { track: MediaStreamTrack; node: MediaStreamAudioSourceNode } | null = null
  private piece: AudioBuffer | null = null
  private source: AudioBufferSourceNode | null = null
  /** Of the piece, in seconds, and the context's time when it was there. */
  private at = 0
  private since = 0
  private ticker: ReturnType<typeof setInterval> | undefined
  private turn = 0
  private musicVolume = 1
  private micVolume = 1

  constructor(private readonly on: MusicEvents) {}

  /** The track to push for this microphone: itself while there is nothing to mix. */
  mixed(mic: MediaStreamTrack | null): MediaStreamTrack | null {
    const { out, micGain } = this
    if (!out || !micGain) return mic
    if (this.mic?.track !== mic) {
      this.mic?.node.disconnect()
      this.mic = mic && { track: mic, node: speakers.context().createMediaStreamSource(new MediaStream([mic])) }
      this.mic?.node.connect(micGain)
    }
    return out.stream.getAudioTracks()[0] ?? mic
  }

  /** Throws when there is no such piece, or none that this browser can decode. */
  async play(url: string, fromMs: number): Promise<void> {
    const turn = ++this.turn
    this.silence()
    const context = speakers.context()
    const response = await fetch(url)
    if (!response.ok) throw new Error(`fail: ${response.status}`)
    const piece = await context.decodeAudioData(await response.arrayBuffer())
    if (turn !== this.turn) return
    this.open(context)
    this.piece = piece
    this.at = fromMs > 0 && fromMs < piece.duration * 1000 ? fromMs / 1000 : 0
    this.run()
    this.on.started()
  }

  pause(): void {
    this.at = this.position
    this.silence()
  }

  resume(): void {
    if (this.piece && !this.source) this.run()
  }

  stop(): void {
    this.turn++
    this.silence()
    this.piece = null
    this.at = 0
  }

  setVolume(volume: unknown): void {
    this.musicVolume = clamp(volume)
    if (this.musicGain) this.musicGain.gain.value = this.musicVolume
  }

  setMicVolume(volume: unknown): void {
    this.micVolume = clamp(volume)
    if (this.micVolume < 1) this.open(speakers.context())
    if (this.micGain) this.micGain.gain.value = this.micVolume
  }

  destroy(): void {
    this.stop()
    this.mic?.node.disconnect()
    for (const node of [this.micGain, this.musicGain, this.hearGain]) node?.disconnect()
    for (const track of this.out?.stream.getTracks() ?? []) track.stop()
    this.out = null
  }

  private get position(): number {
    return this.source ? this.at + speakers.context().currentTime - this.since : this.at
  }

  private open(context: AudioContext): void {
    if (this.out) return
    this.out = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' })
    this.micGain = new GainNode(context, { gain: this.micVolume })
    this.musicGain = new GainNode(context, { gain: this.musicVolume })
    this.hearGain = new GainNode(context, { gain: speakers.on ? 1 : 0 })
    this.micGain.connect(this.out)
    this.musicGain.connect(this.out)
    this.musicGain.connect(this.hearGain).connect(context.destination)
    this.on.changed()
  }

  private run(): void {
    const { piece, musicGain } = this
    if (!piece || !musicGain) return
    const context = speakers.context()
    const source = new AudioBufferSourceNode(context, { buffer: piece })
    this.source = source
    this.since = context.currentTime
    if (this.hearGain) this.hearGain.gain.value = speakers.on ? 1 : 0
    source.connect(musicGain)
    source.onended = () => this.source === source && this.ended()
    source.start(0, this.at)
    const tell = () => this.on.progress(Math.round(this.position * 1000), Math.round(piece.duration * 1000))
    this.ticker = setInterval(tell, PROGRESS_MS)
  }

  private ended(): void {
    this.stop()
    this.on.complete()
  }

  private silence(): void {
    clearInterval(this.ticker)
    const { source } = this
    this.source = null
    source?.stop()
    source?.disconnect()
  }
}
