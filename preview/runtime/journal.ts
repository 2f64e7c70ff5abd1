/** One line of a phone's log. `at` is milliseconds since the epoch. */
export interface LogEntry {
  readonly at: number
  readonly text: string
}

const KEPT = 500

const log: LogEntry[] = []
const problems: string[] = []
const logListeners = new Set<(entry: LogEntry) => void>()
const problemListeners = new Set<(text: string) => void>()

/** What happened in this phone, for the person who watches: calls, navigation, faults. Bounded, oldest lines go first. */
export const journal = {
  log: log as readonly LogEntry[],
  problems: problems as readonly string[],

  /** Adds a line that a person reads in the log panel. */
  note(text: string): void {
    const entry = { at: Date.now(), text }
    log.push(entry)
    if (log.length > KEPT) log.shift()
    for (const listener of logListeners) listener(entry)
  },

  /** Reports a defect of the mini program or of the preview: shown in red and failing every end-to-end test. */
  problem(text: string): void {
    if (problems.length < KEPT) problems.push(text)
    for (const listener of problemListeners) listener(text)
    journal.note(`⚠ ${text}`)
  },

  /** @returns a function that ends the subscription */
  onLog(listener: (entry: LogEntry) => void): () => void {
    logListeners.add(listener)
    return () => logListeners.delete(listener)
  },

  /** @returns a function that ends the subscription */
  onProblem(listener: (text: string) => void): () => void {
    problemListeners.add(listener)
    return () => problemListeners.delete(listener)
  },
}
