import type { ChatLine } from '../../../miniprogram/stores/room/chat'

/** Lines that a page keeps; who wants to read more has the history. */
export const KEPT = 200

/** The lines after another batch: what comes again replaces what was there, and the oldest go. */
export function withBatch(
  lines: readonly ChatLine[],
  { batch, past }: { batch: readonly ChatLine[]; past: boolean },
): readonly ChatLine[] {
  const replaced = new Map(batch.map((line) => [line.id, line]))
  const kept = lines.map((line) => {
    const again = replaced.get(line.id)
    replaced.delete(line.id)
    return again ?? line
  })
  const fresh = [...replaced.values()]
  return (past ? [...fresh, ...kept] : [...kept, ...fresh]).slice(-KEPT)
}
