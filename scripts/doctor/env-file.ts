import { readFileSync } from 'node:fs'
import { Told } from './told'

const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/

/**
 * Variables of a file of `NAME=value` lines. Empty lines and `#` lines are skipped; a value may stand in quotes, and
 * outside of them ` #` begins a comment.
 * @throws Told naming the line, never its text: it may hold a secret
 */
export function parseEnv(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue
    const [, name = '', value = ''] = LINE.exec(line) ?? []
    if (name === '') throw new Told(`line ${index + 1} is not NAME=value`)
    const quoted = /^(["'])(.*)\1(\s+#.*)?$/.exec(value)
    found[name] = quoted?.[2] ?? value.replace(/(^|\s)#.*$/, '').trim()
  }
  return found
}

/** @throws Told when the file cannot be read */
export function readEnvFile(file: string): Record<string, string> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Told(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    return parseEnv(text)
  } catch (error) {
    throw error instanceof Told ? new Told(`${file}: ${error.message}`) : error
  }
}
