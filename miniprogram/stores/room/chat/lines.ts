import type { User } from '../../../protocol/room'

/**
 * A line of the barrage. A `system` line has an `event` for the locale to word and no text, a `notice` line what the anchor
 * wants everybody to read. The same `id` again replaces the line: `failed` means that one's own was not delivered.
 */
export type ChatLine =
  | {
      kind: 'barrage'
      id: string
      userId: string
      name: string
      text: string
      mine: boolean
      /** Whom it answers. */
      to?: User
      /** It answers the reader. */
      mention?: true
      failed?: true
    }
  | { kind: 'system'; id: string; event: SystemEvent; name?: string; count?: number }
  | { kind: 'notice'; id: string; text: string }

/** About the person whom the line names (`count`: and others). */
const ABOUT_SOMEBODY = ['on-stage', 'off-stage', 'in-call', 'out-of-call', 'joined'] as const
type AboutSomebody = (typeof ABOUT_SOMEBODY)[number]

/** `muted` and `unmuted` are about the reader. */
export type SystemEvent =
  | 'started'
  | 'interrupted'
  | 'back'
  | 'ended'
  | 'muted'
  | 'unmuted'
  | 'muted-all'
  | 'unmuted-all'
  | AboutSomebody

/** The line names somebody. */
export const isAboutSomebody = (event: SystemEvent): event is AboutSomebody =>
  (ABOUT_SOMEBODY as readonly SystemEvent[]).includes(event)

/** One batch: at most so many lines, and so many bytes as JSON, so that drawing it is one small setData (P60). */
export const BATCH = { lines: 30, bytes: 7_500 }

/** The newest lines that fit into one batch; the oldest are shed, or wait for the next. */
export function fitting(lines: readonly ChatLine[]): readonly ChatLine[] {
  let bytes = 0
  let from = lines.length
  while (from > 0 && lines.length - from < BATCH.lines) {
    const line = lines[from - 1]
    // Three bytes for every UTF-16 unit is the most that UTF-8 takes; ids and keys are short.
    bytes += 240 + (line ? 3 * unitsOf(line) : 0)
    if (bytes > BATCH.bytes) break
    from--
  }
  return lines.slice(from)
}

/** UTF-16 units of what people wrote into a line. */
function unitsOf(line: ChatLine): number {
  if (line.kind === 'system') return line.name?.length ?? 0
  if (line.kind === 'notice') return line.text.length
  return line.text.length + line.name.length + (line.to?.name.length ?? 0)
}
