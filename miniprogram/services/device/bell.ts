/** One ring: two tones, then silence until the next one. All in seconds. */
const EVERY_S = 2.4
const TONES: readonly { hz: number; at: number }[] = [
  { hz: 784, at: 0 },
  { hz: 988, at: 0.22 },
]
const TONE_S = 0.5
const LOUDNESS = 0.25

/** The part of WebAudio that WeChat and browsers share. */
interface Audio {
  readonly currentTime: number
  readonly destination: unknown
  createOscillator(): {
    readonly frequency: { value: number }
    connect(to: unknown): unknown
    start(at: number): void
    stop(at: number): void
  }
  createGain(): {
    readonly gain: {
      setValueAtTime(value: number, at: number): unknown
      exponentialRampToValueAtTime(value: number, at: number): unknown
    }
    connect(to: unknown): unknown
  }
  close(): unknown
}

/** A bell made of oscillators: a file for it would have to be in the package. */
function strike(audio: Audio): void {
  for (const { hz, at } of TONES) {
    const begins = audio.currentTime + at
    const [tone, gain] = [audio.createOscillator(), audio.createGain()]
    tone.frequency.value = hz
    gain.gain.setValueAtTime(LOUDNESS, begins)
    gain.gain.exponentialRampToValueAtTime(0.001, begins + TONE_S)
    tone.connect(gain)
    gain.connect(audio.destination)
    tone.start(begins)
    tone.stop(begins + TONE_S)
  }
}

/** Rings until the function that is returned is called: by ear where there is `audio`, which it closes, and as `shake` does. */
export function ringBy(audio: Audio | null, shake: () => void): () => void {
  const once = () => {
    shake()
    if (audio) strike(audio)
  }
  once()
  const timer = setInterval(once, EVERY_S * 1000)
  let rings = true
  return () => {
    if (!rings) return
    rings = false
    clearInterval(timer)
    audio?.close()
  }
}
