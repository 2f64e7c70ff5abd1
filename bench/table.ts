/** Rows of a Markdown table; the first one is its head. */
export function printTable(rows: (string | number)[][]): void {
  const [head = [], ...body] = rows
  const line = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`
  process.stdout.write(`${[line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')}\n`)
}

/** The value below which the share `p` (0 to 1) of the sample lies. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN
}

export const ms = (value: number): string => `${Math.round(value)} ms`
