import { formatCount, formatDuration } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import type { Pk } from '../../stores/live-room/pk/pk'
import type { SecondHand } from '../shared/second-hand'

/** What the board shows: a question to this anchor, a PK, its result, or nothing. */
export interface Face {
  kind: '' | 'asked' | 'on' | 'result' | 'answer'
  /** The line of words; the clock while a PK is on. */
  words: string
  /** All of it for a screen reader. */
  label: string
  own: string
  rival: string
  name: string
  /** Percent of the bar that is this show's. */
  share: number
}

export const NO_FACE: Face = { kind: '', words: '', label: '', own: '', rival: '', name: '', share: 50 }

/** Nobody's part is so small that his figure has no place. */
const LEAST_SHARE = 16

/** Percent of the bar for `own`; half while nobody has anything. */
export function shareOf(own: number, rival: number): number {
  const all = own + rival
  const share = all === 0 ? 50 : Math.round((own / all) * 100)
  return Math.min(100 - LEAST_SHARE, Math.max(LEAST_SHARE, share))
}

/** The board at this moment. */
export function faceOf(pk: Pk, lang: Locale, second: Pick<SecondHand, 'now' | 'secondsTo'>, mine: boolean): Face {
  const { view, result, answer } = pk
  const nameOf = (name: string) => name || text(lang, 'person.unnamed')
  const scores = ({ own, rival }: { own: number; rival: number }) => ({
    own: formatCount(lang, own),
    rival: formatCount(lang, rival),
    share: shareOf(own, rival),
  })
  if (view?.state === 'on') {
    const name = nameOf(view.rival.anchor.name)
    const time = formatDuration(second.secondsTo(pk.endsAt ?? 0) * 1000)
    const shown = scores(pk.scores)
    const label = text(lang, 'pk.board', { own: shown.own, rival: shown.rival, name, time })
    return { kind: 'on', words: time, label, name, ...shown }
  }
  if (view?.state === 'asked' && mine) {
    const name = nameOf(view.rival.anchor.name)
    const words = text(lang, 'pk.askedHint', { n: second.secondsTo(pk.endsAt ?? 0) })
    return { ...NO_FACE, kind: 'asked', words, label: text(lang, 'pk.asked', { name }), name }
  }
  if (result) {
    const name = nameOf(result.against.name)
    const words = text(lang, `pk.${result.outcome}`)
    const shown = scores(result)
    const label = text(lang, 'pk.resultLabel', { outcome: `${words} `, own: shown.own, rival: shown.rival, name })
    return { kind: 'result', words, label, name, ...shown }
  }
  if (answer) {
    const words = text(lang, `pk.${answer.what}`, { name: nameOf(answer.by.name) })
    return { ...NO_FACE, kind: 'answer', words, label: words }
  }
  return NO_FACE
}
