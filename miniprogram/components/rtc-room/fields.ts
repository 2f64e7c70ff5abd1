import { formatDuration } from '../../locales/format'
import { text } from '../../locales/index'
import type { RtcRoom } from '../../stores/rtc-room/rtc-room'
import { NO_BAR, NO_CARD, needOf } from '../room/card'
import type { Ui } from '../room/ui'
import { barOf, cardOf, smallPrintOf } from './card'

const IN_ROOM: readonly string[] = ['opening', 'on-air', 'interrupted', 'suspended']

const hasRoom = ({ room, phase }: RtcRoom): boolean => room !== null && IN_ROOM.includes(phase)

/** A word about this phone's network, or nothing. */
function hintOf({ phase, publisher }: RtcRoom, ui: Ui): string {
  if (phase !== 'on-air') return ''
  if (publisher.state === 'reconnecting') return text(ui.lang, 'room.reconnecting')
  return publisher.state === 'publishing' && publisher.quality === 'poor' ? text(ui.lang, 'call.poor') : ''
}

/** Fields of the template that follow the model: small values, each sent only when it changes. */
export function fieldsOf(room: RtcRoom, ui: Ui) {
  const { publisher } = room
  const clock = () => (hasRoom(room) ? formatDuration(room.elapsedMs) : '')
  const settingUp = () =>
    room.room === null && !ui.resuming && !ui.left && needOf(room.fault) === '' && room.phase === 'setup'
  return {
    lang: () => ui.lang,
    sheet: () => ui.sheet ?? '',
    /** Something asks to be answered or closed first: a screen reader finds nothing else. */
    behind: () => (ui.sheet !== null && ui.sheet !== 'stats') || cardOf(room, ui).veil === 'dim',
    talking: () => ui.talking,
    heading: () => room.room?.title ?? '',
    clock,
    clockLabel: () => {
      const time = clock()
      return time && text(ui.lang, 'call.elapsed', { time })
    },
    people: () => room.stage.places.length,
    recording: () => room.room?.recording ?? false,
    inRoom: () => hasRoom(room),
    alone: () => hasRoom(room) && room.phase === 'on-air' && room.stage.places.length < 2,
    away: () => room.hold.away,
    setup: settingUp,
    pending: () => room.phase === 'opening',
    ended: () => room.phase === 'ended' || ui.left,
    need: () => needOf(room.fault),
    card: () => cardOf(room, ui),
    small: () => smallPrintOf(room, ui),
    bar: () => barOf(room, ui),
    hint: () => hintOf(room, ui),
    pushing: () => publisher.active,
  }
}

/** What the template shows before the model has been bound. */
export const BLANK = {
  lang: '',
  sheet: '',
  behind: false,
  talking: false,
  heading: '',
  clock: '',
  clockLabel: '',
  people: 0,
  recording: false,
  inRoom: false,
  alone: false,
  away: false,
  setup: false,
  pending: false,
  ended: false,
  need: '',
  card: NO_CARD,
  small: '',
  bar: NO_BAR,
  hint: '',
  pushing: false,
} satisfies Record<keyof ReturnType<typeof fieldsOf>, unknown>
