import type { Known } from '../runtime/known'
import { scanWxml } from './wxml'

/** Tags that the template compiler handles itself. */
const SYNTAX = new Set(['block', 'template', 'import', 'include', 'wxs', 'slot'])

/** Attributes that any node may carry. */
const UNIVERSAL =
  /^(id|class|style|slot|hidden|is|data-.+|data:.+|bind.+|catch.+|capture-.+|mut-bind.+|wx:.+|mark:.+|generic:.+|change:.+|class:.+|style:.+|let:.+|slot:.+)$/

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/**
 * Unknown tags, and attributes that a builtin does not have. `components` are the tags that the component declares.
 * Each problem reads `path.wxml:LINE what`.
 */
export function checkWxml(path: string, source: string, components: ReadonlySet<string>, known: Known): string[] {
  const problems: string[] = []
  for (const { name, line, attributes } of scanWxml(source)) {
    if (SYNTAX.has(name) || components.has(name)) continue
    const props = known.props[name]
    if (!props) {
      problems.push(`${path}.wxml:${line} unknown tag <${name}>`)
      continue
    }
    for (const attribute of attributes) {
      if (UNIVERSAL.test(attribute)) continue
      const prop = camel(attribute.replace(/^model:/, ''))
      if (!props.includes(prop)) problems.push(`${path}.wxml:${line} <${name}> has no attribute ${attribute}`)
    }
  }
  return problems
}
