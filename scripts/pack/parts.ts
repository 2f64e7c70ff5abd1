import fs from 'node:fs'
import path from 'node:path'

/** A component as its JSON file describes it. Targets are absolute: `/components/x/x`. */
export interface ComponentFile {
  usingComponents?: Record<string, string>
  componentGenerics?: Record<string, { default?: string } | true>
}

const NAME = /^\/components\/([\w-]+)\/\1$/

/** The name in `/components/<name>/<name>`, which is where every component of this project lives. */
export function nameOf(target: string): string {
  const name = NAME.exec(target)?.[1]
  if (!name) throw new Error(`${target} is not /components/<name>/<name>`)
  return name
}

export const componentFile = (root: string, name: string): ComponentFile =>
  JSON.parse(fs.readFileSync(path.join(root, 'components', name, `${name}.json`), 'utf8')) as ComponentFile

/** Everything that a component uses, by name. */
export const usedBy = ({ usingComponents = {}, componentGenerics = {} }: ComponentFile): string[] => [
  ...Object.values(usingComponents),
  ...Object.values(componentGenerics).flatMap((generic) =>
    typeof generic === 'object' && generic.default ? [generic.default] : [],
  ),
]

/** These components and all that they are made of, sorted. */
export function partsOf(root: string, ...starts: readonly string[]): string[] {
  const found = new Set<string>()
  const add = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    for (const target of usedBy(componentFile(root, name))) add(nameOf(target))
  }
  for (const start of starts) add(start)
  return [...found].sort()
}
