import type cloudbase from '@cloudbase/node-sdk'
import type { Text } from '../doctor/finding'

export type Db = ReturnType<ReturnType<typeof cloudbase.init>['database']>
export type Collection = ReturnType<Db['collection']>

/** `note`: no right or wrong, but worth knowing. `skip`: something was not named that it needs. */
export type Verdict = 'pass' | 'fail' | 'note' | 'skip'

export interface Outcome {
  verdict: Verdict
  /** What was seen: figures, and the codes of errors. */
  seen: Text
}

/** Where the experiments with the database happen. */
export interface Bench {
  db: Db
  collection: Collection
  /** In the `run` field of every document of this run, and before every `_id`. */
  run: string
  /** How many call at once in a race. */
  callers: number
}

export interface Probe {
  name: string
  title: Text
  run(): Promise<Outcome>
}

export const pass = (seen: Text): Outcome => ({ verdict: 'pass', seen })
export const fail = (seen: Text): Outcome => ({ verdict: 'fail', seen })

/** `fail` unless `good`. */
export const judge = (good: boolean, seen: Text): Outcome => ({ verdict: good ? 'pass' : 'fail', seen })

/** `DATABASE_REQUEST_FAILED`, or what there is instead of a code. */
export function codeOf(error: unknown): string {
  const { code, errCode, message } = error as Record<'code' | 'errCode' | 'message', unknown>
  return (
    [code, errCode].filter((value) => typeof value === 'string' || typeof value === 'number')[0]?.toString() ??
    String(message).slice(0, 80)
  )
}

/** `full x39, timeout x1` */
export function tally(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, n]) => `${name} x${n}`).join(', ')
}

/** All at once; what succeeded, and the codes of what did not. */
export async function together<T>(
  count: number,
  body: (i: number) => Promise<T>,
): Promise<{ done: T[]; codes: string[] }> {
  const settled = await Promise.allSettled(Array.from({ length: count }, (_, i) => body(i)))
  return {
    done: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    codes: settled.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : [])),
  }
}
