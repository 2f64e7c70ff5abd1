import type { TestPhone } from './phone'

/** What the two functions below leave in the page. */
interface Senses {
  ears: AnalyserNode[]
  darkest: number
}

/** From now on this phone's loudspeaker can be heard by `hears`; what has begun to play before is not. */
export async function listen(phone: TestPhone): Promise<void> {
  await phone.page.evaluate(() => {
    const page = window as unknown as { __senses?: Partial<Senses> }
    page.__senses = { ...page.__senses, ears: [] }
    const { ears } = page.__senses as Senses
    const proto = AudioNode.prototype as { connect(this: AudioNode, to: AudioNode): AudioNode }
    const { connect } = proto
    proto.connect = function (to) {
      if (to instanceof AudioDestinationNode) {
        // The microphone of the browser beeps twice a second: so long (most of a second) an ear that misses nothing must be.
        const ear = new AnalyserNode(to.context as AudioContext, { fftSize: 32768 })
        ears.push(ear)
        connect.call(this, ear)
      }
      return connect.call(this, to)
    }
  })
}

/** Waits until something is heard on this phone: by its sound itself, whose silence is exactly 0, not by a promise of it. */
export async function hears(phone: TestPhone): Promise<void> {
  await phone.page.waitForFunction(() => {
    const { ears } = (window as unknown as { __senses: Senses }).__senses
    return ears.some((ear) => {
      const wave = new Float32Array(ear.fftSize)
      ear.getFloatTimeDomainData(wave)
      return wave.some((value) => Math.abs(value) > 0.002)
    })
  })
}

/**
 * Looks at this phone's stage several times a second from now on. The returned function tells how dark (0: black, 255: white)
 * the brightest of its pictures was at the darkest moment.
 */
export async function watchLight(phone: TestPhone): Promise<() => Promise<number>> {
  await phone.page.evaluate(() => {
    const page = window as unknown as { __senses?: Partial<Senses> }
    const pen = new OffscreenCanvas(16, 16).getContext('2d', { willReadFrequently: true })
    if (!pen) throw new Error('no 2d canvas')
    const senses = Object.assign(page.__senses ?? {}, { darkest: 255 })
    page.__senses = senses
    setInterval(() => {
      const lights = [...document.querySelectorAll('wx-live-pusher, wx-live-player')].flatMap((tag) =>
        [...tag.querySelectorAll<HTMLVideoElement | HTMLCanvasElement>('video, canvas')].map((surface) => {
          pen.clearRect(0, 0, 16, 16)
          if (surface instanceof HTMLVideoElement ? surface.videoWidth > 0 : surface.width > 0) {
            pen.drawImage(surface, 0, 0, 16, 16)
          }
          const { data } = pen.getImageData(0, 0, 16, 16)
          return data.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0) / (16 * 16 * 3)
        }),
      )
      senses.darkest = Math.min(senses.darkest, Math.max(0, ...lights))
    }, 150)
  })
  return () => phone.page.evaluate(() => (window as unknown as { __senses: Senses }).__senses.darkest)
}
