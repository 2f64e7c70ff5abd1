import { formatDuration } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import type { LinkMic } from '../../stores/live-room/link/types'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { needOf, wordsOf } from '../room/card'
import { nameOf } from '../shared/person'
import type { RoomContext } from '../shared/room-part'
import type { SecondHand } from '../shared/second-hand'

/** What a button of a link-mic panel does. `allow`: shows what has to be opened first. */
export type Deed = 'request' | 'cancel' | 'accept' | 'decline' | 'confirm' | 'leave' | 'forget' | 'allow'

/** A viewer's way to the stage in words, with at most two answers; an empty deed is none. */
export interface LinkFace {
  /** The phase; `ended` or `problem` where nothing else is going on; empty: nothing to say. */
  kind: string
  heading: string
  advice: string
  /** The advice says what went wrong. */
  wrong: boolean
  main: Deed | ''
  mainWords: string
  other: Deed | ''
  otherWords: string
}

/** Nothing to say. */
export const BARE: LinkFace = {
  kind: '',
  heading: '',
  advice: '',
  wrong: false,
  main: '',
  mainWords: '',
  other: '',
  otherWords: '',
}

type Second = Pick<SecondHand, 'secondsTo'>
type Room = Pick<LiveRoom, 'room' | 'link'>

const untilOf = (second: Second, at: number): string => formatDuration(second.secondsTo(at) * 1000)

/** The phase itself. */
function phaseFace(lang: Locale, { state }: LinkMic, host: string, second: Second): LinkFace {
  const { phase } = state
  if (phase === 'asking') return { ...BARE, kind: phase, heading: text(lang, 'link.asking') }
  if (phase === 'waiting') {
    return {
      ...BARE,
      kind: phase,
      heading: text(lang, 'link.waiting.heading'),
      advice: text(lang, 'link.waiting.advice', { n: state.position, time: untilOf(second, state.endsAt) }),
      other: 'cancel',
      otherWords: text(lang, 'link.cancel'),
    }
  }
  if (phase === 'invited') {
    return {
      ...BARE,
      kind: phase,
      heading: text(lang, 'link.invited.heading', { name: host }),
      advice: text(lang, 'link.invited.advice', { time: untilOf(second, state.endsAt) }),
      main: 'accept',
      mainWords: text(lang, 'link.accept'),
      other: 'decline',
      otherWords: text(lang, 'link.decline'),
    }
  }
  if (phase === 'held') {
    return {
      ...BARE,
      kind: phase,
      heading: text(lang, 'link.held.heading'),
      // From before a restart of the app it runs without an end.
      advice:
        state.endsAt === null
          ? text(lang, 'link.held.again')
          : text(lang, 'link.held.advice', { time: untilOf(second, state.endsAt) }),
      main: 'confirm',
      mainWords: text(lang, 'link.confirm'),
      other: 'leave',
      otherWords: text(lang, 'link.giveBack'),
    }
  }
  if (phase === 'off') {
    return {
      ...BARE,
      kind: phase,
      heading: text(lang, 'link.off.heading', { name: host }),
      advice: text(lang, 'link.off.advice'),
      main: 'request',
      mainWords: text(lang, 'link.ask'),
    }
  }
  return {
    ...BARE,
    kind: phase,
    heading: text(lang, `link.${phase}.heading`),
    advice: text(lang, `link.${phase}.advice`),
    other: 'leave',
    otherWords: text(lang, 'link.leave'),
  }
}

/** How the last way ended. */
function endFace(lang: Locale, { why, reason }: NonNullable<LinkMic['ended']>): LinkFace {
  const advice =
    why === 'rejected' && reason
      ? text(lang, 'link.ended.rejected.reason', { reason })
      : text(lang, `link.ended.${why}.advice`)
  return { ...BARE, kind: 'ended', heading: text(lang, `link.ended.${why}`), advice, other: 'forget' }
}

/** Where a viewer stands: what needs him first, then what went wrong, then how the last way ended. */
export function linkFaceOf({ link, room }: Room, lang: Locale, second: Second): LinkFace {
  if (!link || !room) return BARE
  const { problem, ended, state } = link
  const face = phaseFace(lang, link, nameOf(lang, room.anchor), second)
  if (problem) {
    const forbidden = problem.code === 'forbidden'
    const { title, advice } = wordsOf(lang, problem)
    const words = forbidden ? text(lang, 'act.forbidden') : title
    if (state.phase === 'off')
      return { ...BARE, kind: 'problem', heading: words, advice: forbidden ? '' : advice, wrong: true, other: 'forget' }
    const allow: Partial<LinkFace> = needOf(problem) ? { main: 'allow', mainWords: text(lang, 'link.allow') } : {}
    return { ...face, advice: words, wrong: true, ...allow }
  }
  return state.phase === 'off' && ended ? endFace(lang, ended) : face
}

/** A way back is never in the way of what is still on its way. */
const ALWAYS: readonly Deed[] = ['leave', 'forget', 'allow']

/** Does what a button says. While an answer is under way, only what leads back is taken (M122). */
export function doDeed({ room: { link }, ui }: RoomContext<LiveRoom>, deed: Deed | ''): void {
  if (!link || deed === '' || (link.busy && !ALWAYS.includes(deed))) return
  if (deed === 'allow') ui.open('link')
  else void link[deed]()
}
