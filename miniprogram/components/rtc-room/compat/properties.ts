import { aliasesIn, type Given, spokenBy } from '../../room/given'
import { PROPERTIES } from './table'

/** Null: the page says nothing, not even that it is empty. */
const unset = { type: null, value: null } as const

/** The older names as properties of the component, so that a page may set them. */
export const oldProps: Readonly<Record<keyof typeof PROPERTIES, { type: null; value: null }>> = {
  roomID: unset,
  roomid: unset,
  roomInfo: unset,
  roomname: unset,
}

export const oldNames = (given: Given): string[] => aliasesIn(PROPERTIES, given)
export const spoken = (given: Given, name: string): unknown => spokenBy(PROPERTIES, given, name)
