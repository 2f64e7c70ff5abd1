/** Without comments, and without the white space between tags; the words inside a tag's text stay as they are. */
export const packedTemplate = (wxml: string): string =>
  wxml
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/>\s+</g, '><')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\s+(\/?>)/g, '$1')
    .trim()
