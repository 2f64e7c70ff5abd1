/** Brings mono samples to another rate by straight lines between them; good enough for speech in a preview. */
export function resample(samples: Float32Array<ArrayBuffer>, from: number, to: number): Float32Array<ArrayBuffer> {
  if (from === to || samples.length === 0) return samples
  const out = new Float32Array(Math.round((samples.length * to) / from))
  for (let i = 0; i < out.length; i++) {
    const at = Math.min((i * from) / to, samples.length - 1)
    const left = Math.floor(at)
    const a = samples[left] ?? 0
    const b = samples[left + 1] ?? a
    out[i] = a + (b - a) * (at - left)
  }
  return out
}
