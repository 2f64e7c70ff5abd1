/**
 * Runs in the page: a calm, moving picture, in colours of this user, instead of the browser's green test pattern. It says
 * nothing to anything outside itself, because its source is what the page gets.
 */
export function paintCamera(user: string): void {
  const media = navigator.mediaDevices
  const real = media.getUserMedia.bind(media)
  const hue = [...user].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7)
  const [width, height] = [360, 640]
  media.getUserMedia = async (wanted) => {
    if (!wanted?.video) return real(wanted)
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const context = canvas.getContext('2d')
    const draw = (): void => {
      if (!context) return
      const at = performance.now()
      context.fillStyle = `hsl(${hue}, 45%, 16%)`
      context.fillRect(0, 0, width, height)
      for (const [i, turn] of [24, 330, 190].entries()) {
        const x = width * (0.25 + i * 0.25 + 0.15 * Math.sin(at / 1500 + i))
        const y = height * (0.3 + ((i * 7) % 3) * 0.2 + 0.08 * Math.cos(at / 1100 + i))
        const glow = context.createRadialGradient(x, y, 0, x, y, 300)
        glow.addColorStop(0, `hsl(${(hue + turn) % 360}, 70%, 62%)`)
        glow.addColorStop(1, 'transparent')
        context.fillStyle = glow
        context.fillRect(0, 0, width, height)
      }
    }
    draw()
    const beat = setInterval(draw, 80)
    const stream = canvas.captureStream(12)
    stream.getVideoTracks()[0]?.addEventListener('ended', () => clearInterval(beat))
    return stream
  }
}
