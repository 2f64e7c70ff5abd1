const COMMENTS_AND_TEXT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g
const TOUCHED = /(?<![\w$.])wx\s*\??\.\s*([a-zA-Z_$][\w$]*)/g

/** `wx.NAME` in a script that is not among the `names` of the preview: `path:LINE wx.NAME is not in the preview`. */
export function checkWx(path: string, source: string, names: ReadonlySet<string>): string[] {
  const code = source.replace(COMMENTS_AND_TEXT, (text) => text.replace(/[^\n]/g, ' '))
  const problems: string[] = []
  for (const match of code.matchAll(TOUCHED)) {
    const name = match[1] ?? ''
    if (names.has(name)) continue
    const line = code.slice(0, match.index).split('\n').length
    problems.push(`${path}:${line} wx.${name} is not in the preview`)
  }
  return problems
}
