import { formatDuration } from '../../locales/format'
import { text } from '../../locales/index'
import { eventStageOf } from '../../stores/live-room/event/stage'
import type { LiveRoom } from '../../stores/live-room/live-room'
import type { FaultCode } from '../../stores/room/fault'
import { type Bar, type Card, faultBar, faultCard, NO_BAR, NO_CARD } from '../room/card'
import type { Ui } from '../room/ui'

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
export const barOf = (room: LiveRoom, ui: Ui): Bar =>
  isCard(room) || room.phase === 'ended' ? NO_BAR : faultBar(ui.lang, room.fault)
