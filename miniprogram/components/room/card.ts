import { type Locale, text } from '../../locales/index'
import type { FaultCode, Remedy, RoomFault } from '../../stores/room/fault'
import type { Need } from '../permission-gate/permission-gate'

/** A show, or a call: some things have other names there. */
export type Wording = 'show' | 'call'

/** What the button of a card does. */
export type Deed = Remedy | 'agree' | 'end' | 'leave' | 'share'

/** The message in the middle of the room; an empty heading means none. */
export interface Card {
  icon: string
  busy: boolean
  heading: string
  advice: string
  action: string
  /** Another thing to press, which `other` of the card does. */
  other: string
  leave: string
  deed: Deed
  /** Dims the room behind a question, or hides it behind what ends it. */
  veil: '' | 'dim' | 'solid'
}

export const NO_CARD: Card = {
  icon: '',
  busy: false,
  heading: '',
  advice: '',
  action: '',
  other: '',
  leave: '',
  deed: 'none',
  veil: '',
}

const NEEDS: Partial<Record<FaultCode, Need>> = {
  privacy: 'privacy',
  'permission-microphone': 'microphone',
  'permission-camera': 'camera',
  'privacy-undeclared': 'undeclared',
  'capability-account': 'account',
  'capability-library': 'library',
}

/** What has to be opened before there is a picture, or nothing. */
export const needOf = (fault: RoomFault | null): Need | '' => (fault && NEEDS[fault.code]) || ''

export const labelOf = (lang: Locale, remedy: Remedy, kind: Wording): string => {
  if (remedy === 'retry') return text(lang, 'common.retry')
  if (remedy === 'resume') return text(lang, kind === 'call' ? 'call.rejoin' : 'state.resume')
  return remedy === 'open-settings' ? text(lang, 'permission.settings') : ''
}

/** A fault in the user's words; some are another thing in a call than in a show. */
export const wordsOf = (lang: Locale, { code }: RoomFault, kind: Wording = 'show') => ({
  title: text(lang, kind === 'call' && isOfCalls(code) ? `callFault.${code}.title` : `fault.${code}.title`),
  advice: text(lang, kind === 'call' && isOfCalls(code) ? `callFault.${code}.advice` : `fault.${code}.advice`),
})

export function faultCard(lang: Locale, fault: RoomFault, kind: Wording = 'show'): Card {
  const { title, advice } = wordsOf(lang, fault, kind)
  const action = labelOf(lang, fault.remedy, kind)
  const leave = text(lang, 'common.leave')
  return { ...NO_CARD, icon: 'alert', heading: title, advice, action, leave, deed: fault.remedy, veil: 'solid' }
}

/** Faults that a call tells in words of its own. */
const OF_CALLS = [
  'pusher-busy',
  'already-live',
  'room-closed',
  'not-found',
  'forbidden',
  'banned',
  'removed',
  'full',
] as const
const isOfCalls = (code: FaultCode): code is (typeof OF_CALLS)[number] =>
  (OF_CALLS as readonly FaultCode[]).includes(code)

/** A fault beside the show: for all that do not have a card or the permission gate. */
export interface Bar {
  heading: string
  advice: string
  action: string
}

export const NO_BAR: Bar = { heading: '', advice: '', action: '' }

/** The bar for a fault that has neither a card nor the permission gate. */
export function faultBar(lang: Locale, fault: RoomFault | null, kind: Wording = 'show'): Bar {
  if (!fault || needOf(fault) !== '') return NO_BAR
  const { title, advice } = wordsOf(lang, fault, kind)
  return { heading: title, advice, action: labelOf(lang, fault.remedy, kind) }
}
