import './phone'
import path from 'node:path'
import { MINIPROGRAM } from './wxml'

/** A node of what the simulator draws: tag, attributes as the template gave them, handlers, children. */
export interface Node {
  tagName: string
  attrs: { name: string; value: unknown }[]
  event: Record<string, unknown>
  children: (Node | string)[]
}

/** Methods and data of a part, which the simulator knows without their types. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Instance = any

/** A mounted part in WeChat's simulator. */
export interface Mounted {
  dom: HTMLElement
  instance: Instance
  /** Events in the order they were fired: [name, detail]. */
  fired: [string, unknown][]
  set(props: Record<string, unknown>): void
  /** All that is written, from top to bottom. */
  words(): string
  all(selector: string): HTMLElement[]
  /** Values of an attribute on all nodes that carry it. */
  attribute(name: string): unknown[]
  /** Attributes of every tag of this kind, as the template gave them. */
  tags(name: string): Record<string, unknown>[]
  /** Taps what `selector` finds and waits until the tap has arrived. */
  tap(selector: string): Promise<void>
  /** Any other event of a builtin, with its detail. */
  fire(selector: string, event: string, detail?: Record<string, unknown>): Promise<void>
  /** Fires `ready` of a part that was mounted later; the simulator does it only for the first ones. More selectors lead
   * into it. */
  ready(...path: [string, ...string[]]): void
  /** Components inside it, with their nodes. */
  within(selector: string): { instance: Instance; dom: HTMLElement }[]
  /** Shows or hides the page around the component. */
  page(lifetime: 'show' | 'hide' | 'resize'): void
  detach(): void
}

interface JComponent {
  dom: HTMLElement
  instance: Instance
  attach(parent: globalThis.Node): void
  detach(): void
  setData(data: Record<string, unknown>): void
  addEventListener(event: string, handler: (e: { detail: unknown }) => void): void
  querySelector(selector: string): JComponent | undefined
  querySelectorAll(selector: string): JComponent[]
  dispatchEvent(event: string, options?: { detail?: Record<string, unknown> }): void
  triggerLifeTime(lifetime: string): void
  triggerPageLifeTime(lifetime: string): void
  toJSON(): Node
}
interface Simulate {
  load(path: string, options: { rootPath: string; compiler: 'official' }): string
  render(id: string, props: Record<string, unknown>): JComponent
}

/** The simulator delivers an event a few microtasks later. */
export const settled = async (): Promise<void> => {
  for (let i = 0; i < 8; i++) await Promise.resolve()
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const flat = (node: Node): Node[] => [
  node,
  ...node.children.flatMap((child) => (typeof child === 'string' ? [] : flat(child))),
]

/** Mounts `components/<name>/<name>`, compiled by WeChat's own WXML compiler. `events` are the ones to listen for;
 * `before` runs in the module registry of the part, to prepare what it will import. */
export function mount(
  name: string,
  props: Record<string, unknown> = {},
  events: readonly string[] = [],
  before = () => {},
): Mounted {
  const simulate = require('miniprogram-simulate') as Simulate
  const file = path.join(MINIPROGRAM, 'components', name, name)
  let id = ''
  // a script registers its component while it runs, so it has to run anew for every mount
  jest.isolateModules(() => {
    before()
    id = simulate.load(file, { rootPath: MINIPROGRAM, compiler: 'official' })
  })
  const component = simulate.render(id, props)
  const fired: [string, unknown][] = []
  for (const event of events) component.addEventListener(event, (e) => fired.push([event, e.detail]))
  const parent = document.createElement('div')
  document.body.append(parent)
  component.attach(parent)
  const find = (selector: string): JComponent => {
    const found = component.querySelector(selector)
    if (!found) throw new Error(`nothing in ${name} matches ${selector}`)
    return found
  }
  const fire = async (selector: string, event: string, detail: Record<string, unknown> = {}) => {
    find(selector).dispatchEvent(event, { detail })
    await settled()
  }
  return {
    dom: component.dom,
    instance: component.instance,
    fired,
    set: (values) => component.setData(values),
    words: () => (component.dom.textContent ?? '').replace(/\s+/g, ' ').trim(),
    all: (selector) => [...component.dom.querySelectorAll<HTMLElement>(selector)],
    attribute: (wanted) =>
      flat(component.toJSON()).flatMap(({ attrs }) =>
        attrs.filter((a) => a.name === camel(wanted)).map((a) => a.value),
      ),
    tags: (wanted) =>
      flat(component.toJSON())
        .filter(({ tagName }) => tagName === wanted)
        .map(({ attrs }) => Object.fromEntries(attrs.map(({ name: key, value }) => [key, value]))),
    tap: (selector) => fire(selector, 'tap'),
    fire,
    ready: (first, ...inside) => {
      const into = (part: JComponent, selector: string) => {
        const found = part.querySelector(selector)
        if (!found) throw new Error(`nothing in ${name} matches ${selector}`)
        return found
      }
      inside.reduce(into, find(first)).triggerLifeTime('ready')
    },
    within: (selector) => component.querySelectorAll(selector),
    page: (lifetime) => component.triggerPageLifeTime(lifetime),
    detach: () => component.detach(),
  }
}
