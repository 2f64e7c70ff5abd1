import { formatDuration } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import { eventStageOf } from '../../stores/live-room/event/stage'
import type { LiveRoom } from '../../stores/live-room/live-room'
import type { FaultCode, Remedy, RoomFault } from '../../stores/room/fault'
import type { Need } from '../permission-gate/permission-gate'
import type { Ui } from './ui'

/** What the button of a card does. */
export type Deed = Remedy | 'end'

/** The message in the middle of the room; an empty heading means none. */
export interface Card {
  icon: string
  busy: boolean
  heading: string
  advice: string
  action: string
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

const labelOf = (lang: Locale, remedy: Remedy): string => {
  if (remedy === 'retry') return text(lang, 'common.retry')
  if (remedy === 'resume') return text(lang, 'state.resume')
  return remedy === 'open-settings' ? text(lang, 'permission.settings') : ''
}

/** A fault in the user's words. */
export const wordsOf = (lang: Locale, fault: RoomFault) => ({
  title: text(lang, `fault.${fault.code}.title`),
  advice: text(lang, `fault.${fault.code}.advice`),
})

function faultCard(lang: Locale, fault: RoomFault): Card {
  const { title, advice } = wordsOf(lang, fault)
  const action = labelOf(lang, fault.remedy)
  const leave = text(lang, 'common.leave')
  return { ...NO_CARD, icon: 'alert', heading: title, advice, action, leave, deed: fault.remedy, veil: 'solid' }
}

/** A viewer without a room has nothing else to look at, so any fault is a card; an anchor sees himself and a bar. */
const isCard = (room: LiveRoom): boolean => room.phase === 'failed' || (room.role === 'audience' && room.room === null)

/** The card for the state of a room: one at a time, the most urgent first. */
export function cardOf(room: LiveRoom, ui: Ui): Card {
  const { lang } = ui
  const anchor = room.role === 'anchor'
  if (room.phase === 'ended') return NO_CARD
  if (room.fault && isCard(room)) return faultCard(lang, room.fault)
  if (ui.confirming) {
    return {
      ...NO_CARD,
      heading: text(lang, 'confirm.endTitle'),
      advice: text(lang, 'confirm.endBody'),
      action: text(lang, 'confirm.end'),
      leave: text(lang, 'confirm.stay'),
      deed: 'end',
      veil: 'dim',
    }
  }
  // An official show that is to come has a page of its own.
  if (eventStageOf(room.room) === 'before') return NO_CARD
  if (room.phase === 'opening') {
    const heading = anchor ? text(lang, 'state.opening') : text(lang, room.room ? 'state.waiting' : 'state.entering')
    const advice = text(lang, !anchor && room.room ? 'state.waitingHint' : 'state.openingHint')
    return { ...NO_CARD, busy: true, heading, advice }
  }
  if (room.phase === 'interrupted') {
    return anchor
      ? {
          ...NO_CARD,
          busy: true,
          heading: text(lang, 'state.selfInterrupted'),
          advice: text(lang, 'state.selfInterruptedHint'),
        }
      : {
          ...NO_CARD,
          icon: 'pause',
          heading: text(lang, 'state.interrupted'),
          advice: text(lang, 'state.interruptedHint'),
        }
  }
  if (room.phase === 'suspended' && anchor) {
    return {
      ...NO_CARD,
      icon: 'pause',
      heading: text(lang, 'state.suspended'),
      advice: text(lang, 'state.suspendedHint'),
    }
  }
  return NO_CARD
}

/** What somebody has decided about this user is nothing to look up. */
const DECIDED: readonly FaultCode[] = ['removed', 'banned']

/** Small print under a card: the time that is left, or the code of a fault. */
export function smallPrintOf(room: LiveRoom, ui: Ui): string {
  if (room.fault && isCard(room)) {
    return DECIDED.includes(room.fault.code) ? '' : text(ui.lang, 'common.code', { code: room.fault.code })
  }
  if (room.closesAt === null || ui.confirming || room.phase !== 'interrupted') return ''
  const left = Math.max(0, room.closesAt - ui.now)
  return text(ui.lang, 'state.closesIn', { time: formatDuration(left + 999) })
}

/** A fault beside the show: for all that do not have a card or the permission gate. */
export interface Bar {
  heading: string
  advice: string
  action: string
}

export const NO_BAR: Bar = { heading: '', advice: '', action: '' }

export function barOf(room: LiveRoom, ui: Ui): Bar {
  const { fault } = room
  if (!fault || isCard(room) || needOf(fault) !== '' || room.phase === 'ended') return NO_BAR
  const { title, advice } = wordsOf(ui.lang, fault)
  return { heading: title, advice, action: labelOf(ui.lang, fault.remedy) }
}
