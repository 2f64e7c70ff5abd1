import { formatDuration } from '../../locales/format'
import { type Key, text } from '../../locales/index'
import type { RoomReason } from '../../protocol/room'
import type { RoomFault } from '../../stores/room/fault'
import type { RtcRoom } from '../../stores/rtc-room/rtc-room'
import { type Bar, type Card, faultBar, faultCard, NO_BAR, NO_CARD, wordsOf } from '../room/card'
import type { Ui } from '../room/ui'

const ENDINGS: Partial<Record<RoomReason, Key & `call.${string}`>> = {
  'owner-left': 'call.endedByOwner',
  'ended-by-anchor': 'call.endedByOwner',
  empty: 'call.endedEmpty',
  'ended-by-operator': 'call.endedStopped',
}

/** Who came by a link has nothing else to look at, so any fault is a card; who begins sees himself, and a bar. */
const isCard = (room: RtcRoom, ui: Ui): boolean => room.phase === 'failed' || (room.room === null && ui.resuming)

/** The card for the state of a call: one at a time, the most urgent first. */
export function cardOf(room: RtcRoom, ui: Ui): Card {
  const { lang } = ui
  const card = (fields: Partial<Card>): Card => ({ ...NO_CARD, ...fields })
  const back = text(lang, 'call.back')
  if (room.phase === 'ended') {
    const why = ENDINGS[room.room?.reason ?? 'empty']
    return card({
      icon: 'hang-up',
      heading: text(lang, 'call.ended'),
      advice: why ? words(lang, why) : '',
      leave: back,
      veil: 'solid',
    })
  }
  if (room.fault?.code === 'consent-needed') return consentCard(ui.lang, room.fault)
  if (room.fault && isCard(room, ui)) return faultCard(lang, room.fault, 'call')
  if (ui.left) return card({ icon: 'hang-up', heading: text(lang, 'call.left'), leave: back, veil: 'solid' })
  if (ui.confirming) {
    return card({
      heading: text(lang, 'call.endTitle'),
      advice: text(lang, 'call.endBody'),
      action: text(lang, 'call.leaveOnly'),
      deed: 'leave',
      other: text(lang, 'call.endAll'),
      leave: text(lang, 'call.stay'),
      veil: 'dim',
    })
  }
  if (room.phase === 'opening') {
    return card({ busy: true, heading: text(lang, 'call.opening'), advice: text(lang, 'call.openingHint') })
  }
  if (room.phase === 'suspended') {
    return card({ icon: 'pause', heading: text(lang, 'call.suspended'), advice: text(lang, 'call.suspendedHint') })
  }
  return NO_CARD
}

/** Before anything of his is sent: the call is recorded, and he says yes or stays away. */
const consentCard = (lang: Ui['lang'], fault: RoomFault): Card => {
  const { title, advice } = wordsOf(lang, fault, 'call')
  const [action, leave] = [text(lang, 'call.agree'), text(lang, 'call.disagree')]
  return { ...NO_CARD, icon: 'shield', heading: title, advice, action, deed: 'agree', leave, veil: 'dim' }
}

const words = text as (lang: Ui['lang'], key: Key) => string

/** Small print under a card: how long the call was, or the code of a fault. */
export function smallPrintOf(room: RtcRoom, ui: Ui): string {
  const { lang } = ui
  if (room.phase === 'ended') {
    const durationMs = room.summary?.durationMs ?? 0
    return durationMs > 0 ? text(lang, 'call.elapsed', { time: formatDuration(durationMs) }) : ''
  }
  const asked = room.fault?.code === 'consent-needed'
  return room.fault && !asked && isCard(room, ui) ? text(lang, 'common.code', { code: room.fault.code }) : ''
}

/** A fault beside the call: for all that do not have a card or the permission gate. */
export const barOf = (room: RtcRoom, ui: Ui): Bar =>
  isCard(room, ui) || room.phase === 'ended' || room.fault?.code === 'consent-needed'
    ? NO_BAR
    : faultBar(ui.lang, room.fault, 'call')
