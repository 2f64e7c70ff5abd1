import type { RoomSummary } from '../../protocol/room'
import type { Matrix } from './qr/qr'

type Cover = RoomSummary['room']['cover']
/** A picture that a canvas has loaded. */
export interface Picture {
  width: number
  height: number
}
interface Gradient {
  addColorStop(at: number, colour: string): void
}
/** What is used of a 2d context, whose types are the browser's and not WeChat's. */
export interface Ink {
  fillStyle: string | Gradient
  font: string
  textAlign: string
  beginPath(): void
  closePath(): void
  moveTo(x: number, y: number): void
  arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void
  rect(x: number, y: number, w: number, h: number): void
  clip(): void
  save(): void
  restore(): void
  fill(): void
  fillRect(x: number, y: number, w: number, h: number): void
  clearRect(x: number, y: number, w: number, h: number): void
  fillText(text: string, x: number, y: number): void
  measureText(text: string): { width: number }
  drawImage(image: Picture, x: number, y: number, w: number, h: number): void
  createLinearGradient(x1: number, y1: number, x2: number, y2: number): Gradient
}

/** What a poster and a card of a show tell. All texts are in the reader's language. */
export interface Sheet {
  title: string
  name: string
  /** Live, when it begins, or that it is over. */
  state: string
  live: boolean
  initial: string
  cover: Cover
  picture: Picture | null
  /** Drawn as it is, in place of `code`: a mini program code. */
  codePicture: Picture | null
  code: Matrix | null
  hint: string
}

/** Sizes in px of the pictures themselves. */
export const POSTER = { width: 600, height: 900 }
export const CARD = { width: 500, height: 400 }

/** The two tones of each cover, as in theme/covers.wxss: a canvas reads no style sheet. */
export const TONES: Readonly<Record<Cover, readonly [string, string]>> = {
  coral: ['#d8434c', '#8c1d4f'],
  amber: ['#b3610c', '#74260f'],
  jade: ['#12805f', '#0b3d4a'],
  ocean: ['#2269c9', '#1c2a78'],
  violet: ['#7d4bd0', '#3b1d78'],
  graphite: ['#5a5866', '#232129'],
}

const FONT = '-apple-system, "PingFang SC", "Helvetica Neue", "Noto Sans CJK SC", sans-serif'

function rounded(ink: Ink, x: number, y: number, w: number, h: number, r: number): void {
  ink.beginPath()
  ink.moveTo(x + r, y)
  ink.arcTo(x + w, y, x + w, y + h, r)
  ink.arcTo(x + w, y + h, x, y + h, r)
  ink.arcTo(x, y + h, x, y, r)
  ink.arcTo(x, y, x + w, y, r)
  ink.closePath()
}

/** Pieces that are not broken: words with the space after them, and every sign of a script that has no spaces. */
const piecesOf = (text: string): string[] => text.match(/[\u0021-\u024f]+\s*|[\s\S]/gu) ?? []

/** At most `lines` lines of `width` px; what does not fit ends in an ellipsis. A word wider than a line is broken. */
export function wrap(measure: (text: string) => number, text: string, width: number, lines: number): string[] {
  const found: string[] = []
  let line = ''
  const fits = (more: string) => line === '' || measure((line + more).trimEnd()) <= width
  const add = (piece: string) => {
    if (!fits(piece)) {
      found.push(line.trim())
      line = ''
    }
    line += piece
  }
  for (const piece of piecesOf(text)) {
    if (measure(piece.trimEnd()) <= width) add(piece)
    else for (const sign of Array.from(piece)) add(sign)
  }
  found.push(line.trim())
  if (found.length <= lines) return found
  let last = found[lines - 1] ?? ''
  while (last !== '' && measure(`${last}…`) > width) last = Array.from(last).slice(0, -1).join('')
  return [...found.slice(0, lines - 1), `${last}…`]
}

function words(
  ink: Ink,
  text: string,
  x: number,
  y: number,
  font: [weight: number, px: number],
  box: [w: number, n: number],
) {
  const [weight, px] = font
  ink.font = `${weight} ${px}px ${FONT}`
  const lines = wrap((line) => ink.measureText(line).width, text, ...box)
  lines.forEach((line, i) => {
    ink.fillText(line, x, y + i * px * 1.35)
  })
  return y + (lines.length - 1) * px * 1.35
}

