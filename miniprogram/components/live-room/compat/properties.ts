import { aliasesIn, type Given, spokenBy } from '../../room/given'
import type { Settings } from '../settings'
import { PROPERTIES, ROLES } from './table'

type Alias = keyof typeof PROPERTIES

/** Null: the page says nothing, not even that it is empty. */
const unset = { type: null, value: null } as const

/** The older names as properties of the component, so that a page may set them. */
export const oldProps: Readonly<Record<Alias, { type: null; value: null }>> = {
  roomID: unset,
  roomid: unset,
  roomInfo: unset,
  roomname: unset,
  pureaudio: unset,
}

const OLD_ROLES: readonly string[] = Object.keys(ROLES)

/** Older names that this page uses, those of `role`'s values included. */
export function oldNames(given: Given): string[] {
  const names = aliasesIn(PROPERTIES, given)
  const { role } = given
  return typeof role === 'string' && OLD_ROLES.includes(role) ? [...names, `role="${role}"`] : names
}

/** What a page says about one property: by our own name, else by the first older one that is set. */
export const spoken = (given: Given, name: keyof Settings): unknown => spokenBy(PROPERTIES, given, name)
