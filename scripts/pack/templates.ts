/** `{{a === 'b' ? c : d}}` without the white space between its signs; texts inside it stay as they are. */
const packedExpression = (expression: string): string =>
  expression
    .split(/('[^']*')/)
    .map((part, i) => (i % 2 ? part : part.replace(/\s*([=!<>&|?:,()]+)\s*/g, '$1')))
    .join('')

/** Without comments, and without white space between tags and in expressions; the words inside a tag's text stay as they are. */
export const packedTemplate = (wxml: string): string =>
  wxml
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\{\{.*?\}\}/gs, packedExpression)
    .replace(/>\s+</g, '><')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\s+(\/?>)/g, '$1')
    .trim()