/** The cover over the whole area: two tones, then the picture as large as its place, or a letter. */
function backdrop(ink: Ink, sheet: Sheet, width: number, height: number): void {
  const [from, to] = TONES[sheet.cover]
  const tones = ink.createLinearGradient(0, 0, width * 0.5, height)
  tones.addColorStop(0, from)
  tones.addColorStop(1, to)
  ink.fillStyle = tones
  ink.fillRect(0, 0, width, height)
  const { picture } = sheet
  if (picture && picture.width > 0 && picture.height > 0) {
    const scale = Math.max(width / picture.width, height / picture.height)
    const [w, h] = [picture.width * scale, picture.height * scale]
    ink.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h)
  } else {
    ink.fillStyle = 'rgba(255, 255, 255, 0.92)'
    ink.textAlign = 'center'
    ink.font = `750 ${Math.round(height * 0.3)}px ${FONT}`
    ink.fillText(sheet.initial, width / 2, height * 0.56)
    ink.textAlign = 'left'
  }
}

function badge(ink: Ink, { state, live }: Sheet, x: number, y: number): void {
  ink.font = `700 22px ${FONT}`
  const width = ink.measureText(state).width + 32
  rounded(ink, x, y, width, 40, 20)
  ink.fillStyle = live ? '#e0234a' : 'rgba(0, 0, 0, 0.6)'
  ink.fill()
  ink.fillStyle = '#fff'
  ink.fillText(state, x + 16, y + 28)
}

/** A code on white with its quiet zone, in a square of `side` px. */
function drawCode(ink: Ink, code: Matrix, x: number, y: number, side: number): void {
  const modules = code.length + 8
  // Whole pixels, or modules blur into each other.
  const step = Math.max(1, Math.floor(side / modules))
  const inset = Math.floor((side - step * code.length) / 2)
  ink.fillStyle = '#000'
  code.forEach((row, r) => {
    row.forEach((dark, c) => {
      if (dark) ink.fillRect(x + inset + c * step, y + inset + r * step, step, step)
    })
  })
}

/** The poster: the cover above, who and what and the code below. */
export function paintPoster(ink: Ink, sheet: Sheet): void {
  const { width, height } = POSTER
  const cut = 560
  ink.clearRect(0, 0, width, height)
  ink.fillStyle = '#fff'
  ink.fillRect(0, 0, width, height)
  ink.save()
  ink.beginPath()
  ink.rect(0, 0, width, cut)
  ink.clip()
  backdrop(ink, sheet, width, cut)
  ink.restore()
  badge(ink, sheet, 32, 32)
  const coded = sheet.code !== null || sheet.codePicture !== null
  const side = 232
  const column = coded ? width - side - 96 : width - 64
  ink.fillStyle = '#18151c'
  const under = words(ink, sheet.title, 32, cut + 70, [700, 36], [column, 4])
  ink.fillStyle = '#625c69'
  words(ink, sheet.name, 32, under + 48, [500, 26], [column, 1])
  if (!coded) return
  const [x, y] = [width - side - 32, cut + 32]
  if (sheet.codePicture) ink.drawImage(sheet.codePicture, x, y, side, side)
  else if (sheet.code) drawCode(ink, sheet.code, x, y, side)
  ink.fillStyle = '#625c69'
  ink.textAlign = 'center'
  words(ink, sheet.hint, x + side / 2, y + side + 28, [400, 20], [side, 2])
  ink.textAlign = 'left'
}

/** The picture of a share card, 5:4 as WeChat shows it. */
export function paintCard(ink: Ink, sheet: Sheet): void {
  const { width, height } = CARD
  ink.clearRect(0, 0, width, height)
  backdrop(ink, sheet, width, height)
  const shade = ink.createLinearGradient(0, height * 0.5, 0, height)
  shade.addColorStop(0, 'rgba(8, 6, 12, 0)')
  shade.addColorStop(1, 'rgba(8, 6, 12, 0.75)')
  ink.fillStyle = shade
  ink.fillRect(0, 0, width, height)
  badge(ink, sheet, 24, 24)
  ink.fillStyle = '#fff'
  words(ink, sheet.name, 24, height - 28, [650, 30], [width - 48, 1])
}
