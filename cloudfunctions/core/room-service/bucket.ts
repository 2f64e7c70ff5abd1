/** Keys that are remembered; of more the longest unused one starts anew. */
const KEYS_MAX = 10_000

/**
 * At most `burst` at once and `perSecond` in the long run, for each key. Of this instance only: it keeps a flood away from
 * the database, and what must hold everywhere is limited there.
 */
export function createBucket({ burst, perSecond }: { burst: number; perSecond: number }, now: () => number) {
  const left = new Map<string, { tokens: number; at: number }>()
  return (key: string): boolean => {
    const at = now()
    const seen = left.get(key) ?? { tokens: burst, at }
    const tokens = Math.min(burst, seen.tokens + (Math.max(0, at - seen.at) / 1000) * perSecond)
    left.delete(key)
    if (left.size >= KEYS_MAX) left.delete(left.keys().next().value ?? '')
    left.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at })
    return tokens >= 1
  }
}
