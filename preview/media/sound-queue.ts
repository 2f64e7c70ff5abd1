/** Delay that is built up before playing, and the delay beyond which sound is dropped; seconds. */
const TARGET = 0.08
const MAX = 0.25
/** Closer to now than this a block would start too late. */
const MARGIN = 0.005

/** Where the next block of sound goes, or that it is to be dropped. */
export class SoundSchedule {
  private next = 0
  private shrinking = false

  /**
   * @param now the context's time, seconds
   * @param duration of the block
   * @returns when to start it; null: drop it. A join burst or a stall leaves more than MAX queued; then sound is
   *   dropped down to TARGET, once, instead of lagging behind the picture for ever.
   */
  place(now: number, duration: number): number | null {
    if (this.next < now + MARGIN) this.next = now + TARGET
    const queued = this.next - now
    if (queued > MAX) this.shrinking = true
    if (this.shrinking && queued > TARGET) return null
    this.shrinking = false
    const at = this.next
    this.next += duration
    return at
  }

  reset(): void {
    this.next = 0
    this.shrinking = false
  }
}

/** Plays decoded sound with a short queue through the page's one AudioContext. */
export class SoundQueue {
  private readonly gain: GainNode
  private readonly schedule = new SoundSchedule()

  constructor(private readonly context: AudioContext) {
    this.gain = new GainNode(context)
    this.gain.connect(context.destination)
  }

  setGain(value: number): void {
    this.gain.gain.value = value
  }

  /** Takes over the data and closes it. */
  play(data: AudioData): void {
    const { numberOfFrames, sampleRate } = data
    const running = this.context.state === 'running'
    const at = running ? this.schedule.place(this.context.currentTime, numberOfFrames / sampleRate) : null
    if (at !== null) this.start(data, at)
    data.close()
  }

  private start(data: AudioData, at: number): void {
    const { numberOfChannels, numberOfFrames, sampleRate } = data
    const buffer = this.context.createBuffer(numberOfChannels, numberOfFrames, sampleRate)
    for (let channel = 0; channel < numberOfChannels; channel++) {
      data.copyTo(buffer.getChannelData(channel), { planeIndex: channel, format: 'f32-planar' })
    }
    const node = new AudioBufferSourceNode(this.context, { buffer })
    node.connect(this.gain)
    node.start(at)
  }

  reset(): void {
    this.schedule.reset()
  }

  close(): void {
    this.gain.disconnect()
  }
}
