import { type Key, type Locale, text } from '../../locales/index'
import type { FaultCode, RoomFault } from '../../stores/room/fault'
import { wordsOf } from '../room/card'

/** Refusals that mean something else when they are about another person than this user. */
const ABOUT_OTHERS = {
  forbidden: 'act.forbidden',
  banned: 'act.banned',
  full: 'act.full',
} as const satisfies Partial<Record<FaultCode, Key>>

/** Why something could not be done to, or for, somebody else: one line. */
export function problemOf(lang: Locale, fault: RoomFault | null | undefined): string {
  if (!fault) return ''
  const { code } = fault
  return code in ABOUT_OTHERS ? text(lang, ABOUT_OTHERS[code as keyof typeof ABOUT_OTHERS]) : wordsOf(lang, fault).title
}
