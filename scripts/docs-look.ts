import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { code, commentOf, parseSource, ROOT } from './docs-source'

/** What a page can change of the component's look, each as the rows of a table. */
const COMPONENTS = 'miniprogram/components'
const pathOf = (component: string): string => `${COMPONENTS}/${component}/${component}`
const TOKENS = 'miniprogram/theme/tokens.wxss'

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

/** `<slot name="x" />` of the template with the comment before it. */
export function slots(component: string): string[][] {
  return [...read(`${pathOf(component)}.wxml`).matchAll(/(?:<!--((?:(?!-->).)*?)-->\s*)?<slot([^>]*)>/gs)].map(
    ([, comment = '', attributes = '']) => {
      const name = /\bname="([^"]+)"/.exec(attributes)?.[1]
      return [name ? code(name) : '-', comment.replace(/\s+/g, ' ').trim()]
    },
  )
}

/** Components that a page may replace: what is said of the default is true of any. */
export function generics(component: string): string[][] {
  const { componentGenerics } = JSON.parse(read(`${pathOf(component)}.json`)) as {
    componentGenerics: Record<string, { default: string }>
  }
  return Object.entries(componentGenerics).map(([name, { default: standard }]) => {
    const about = parseSource(`miniprogram${standard}.ts`).statements.filter(ts.isExpressionStatement).map(commentOf)
    return [code(`generic:${name}`), code(path.basename(standard)), about.join(' ')]
  })
}

/** The comment in the lines before a node. */
function wordsBefore(node: ts.Node): string {
  const text = node.getSourceFile().text
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []
  return ranges.map(({ pos, end }) => text.slice(pos, end).replace(/^\/\*\*\s*|\s*\*\/$/g, '')).join(' ')
}

/** `externalClasses` of the component, each with its comment. */
export function classes(component: string): string[][] {
  const found: string[][] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'externalClasses') {
      const list = node.initializer
      if (ts.isArrayLiteralExpression(list)) {
        for (const item of list.elements.filter(ts.isStringLiteral)) found.push([code(item.text), wordsBefore(item)])
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(parseSource(`${pathOf(component)}.ts`))
  return found
}

/** What a component falls back to where nobody has set a variable. */
function fallbackOf(variable: string): string {
  for (const folder of readdirSync(path.join(ROOT, COMPONENTS))) {
    const styles = readdirSync(path.join(ROOT, COMPONENTS, folder)).filter((file) => file.endsWith('.wxss'))
    for (const file of styles) {
      const found = read(`${COMPONENTS}/${folder}/${file}`).match(new RegExp(`var\\(${variable}, ([^;]+)\\)`))
      if (found?.[1]) return found[1]
    }
  }
  throw new Error(`nothing uses ${variable}`)
}

/** `--live-x   words` of the comment at the head of the tokens, with the value that `page` gives them, or else its user. */
export function variables(): string[][] {
  const [light = ''] = read(TOKENS).split('@media')
  const values = new Map(
    [...light.matchAll(/^ {2}(--live-[\w-]+): ([^;]+);/gm)].map(([, name, value]) => [name, value]),
  )
  return [...light.matchAll(/^ \* {3}(--live-[\w-]+) +(.+)$/gm)].map(([, name = '', words = '']) => [
    code(name),
    code(values.get(name) ?? fallbackOf(name)),
    words,
  ])
}
