import type { Ink } from './texts'

type Colour = readonly [number, number, number]

/** Relative luminance, WCAG 2. */
function luminance([r, g, b]: Colour): number {
  const part = (value: number) => (value <= 10 ? value / 3295 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
}

function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [Math.max(luminance(a), luminance(b)), Math.min(luminance(a), luminance(b))]
  return (light + 0.05) / (dark + 0.05)
}

async function read(png: string): Promise<ImageData> {
  const image = new Image()
  image.src = `data:image/png;base64,${png}`
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d canvas')
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height)
}

/** Corners of a pill and neighbours that touch a line of words do not count. */
const IGNORED_SHARE = 0.05

/** The contrast of a run of words on what lies behind it: the worst, but for a few pixels at its edge. */
function worst({ boxes, colour: [r, g, b, a] }: Ink, { data, width, height }: ImageData): number {
  const found: number[] = []
  for (const box of boxes) {
    for (let y = Math.ceil(box.top); y < Math.min(box.bottom, height); y += 2) {
      for (let x = Math.ceil(box.left); x < Math.min(box.right, width); x += 2) {
        const at = (y * width + x) * 4
        const behind: Colour = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
        const mix = (over: number, under: number) => over * a + under * (1 - a)
        found.push(contrast([mix(r, behind[0]), mix(g, behind[1]), mix(b, behind[2])], behind))
      }
    }
  }
  found.sort((one, other) => one - other)
  return found[Math.floor(found.length * IGNORED_SHARE)] ?? Number.POSITIVE_INFINITY
}

/** Words that are too faint on what is behind them; `pngs` show the screen without its words, over each kind of picture. */
export async function contrastFaults(inks: Ink[], pngs: Record<string, string>): Promise<string[]> {
  const faults = new Map<string, string>()
  for (const [behind, png] of Object.entries(pngs)) {
    const picture = await read(png)
    for (const ink of inks) {
      const found = worst(ink, picture)
      if (found < ink.needs) faults.set(ink.place, `contrast: ${ink.place} has ${found.toFixed(2)} over ${behind}`)
    }
  }
  return [...faults.values()]
}
