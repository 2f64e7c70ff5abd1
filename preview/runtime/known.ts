import { AppLife } from './app-life'
import { builtins } from './builtins'
import { propsOf } from './builtins/props'
import { createWx } from './wx'
import type { PhoneCore } from './wx/core'

/** What a mini program may use in the preview; the build refuses anything else. Plain data. */
export interface Known {
  /** Properties in camelCase by builtin tag. */
  readonly props: Readonly<Record<string, readonly string[]>>
  /** Templates by builtin tag. */
  readonly templates: Readonly<Record<string, string>>
  /** Every `wx.NAME`. */
  readonly wx: readonly string[]
}

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Describes this runtime. Nothing of a browser is touched. */
export function describeRuntime(): Known {
  // Making the wx object reads no more of a phone than this; calling its functions would.
  const nobody = { params: new URLSearchParams(), events: new AppLife().events, tags: new Set() }
  return {
    props: Object.fromEntries(
      builtins.map((def) => [def.tag, [...Object.keys(propsOf(def)), ...(def.externalClasses ?? []).map(camelCase)]]),
    ),
    templates: Object.fromEntries(builtins.map((def) => [def.tag, def.wxml])),
    wx: Object.keys(createWx(nobody as unknown as PhoneCore)),
  }
}
