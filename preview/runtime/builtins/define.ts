/** Values that a builtin component accepts from WXML, by camelCase name. A default also fixes the property's type. */
export type BuiltinProps = Record<string, unknown>

/** What one instance of a builtin component sees of its surroundings. */
export interface BuiltinHost<P extends BuiltinProps> {
  /** The host node `<wx-TAG>` in the DOM. */
  readonly element: HTMLElement
  /** `id` given in WXML, empty when there is none. */
  readonly id: string
  /** Current values of the properties, coerced to the types of their defaults. */
  readonly props: Readonly<P>
  /** The first node of the builtin's own tree that matches; throws when the template has none (a defect of the builtin). */
  find<T extends HTMLElement>(selector: string): T
  /**
   * Sends a component event (`bindNAME` in WXML). It does not bubble unless asked to. `detail` is what the page
   * reads as `event.detail`.
   */
  emit(name: string, detail?: unknown, options?: { bubbles?: boolean; composed?: boolean }): void
  /** Sets properties of the component itself, for instance the value a user has typed. */
  set(values: Partial<P>): void
  /** Adds a DOM listener that is removed when the component is detached. */
  listen<K extends keyof HTMLElementEventMap>(
    target: EventTarget,
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options?: AddEventListenerOptions,
  ): void
}

/** A method of a builtin as a wx context object or a form calls it. What it throws becomes `fail`. */
export type BuiltinMethod = (options: Record<string, unknown>) => unknown

/** The living part of one instance. */
export interface BuiltinInstance<P extends BuiltinProps> {
  /** Called once right after `attach` with all names in `changed`, then after every change of properties. */
  update?(props: Readonly<P>, changed: ReadonlySet<keyof P & string>): void
  /** Ends everything that `attach` began. Listeners added by `host.listen` are gone by themselves. */
  detach?(): void
  /** Reached through `wx.create...Context` and by sibling builtins (a form asks its fields). */
  readonly methods?: Readonly<Record<string, BuiltinMethod>>
}

/** One builtin tag: its small template, its properties and what an instance does. */
export interface BuiltinDef<P extends BuiltinProps = BuiltinProps> {
  /** Tag in WXML; the host node is `<wx-TAG>`. */
  readonly tag: string
  /** Template; `<dom-x>` stands for the raw HTML element `<x>`, `<slot />` for the children. */
  readonly wxml: string
  /**
   * Properties with defaults. The type of a default is the type of the property, with WeChat's coercion (so the text
   * "false" is true for a boolean); `null` accepts anything. A name that is not listed fails the build.
   */
  readonly props: P
  /** Attributes that carry class names of the page (`placeholder-class`) for nodes of the template with this class. */
  readonly externalClasses?: readonly string[]
  /** Makes the living part of one instance; called when the host node is in the document. */
  attach?(host: BuiltinHost<P>): BuiltinInstance<P>
}

/** Declares a builtin; only there to infer the types of properties from their defaults. */
export function defineBuiltin<P extends BuiltinProps>(def: BuiltinDef<P>): BuiltinDef<P> {
  return def
}
