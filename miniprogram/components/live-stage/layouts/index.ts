import { above } from './above'
import { left1right3, vertical1v3 } from './beside'
import { corner } from './corner'
import { float } from './float'
import type { Layout } from './frame'
import { grid, mosaic } from './grid'
import { middlePairs, pairs } from './pairs'
import { pk } from './pk'
import { speaker } from './speaker'

/** A way to draw a stage. */
export interface Template {
  readonly layout: Layout
  /** A tap on a small picture makes it the large one. */
  readonly swaps: boolean
  /** Its pictures stand apart from each other, with round corners. */
  readonly apart?: true
  /** A finger moves the small picture of two. */
  readonly drags?: true
  /** Who talks is the main person. */
  readonly follows?: true
  /** How two people are drawn, where that is different. */
  readonly pair?: Template
}

const still = (layout: Layout): Template => ({ layout, swaps: false })
const apart = (layout: Layout): Template => ({ layout, swaps: false, apart: true })

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

const pair: Template = { layout: corner, swaps: true, drags: true }
const upTo4: Layout = (people, frame) => (people > 4 ? mosaic : middlePairs)(people, frame)

/** A third person makes a grid of `1v1`, and a fifth one of `1v3`: nobody is left out for the sake of a name. */
const CALLS = {
  '1v1': { ...apart(mosaic), pair },
  '1v3': apart(upTo4),
  grid: apart(mosaic),
  float: { layout: float, swaps: true },
  speaker: { ...apart(speaker), follows: true, pair },
  '1l3r': still(left1right3),
  '1u3d': still(above(4 / 9)),
} satisfies Record<string, Template>

/** Names of templates: ours, and those of older components. */
export type TemplateName = keyof typeof NAMED
/** The same for calls. */
export type CallTemplateName = keyof typeof CALLS

/** Templates by name; a map, so that no name finds what every object has. */
export const TEMPLATES: ReadonlyMap<string, Template> = new Map(Object.entries(NAMED))
export const CALL_TEMPLATES: ReadonlyMap<string, Template> = new Map<string, Template>(Object.entries(CALLS))

type Warn = (words: string) => void

function found(all: ReadonlyMap<string, Template>, name: string, instead: string, other: Template, warn: Warn) {
  const template = all.get(name)
  if (!template) warn(`unknown template "${name}", drawing "${instead}"`)
  return template ?? other
}

/** The template called `name`; an unknown one is `float`, and `warn` hears of it. */
export const templateOf = (name: string, warn: Warn): Template => found(TEMPLATES, name, 'float', NAMED.float, warn)

/** The same for a call, where an unknown one is `grid`. */
export const callTemplateOf = (name: string, warn: Warn): Template =>
  found(CALL_TEMPLATES, name, 'grid', CALLS.grid, warn)

/** How a template draws so many people. */
export const forSoMany = (template: Template, people: number): Template =>
  people === 2 ? (template.pair ?? template) : template
