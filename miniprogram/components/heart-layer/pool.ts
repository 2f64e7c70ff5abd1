/** One heart on its way up. `run` alternates, so that a slot that is used again starts its animation anew. */
export interface Heart {
  /** The slot, for wx:key. */
  id: number
  run: 0 | 1 | 2
  x: number
  tone: number
  size: number
}

/** No more hearts than this are ever alive; the oldest gives up its slot. */
export const HEARTS_MAX = 16
/** No more than this many start at once: a flood shows as a steady stream. */
const BURST_MAX = 4

export const restingHearts = (): Heart[] =>
  Array.from({ length: HEARTS_MAX }, (_, id) => ({ id, run: 0, x: 0, tone: 0, size: 26 }))

/**
 * Path updates (`hearts[3]`) that start `count` hearts, and the slot to use next.
 * `random` gives 0 <= x < 1.
 */
export function launch(
  hearts: readonly Heart[],
  next: number,
  count: number,
  random: () => number,
): { patch: Record<string, Heart>; next: number } {
  const patch: Record<string, Heart> = {}
  const started = Math.min(Math.max(0, Math.floor(count)), BURST_MAX)
  for (let i = 0; i < started; i++) {
    const slot = (next + i) % HEARTS_MAX
    patch[`hearts[${slot}]`] = {
      id: slot,
      run: hearts[slot]?.run === 1 ? 2 : 1,
      x: Math.round(random() * 56),
      tone: Math.floor(random() * 4),
      size: 22 + Math.round(random() * 14),
    }
  }
  return { patch, next: (next + started) % HEARTS_MAX }
}
