import { Loudness, VOLUME_MS } from './loudness'
import { speakers } from './speakers'

/** Says how loud a microphone is, by WebAudio, whether its sound is sent or not. */
export class Ear {
  private end = () => {}

  constructor(private readonly tell: (volume: number) => void) {}

  /** null: nothing more to listen to. */
  listen(track: MediaStreamTrack | null): void {
    this.end()
    this.end = () => {}
    if (!track) return
    const context = speakers.context()
    const source = context.createMediaStreamSource(new MediaStream([track]))
    const analyser = new AnalyserNode(context, { fftSize: 16384 })
    source.connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    // All since the last time, and nothing twice.
    const news = samples.subarray(-Math.round((context.sampleRate * VOLUME_MS) / 1000))
    const loudness = new Loudness()
    const ticker = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      loudness.add(news)
      this.tell(loudness.take())
    }, VOLUME_MS)
    this.end = () => {
      clearInterval(ticker)
      source.disconnect()
    }
  }
}
