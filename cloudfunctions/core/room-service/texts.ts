import { LIMITS, lengthOf } from '../../../miniprogram/protocol/limits'

const CONTROL = /[\p{Cc}\p{Surrogate}]+/gu
const VISIBLE = /[^\p{C}\p{Z}]/u
/** Where apps that keep JSON in `roomInfo` have the part that people read. */
const TITLE_FIELDS = ['title', 'roomName', 'roomTitle', 'name']

const cut = (text: string, max: number): string => {
  const plain = text.replace(CONTROL, ' ').trim()
  if (!VISIBLE.test(plain)) return ''
  return lengthOf(plain) <= max ? plain : Array.from(plain).slice(0, max).join('').trim()
}

/** The readable part of a `roomInfo`, as a room's title; '' when there is none. */
export function titleFrom(roomInfo: string): string {
  return cut(titleIn(roomInfo) ?? roomInfo, LIMITS.titleMax)
}

function titleIn(roomInfo: string): string | null {
  if (!roomInfo.trimStart().startsWith('{')) return null
  try {
    const fields = new Map(Object.entries(JSON.parse(roomInfo) as object))
    const title = TITLE_FIELDS.map((name) => fields.get(name)).find((value) => typeof value === 'string')
    return title ?? ''
  } catch {
    return null
  }
}

/** A user name of the old system as a display name; '' when nothing of it can be seen. */
export const nameFrom = (userName: string): string => cut(userName, LIMITS.nameMax)
