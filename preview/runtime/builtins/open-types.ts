import type { BuiltinHost, BuiltinProps } from './define'

/** What the phone does for a button with this `open-type`. */
export type OpenType = (button: Pick<BuiltinHost<BuiltinProps>, 'emit' | 'element'>) => void

/** Services of the phone by `open-type`; the phone fills them in when it starts. */
export const openTypes = new Map<string, OpenType>()
