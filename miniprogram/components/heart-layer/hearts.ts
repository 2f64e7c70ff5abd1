import type { Surface } from '../shared/canvas-loop'

/** No more hearts than this fly; who comes when they are all in the air is not drawn. */
export const HEARTS_MAX = 40
/** Hearts that start in one frame: a flood shows as a steady stream. */
const STARTS = 1
const WAITING_MAX = 24
const FLIGHT_MS = 2200
const COLOURS = ['#ff4d6f', '#ff8a5c', '#ff6fb5', '#b98bff', '#ffc24d'] as const

interface Heart {
  /** When it started, ms; NaN: it rests. */
  at: number
  /** 0 to 1: where it starts, and how it sways. */
  x: number
  sway: number
  size: number
  colour: string
}

/** Hearts on their way up: a pool that never grows. */
export class Hearts {
  private readonly pool: Heart[] = []
  private waiting = 0

  /** @param random 0 <= x < 1 */
  constructor(private readonly random: () => number) {}

  get size(): { waiting: number; pool: number } {
    return { waiting: this.waiting, pool: this.pool.length }
  }

  add(count: number): void {
    this.waiting = Math.min(this.waiting + Math.max(0, Math.floor(count)), WAITING_MAX)
  }

  clear(): void {
    this.waiting = 0
    for (const heart of this.pool) heart.at = Number.NaN
  }

  /** Draws one frame; false when no heart flies or waits any more. */
  draw(surface: Surface, now: number): boolean {
    for (let i = 0; i < STARTS && this.waiting > 0; i++) {
      this.waiting--
      this.start(now)
    }
    let flying = 0
    for (const heart of this.pool) {
      const part = (now - heart.at) / FLIGHT_MS
      if (!(part < 1)) {
        heart.at = Number.NaN
        continue
      }
      flying++
      drawHeart(surface, heart, part)
    }
    return flying + this.waiting > 0
  }

  private start(now: number): void {
    let heart = this.pool.find(({ at }) => Number.isNaN(at))
    if (!heart) {
      if (this.pool.length >= HEARTS_MAX) return
      heart = { at: 0, x: 0, sway: 0, size: 0, colour: '' }
      this.pool.push(heart)
    }
    const { random } = this
    heart.at = now
    heart.x = random()
    heart.sway = random()
    heart.size = 20 + 14 * random()
    heart.colour = COLOURS[Math.floor(random() * COLOURS.length)] ?? COLOURS[0]
  }
}

/** `part`: 0 at the start, 1 at the end of its flight. */
function drawHeart({ pen, width, height }: Surface, { x, sway, size, colour }: Heart, part: number): void {
  const swing = Math.sin(part * 7 + sway * 6.3)
  const left = width * (0.3 + 0.4 * x) + swing * 0.16 * width * part
  const top = height - size - part * (2 - part) * (height - 2 * size)
  const scale = (Math.min(1, part / 0.1) * size) / 20
  pen.save()
  pen.translate(left, top)
  pen.rotate(0.18 * swing)
  pen.scale(scale, scale)
  pen.globalAlpha = Math.min(1, part / 0.06, (1 - part) / 0.4)
  pen.fillStyle = colour
  pen.beginPath()
  pen.moveTo(0, 9)
  pen.bezierCurveTo(-14, -1, -9, -11, 0, -4)
  pen.bezierCurveTo(9, -11, 14, -1, 0, 9)
  pen.fill()
  pen.restore()
}
