import fs from 'node:fs'
import path from 'node:path'
import postcss, { type Container, type Root } from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { convertUnits } from '../runtime/units'

/** Where the rules of a stylesheet apply. */
export interface WxssScope {
  /** Prefix of classes; null when they are shared. */
  readonly classPrefix: string | null
  /** Route of the page whose stylesheet it is; its rules reach that page only. */
  readonly route?: string
  /** Whether a tag is a builtin, whose host node has another name. */
  readonly isBuiltin: (tag: string) => boolean
}

function transformSelectors({ classPrefix, route, isBuiltin }: WxssScope) {
  const page = route === undefined ? null : `[data-route="${route}"]`
  return selectorParser((list) => {
    list.each((selector) => {
      let touchesPage = false
      selector.walk((node) => {
        if (node.type === 'class' && classPrefix) node.value = `${classPrefix}--${node.value}`
        else if (node.type === 'tag' && node.value === 'page') {
          touchesPage = true
          node.replaceWith(selectorParser.className({ value: 'wx-page' }))
        } else if (node.type === 'tag' && isBuiltin(node.value)) node.value = `wx-${node.value}`
        else if (node.type === 'pseudo' && node.value === ':host') {
          const host = {
            attribute: 'wx-host',
            operator: '=' as const,
            value: classPrefix ?? '',
            quoteMark: '"' as const,
            raws: {},
          }
          node.replaceWith(selectorParser.attribute(host))
        }
      })
      if (page) selector.prepend(selectorParser.string({ value: `${page} ` }) as never)
      else if (touchesPage) selector.prepend(selectorParser.string({ value: '.page-scroll>' }) as never)
    })
  })
}

function parse(file: string): Root {
  return postcss.parse(fs.readFileSync(file, 'utf8'), { from: file })
}

/** Puts imported stylesheets in the place of their @import. */
function inlineImports(node: Container, from: string, root: string, seen: readonly string[]): void {
  node.walkAtRules('import', (rule) => {
    const target = rule.params
      .replace(/^url\(|\)$/g, '')
      .replace(/['"]/g, '')
      .trim()
    const file = target.startsWith('/') ? path.join(root, target) : path.resolve(path.dirname(from), target)
    if (seen.includes(file)) {
      rule.remove()
      return
    }
    const imported = parse(file)
    inlineImports(imported, file, root, [...seen, file])
    rule.replaceWith(imported.nodes)
  })
}

const inKeyframes = (parent: unknown) =>
  typeof parent === 'object' && parent !== null && 'name' in parent && /keyframes$/.test(String(parent.name))

/**
 * Turns a WXSS file into CSS for the preview's DOM: class prefixes, `:host`, `page`, names of builtin tags, lengths.
 * Throws what postcss finds wrong, with file, line and column, and when an import is missing.
 */
export function compileWxss(file: string, root: string, scope: WxssScope): string {
  const css = parse(file)
  inlineImports(css, file, root, [file])
  const selectors = transformSelectors(scope)
  css.walkRules((rule) => {
    if (!inKeyframes(rule.parent)) rule.selector = selectors.processSync(rule.selector)
  })
  css.walkDecls((declaration) => {
    declaration.value = convertUnits(declaration.value)
  })
  css.walkAtRules((rule) => {
    rule.params = convertUnits(rule.params)
  })
  return css.toString()
}
