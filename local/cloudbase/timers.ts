import type { Callers } from './callers'
import type { Functions } from './functions'

/**
 * Runs every timer trigger of the functions at one local rhythm, whatever its cron says: a sweep a minute is right for a
 * cloud and too slow to watch. A run that takes longer than the rhythm is not joined by a second one.
 * @returns stops them
 */
export function startTimers(functions: Functions, callers: Callers, everyMs: number): () => void {
  const running = new Set<string>()
  const tick = () => {
    for (const name of functions.names()) {
      for (const { name: trigger } of functions.timers(name)) {
        const key = `${name}/${trigger}`
        if (running.has(key)) continue
        running.add(key)
        callers
          .fromTimer(name, trigger)
          .catch((error: unknown) => console.error(`function ${name}, timer ${trigger}:`, error))
          .finally(() => running.delete(key))
      }
    }
  }
  const timer = setInterval(tick, everyMs)
  return () => clearInterval(timer)
}
