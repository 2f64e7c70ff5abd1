/** A class of characters from their codes in hex, such as `7f-9f ad`. */
const charsOf = (codes: string): string =>
  `[${codes.replace(/[\da-f]+/g, (hex) => `\\u${hex.padStart(4, '0')}`).replace(/ /g, '')}]`

/** Line breaks of every kind and tabs: a line of the barrage is one line. */
const BREAKS = new RegExp(`${charsOf('9-d 85 2028-2029')}+`, 'g')
/**
 * What is not text: controls, marks that turn the direction of what follows, characters without width. The joiners
 * (200c, 200d) stay: emoji and several scripts are made with them.
 */
const NOT_TEXT = new RegExp(charsOf('0-1f 7f-9f ad 61c 200b 200e-200f 202a-202e 2060-206f feff fff9-fffb'), 'g')
const LONE_SURROGATES = /[\ud800-\udfff]/gu
/** More marks on one letter than any language writes: they stand over the lines above and below. */
const MARK = charsOf('300-36f 483-489 1ab0-1aff 1dc0-1dff 20d0-20ff fe20-fe2f')
const TOWERS = new RegExp(`(${MARK}{4})${MARK}+`, 'g')

/** What can be drawn of a stranger's text: one line of at most `max` code points that stays inside its own box. */
export function plainText(text: string, max: number): string {
  const plain = text
    // Whatever is dropped below, more than this is not worth reading.
    .slice(0, 8 * max)
    .replace(BREAKS, ' ')
    .replace(NOT_TEXT, '')
    .replace(LONE_SURROGATES, '')
    .replace(TOWERS, '$1')
  return Array.from(plain.trim()).slice(0, max).join('').trim()
}
