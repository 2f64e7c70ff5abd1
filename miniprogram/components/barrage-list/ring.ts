/** A line to draw. `name` is empty for a line of the room itself. */
export interface BarrageLine {
  /** The same id again replaces the line that is there. */
  id: string
  name: string
  text: string
  mine: boolean
  /** Who wrote it; absent for a line of the room itself. */
  userId?: string
  /** Whom it answers, in words. */
  reply?: string
  /** It answers the reader. */
  mention?: boolean
  /** One's own line that was not delivered. */
  failed?: boolean
}

/** A line as it is drawn: `slot` is its place in the ring (and its key), `order` its place in the list. */
export interface DrawnLine extends BarrageLine {
  slot: number
  order: number
  tone: number
}

/** Lines that are kept; older ones give up their slot. */
export const RING_SIZE = 60
/** One update is never larger than this (UTF-8 bytes of its JSON), whatever people write. */
export const UPDATE_BYTES = 8_000
/** Nor has it more lines: a batch that fills the screen twice is not read anyway. */
const LINES_PER_UPDATE = 30
/** Bytes around the texts of a line: the path, the keys, the numbers. */
const FRAME_BYTES = 190

/** UTF-8 bytes of `text` inside JSON, at most: an escape such as \u0007 takes six. */
export function bytesOf(text: string): number {
  let bytes = 0
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0
    if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) bytes += 6
    else if (code === 0x22 || code === 0x5c) bytes += 2
    else bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** The newest lines of a batch that fit into one update; the oldest are shed. */
export function fitting(batch: readonly BarrageLine[]): readonly BarrageLine[] {
  let budget = UPDATE_BYTES - 2 * FRAME_BYTES - bytesOf(spokenOf(batch))
  let from = batch.length
  while (from > 0 && batch.length - from < LINES_PER_UPDATE) {
    const line = batch[from - 1]
    if (line)
      budget -= FRAME_BYTES + bytesOf(line.id + line.name + line.text + (line.userId ?? '') + (line.reply ?? ''))
    if (budget < 0) break
    from--
  }
  return batch.slice(from)
}

/** What a screen reader says of a batch: its newest line, unless the reader wrote it. */
export function spokenOf(batch: readonly BarrageLine[]): string {
  const last = batch[batch.length - 1]
  if (!last || last.mine) return ''
  return last.name ? `${last.name}: ${last.text}` : last.text
}

/** One of six colours for a name, always the same one. */
export function toneOf(name: string): number {
  let hash = 7
  for (const c of name) hash = (hash * 31 + (c.codePointAt(0) ?? 0)) % 9973
  return hash % 6
}

/** Which line stands in which slot. */
export class Ring {
  /** Lines written so far: the order of the next one. */
  written = 0
  /** The order of the oldest line; below 0 once lines of the past were put before the others. */
  private first = 0
  private readonly orders = new Map<string, number>()
  /** Slots are taken from 0 up, so that the drawn list never has a hole. */
  private readonly slots = new Map<number, number>()
  private readonly ids: string[] = []

  /** Path updates (`list[12]`) that draw `lines`, and how many of them are new. */
  place(lines: readonly BarrageLine[]): { patch: Record<string, DrawnLine>; added: number } {
    const patch: Record<string, DrawnLine> = {}
    const before = this.written
    for (const line of lines) this.draw(patch, line, this.orders.get(line.id) ?? this.take(line.id, this.written++))
    return { patch, added: this.written - before }
  }

  /** The same for lines that were said before all others: as many of the newest as there are free slots. */
  placeBefore(lines: readonly BarrageLine[]): Record<string, DrawnLine> {
    const patch: Record<string, DrawnLine> = {}
    const room = RING_SIZE - this.slots.size
    for (const line of lines.slice(Math.max(0, lines.length - room)).reverse()) {
      this.first--
      this.draw(patch, line, this.take(line.id, this.first))
    }
    return patch
  }

  private draw(patch: Record<string, DrawnLine>, line: BarrageLine, order: number): void {
    const slot = this.slots.get(order) ?? 0
    patch[`list[${slot}]`] = { ...line, slot, order, tone: toneOf(line.name) }
  }

  /** A free slot, or that of the oldest line. */
  private take(id: string, order: number): number {
    let slot = this.slots.size
    if (slot === RING_SIZE) {
      slot = this.slots.get(this.first) ?? 0
      this.slots.delete(this.first)
      this.orders.delete(this.ids[slot] ?? '')
      this.first++
    }
    this.slots.set(order, slot)
    this.ids[slot] = id
    this.orders.set(id, order)
    return order
  }
}
