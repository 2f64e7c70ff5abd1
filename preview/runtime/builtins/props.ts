import { COMMON_PROPS } from './common'
import type { BuiltinDef, BuiltinProps } from './define'

/** What a builtin accepts in WXML: its own and the common properties with their defaults. */
export function propsOf(def: BuiltinDef): BuiltinProps {
  return { ...COMMON_PROPS, ...def.props }
}
