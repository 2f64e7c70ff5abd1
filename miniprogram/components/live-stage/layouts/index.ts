import { above } from './above'
import { left1right3, vertical1v3 } from './beside'
import { float } from './float'
import type { Layout } from './frame'
import { grid } from './grid'
import { pairs } from './pairs'
import { pk } from './pk'

/** A way to draw a stage. */
export interface Template {
  readonly layout: Layout
  /** A tap on a small picture makes it the large one. */
  readonly swaps: boolean
}

const still = (layout: Layout): Template => ({ layout, swaps: false })

const NAMED = {
  float: { layout: float, swaps: true },
  vertical1v3: still(vertical1v3),
  '1v3': still(above(1 / 3)),
  grid: still(grid),
  pk: still(pk),
  '1v1': still(pairs),
  '2v2': still(pairs),
  '1l3r': still(left1right3),
  '1u3d': still(above(4 / 9)),
} satisfies Record<string, Template>

/** Names of templates: ours, and those of older components. */
export type TemplateName = keyof typeof NAMED

/** Templates by name; a map, so that no name finds what every object has. */
export const TEMPLATES: ReadonlyMap<string, Template> = new Map(Object.entries(NAMED))
/** The template called `name`; an unknown one is `float`, and `warn` hears of it. */
export function templateOf(name: string, warn: (words: string) => void): Template {
  const template = TEMPLATES.get(name)
  if (template) return template
  warn(`unknown template "${name}", drawing "float"`)
  return NAMED.float
}
