import { readFileSync } from 'node:fs'

/** What draws nothing, or stands between letters only to hide a word: spaces, control and format characters. */
const HIDING = /[\p{Z}\p{C}]+/gu

/** The same text for the same words: one width, one case, no spaces. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(HIDING, '')

/**
 * A check against a list of words, wherever in a text they stand. Width, case and spaces make no difference; a word
 * inside of another one counts too, so that the list must name what is clear by itself.
 */
export function createWordCheck(words: readonly string[]): (text: string) => boolean {
  const list = [...new Set(words.map(plain))].filter((word) => word !== '')
  return (text) => {
    const said = plain(text)
    return !list.some((word) => said.includes(word))
  }
}

/** The words of a list in the environment (separated by commas or lines) and of a file (one a line). */
export function readWords(list: string, file: string): string[] {
  const lines = file === '' ? list : `${list}\n${readFileSync(file, 'utf8')}`
  return lines.split(/[,，\r\n]/).flatMap((word) => word.trim() || [])
}
