import type { Language, Text } from '../doctor/finding'
import type { Outcome, Verdict } from './probe'

export interface Result extends Outcome {
  name: string
  title: Text
  ms: number
}

const SIGNS: Record<Verdict, string> = { pass: '✓', fail: '✗', note: 'i', skip: '-' }

/** One row per experiment: verdict, name, time, title, and what was seen below it. */
export function table(results: readonly Result[], language: Language): string {
  const width = Math.max(...results.map(({ name }) => name.length))
  const rows = results.map(({ name, title, verdict, seen, ms }) => {
    const time = verdict === 'skip' ? '' : `${ms} ms`
    return `${SIGNS[verdict]} ${name.padEnd(width)}  ${time.padStart(9)}  ${title[language]}\n${' '.repeat(width + 15)}${seen[language]}`
  })
  const failed = results.filter(({ verdict }) => verdict === 'fail').length
  const passed = results.filter(({ verdict }) => verdict === 'pass').length
  const last = language === 'zh' ? `${passed} 项通过，${failed} 项失败。` : `${passed} passed, ${failed} failed.`
  return `${rows.join('\n')}\n\n${last}\n`
}
