/** One row of the table of variables in docs/deploy.md and its Chinese version. */
export interface VariableRow {
  name: string
  /** A value in backticks, or words such as `required`. */
  standard: string
  meaning: string
  example: string
}

/** The rows by variable: `| NAME | default | meaning | example |`, name and example in backticks. */
export function readTable(markdown: string): Record<string, VariableRow> {
  const rows = [...markdown.matchAll(/^\| `([A-Z_0-9]+)` \| (.+?) \| (.+?) \| `(.+?)` \|$/gm)]
  return Object.fromEntries(
    rows.map(([, name = '', standard = '', meaning = '', example = '']) => [
      name,
      { name, standard, meaning, example },
    ]),
  )
}
