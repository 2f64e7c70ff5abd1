import { formatDuration } from '../../locales/format'
import { text } from '../../locales/index'
import { eventStageOf } from '../../stores/live-room/event/stage'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { NO_BAR, NO_CARD, needOf } from '../room/card'
import type { Ui } from '../room/ui'
import { barOf, cardOf, smallPrintOf } from './card'

const IN_ROOM: readonly string[] = ['opening', 'on-air', 'interrupted', 'suspended']

const hasRoom = (room: LiveRoom): boolean => room.room !== null && IN_ROOM.includes(room.phase)

/** Time on air, or nothing before the first picture. */
const clockOf = (room: LiveRoom): string => (room.room?.startedAt == null ? '' : formatDuration(room.elapsedMs))

/** A word about the network, or nothing. */
function hintOf(room: LiveRoom, ui: Ui): string {
  const { publisher, playback } = room
  // Where the show itself stands still, a card says so.
  if (room.phase !== 'on-air') return ''
  if (publisher?.state === 'reconnecting' || playback?.state === 'reconnecting')
    return text(ui.lang, 'room.reconnecting')
  return publisher?.state === 'publishing' && publisher.quality === 'poor' ? text(ui.lang, 'room.poor') : ''
}

/** Fields of the template that follow the model: small values, each sent only when it changes. */
export function fieldsOf(room: LiveRoom, ui: Ui) {
  const { publisher, likes, picture } = room
  const anchor = room.role === 'anchor'
  return {
    lang: () => ui.lang,
    sheet: () => ui.sheet ?? '',
    /** Something asks to be answered or closed first: a screen reader finds nothing else. */
    behind: () => (ui.sheet !== null && ui.sheet !== 'stats') || cardOf(room, ui).veil === 'dim',
    heading: () => room.room?.title ?? '',
    anchorName: () => room.room?.anchor.name ?? '',
    tint: () => room.room?.cover ?? 'graphite',
    coverFile: () => room.room?.coverFile ?? '',
    viewers: () => room.counts.viewers,
    likes: () => likes.total,
    live: () => room.phase === 'on-air',
    clock: () => clockOf(room),
    clockLabel: () => {
      const time = clockOf(room)
      return time && text(ui.lang, 'room.elapsed', { time })
    },
    inRoom: () => hasRoom(room),
    setup: () =>
      anchor &&
      room.room === null &&
      !ui.resuming &&
      needOf(room.fault) === '' &&
      (room.phase === 'setup' || room.phase === 'opening'),
    pending: () => room.phase === 'opening' || (picture?.awaited ?? false),
    pictures: () => picture !== null,
    picture: () => picture?.path ?? '',
    pictureSending: () => picture?.uploading ?? false,
    pictureProblem: () => (picture?.problem ? text(ui.lang, `setup.picture.${picture.problem}`) : ''),
    ended: () => room.phase === 'ended',
    event: () => eventStageOf(room.room),
    stopped: () => room.room?.reason === 'ended-by-operator',
    known: () => room.summary !== null,
    durationMs: () => room.summary?.durationMs ?? 0,
    totalViewers: () => room.summary?.totalViewers ?? 0,
    peakViewers: () => room.summary?.peakViewers ?? 0,
    finalLikes: () => room.summary?.likes ?? 0,
    // Only the closing card shows them: until then no line of the chat is worth a setData of the room.
    guests: () => (room.phase === 'ended' ? room.tally.guests : 0),
    lines: () => (room.phase === 'ended' ? room.tally.lines : 0),
    need: () => needOf(room.fault),
    card: () => cardOf(room, ui),
    small: () => smallPrintOf(room, ui),
    bar: () => barOf(room, ui),
    hint: () => hintOf(room, ui),
    /** The board of a PK is drawn under the header. */
    rival: () => room.room?.pk?.state === 'on',
    pushing: () => publisher?.active ?? false,
    controls: () =>
      (publisher?.active ?? false) &&
      needOf(room.fault) === '' &&
      room.phase !== 'ended' &&
      room.phase !== 'failed' &&
      !ui.confirming,
  }
}

/** What the template shows before the model has been bound. */
export const BLANK = {
  lang: '',
  sheet: '',
  behind: false,
  heading: '',
  anchorName: '',
  tint: 'graphite',
  coverFile: '',
  viewers: 0,
  likes: 0,
  live: false,
  clock: '',
  clockLabel: '',
  inRoom: false,
  setup: false,
  pending: false,
  pictures: false,
  picture: '',
  pictureSending: false,
  pictureProblem: '',
  ended: false,
  event: '',
  stopped: false,
  known: false,
  durationMs: 0,
  totalViewers: 0,
  peakViewers: 0,
  finalLikes: 0,
  guests: 0,
  lines: 0,
  need: '',
  card: NO_CARD,
  small: '',
  bar: NO_BAR,
  hint: '',
  rival: false,
  pushing: false,
  controls: false,
} satisfies Record<keyof ReturnType<typeof fieldsOf>, unknown>
