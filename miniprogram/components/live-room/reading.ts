import type { Role } from '../../stores/live-room/live-room'
import { ROLES as OLDER } from './compat/table'

const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['anchor', 'anchor'],
  ['audience', 'audience'],
  // A page that learns its role later.
  ['', 'audience'],
  ...Object.entries(OLDER),
])
const NO: readonly string[] = ['', 'false', 'no', 'off', '0']

const warned = new Set<string>()

/** Tells a developer about a value of a property, once for each. */
export function warnOnce(words: string): void {
  if (warned.has(words)) return
  warned.add(words)
  console.warn(`live-room: ${words}`)
}

/** The role that a page names. Anything unknown watches, with one warning: a slip of the pen opens no camera. */
export function roleOf(name: string): Role {
  const role = ROLES.get(name)
  if (!role) warnOnce(`unknown role "${name}", taking "audience"`)
  return role ?? 'audience'
}

/** A switch, also when a template gives it as text, where `"false"` would be true. */
export const isOn = (value: boolean | string): boolean =>
  typeof value === 'string' ? !NO.includes(value.trim().toLowerCase()) : value
