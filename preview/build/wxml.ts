/** An opening tag of a template; `line` counts from 1. */
export interface WxmlTag {
  readonly name: string
  readonly line: number
  readonly attributes: readonly string[]
}

const COMMENT = /<!--[\s\S]*?-->/g
const WXS = /(<wxs\b[^>]*?>)([\s\S]*?)(<\/wxs>)/g
const OPENING = /<([a-zA-Z][\w-]*)((?:\s+|"[^"]*"|'[^']*'|[^"'>])*?)\/?>/g
const ATTRIBUTE = /([^\s"'=/>]+)(?:\s*=\s*("[^"]*"|'[^']*'))?/g

/** Keeps the line breaks so that line numbers stay right. */
const blank = (text: string) => text.replace(/[^\n]/g, ' ')

/** Opening tags of a template in order, without those in comments and scripts. Errors of syntax are the compiler's to report. */
export function scanWxml(source: string): WxmlTag[] {
  const text = source
    .replace(COMMENT, blank)
    .replace(WXS, (_, open: string, body: string, close: string) => open + blank(body) + close)
    .replace(/\{\{[\s\S]*?\}\}/g, blank)
  return [...text.matchAll(OPENING)].map((match) => ({
    name: match[1] ?? '',
    line: text.slice(0, match.index).split('\n').length,
    attributes: [...(match[2] ?? '').matchAll(ATTRIBUTE)].map((a) => a[1] ?? ''),
  }))
}
