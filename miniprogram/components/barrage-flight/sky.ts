import type { Pen, Surface } from '../shared/canvas-loop'
import { isGone, leftOf, type Place, Tracks } from './tracks'

/** A line that is to fly. */
export interface FlyingLine {
  text: string
  mine: boolean
}

/** Lines that wait for a place; the oldest are let go. */
export const WAITING_MAX = 30
/** Lines that are measured in one frame. */
const LAUNCHES = 3
/** px */
export const TRACK = 34
const SIZE = 17
/** Longer lines are cut: they would race. */
const UNITS_MAX = 60

/** Everything that flies. One frame draws at most as many lines as the tracks hold. */
export class Sky {
  private readonly waiting: FlyingLine[] = []
  private flying: { line: FlyingLine; place: Place }[] = []
  private tracks = new Tracks(0, 0)

  get size(): { waiting: number; flying: number } {
    return { waiting: this.waiting.length, flying: this.flying.length }
  }

  add(lines: readonly FlyingLine[]): void {
    for (const line of lines) {
      // What one has written oneself is seen first.
      if (line.mine) this.waiting.unshift(line)
      else this.waiting.push(line)
    }
    const over = this.waiting.length - WAITING_MAX
    if (over > 0) this.waiting.splice(this.waiting[0]?.mine ? 1 : 0, over)
  }

  clear(): void {
    this.waiting.length = 0
    this.flying = []
  }

  /** Draws one frame; false when nothing flies or waits any more. */
  draw({ pen, width, height }: Surface, now: number): boolean {
    this.fit(width, height)
    pen.font = `600 ${SIZE}px sans-serif`
    pen.textBaseline = 'middle'
    this.flying = this.flying.filter(({ place }) => !isGone(place, width, now))
    for (let i = 0; i < LAUNCHES && this.launch(pen, now); i++);
    for (const { line, place } of this.flying) drawLine(pen, line, leftOf(place, width, now), place)
    return this.flying.length + this.waiting.length > 0
  }

  /** A screen of another size begins anew. */
  private fit(width: number, height: number): void {
    const count = Math.max(1, Math.floor(height / TRACK))
    if (this.tracks.screen === width && this.tracks.count === count) return
    this.tracks = new Tracks(count, width)
    this.flying = []
  }

  private launch(pen: Pen, now: number): boolean {
    const [line] = this.waiting
    if (!line) return false
    const text =
      line.text.length > UNITS_MAX
        ? `${Array.from(line.text)
            .slice(0, UNITS_MAX / 2)
            .join('')}…`
        : line.text
    const place = this.tracks.place(pen.measureText(text).width + (line.mine ? 24 : 0), now)
    if (!place) return false
    this.waiting.shift()
    this.flying.push({ line: { ...line, text }, place })
    return true
  }
}

function drawLine(pen: Pen, { text, mine }: FlyingLine, left: number, place: Place): void {
  const middle = place.track * TRACK + TRACK / 2
  if (mine) {
    const [top, high, round] = [middle - 14, 28, 14]
    pen.beginPath()
    pen.arc(left + round, top + round, round, Math.PI / 2, 1.5 * Math.PI)
    pen.arc(left + place.width - round, top + round, round, 1.5 * Math.PI, Math.PI / 2)
    pen.closePath()
    pen.fillStyle = 'rgba(176, 22, 58, 0.72)'
    pen.fill()
    pen.fillStyle = '#fff'
    pen.fillText(text, left + 12, top + high / 2)
    return
  }
  // A dark edge instead of a blurred shadow, which costs every frame.
  pen.lineWidth = 3
  pen.lineJoin = 'round'
  pen.strokeStyle = 'rgba(8, 6, 12, 0.6)'
  pen.strokeText(text, left, middle)
  pen.fillStyle = '#fff'
  pen.fillText(text, left, middle)
}
