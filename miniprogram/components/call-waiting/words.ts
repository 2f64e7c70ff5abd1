import { type Key, type Locale, text } from '../../locales/index'
import type { RingView } from '../../protocol/ring'
import type { OutgoingState, Unanswered } from '../../stores/ring/types'
import { type Face, faceOf, nameOf } from '../shared/person'

const OVER: Record<Unanswered, Key> = {
  refused: 'ring.over.refused',
  busy: 'ring.over.busy',
  missed: 'ring.over.missed',
  cancelled: 'ring.over.cancelled',
}

/** What the caller reads while he waits, and when nobody came. */
export interface WaitingWords {
  /** Null for a queue, which has a sign instead. */
  readonly face: Face | null
  readonly name: string
  readonly what: string
  readonly advice: string
  /** It goes on: he may give up. Otherwise it is over: once more, or not. */
  readonly on: boolean
}

const plain = text as (lang: Locale, key: Key) => string

function waiting(lang: Locale, { queue }: RingView): Pick<WaitingWords, 'what' | 'advice'> {
  const { position = 1, agents = 0 } = queue ?? {}
  return {
    what: text(lang, position === 1 ? 'ring.next' : 'ring.position', { n: position }),
    advice: text(lang, agents === 0 ? 'ring.nobodyThere' : 'ring.agents', { n: agents }),
  }
}

/** Null while nothing is asked for, or somebody has answered. */
export function wordsOf(state: OutgoingState, lang: Locale): WaitingWords | null {
  if (state.phase === 'none' || state.phase === 'accepted') return null
  if (state.phase === 'asking') {
    return { face: null, name: plain(lang, 'ring.calling'), what: '', advice: '', on: true }
  }
  if (state.phase === 'failed') {
    const { code } = state.fault
    const own = `callFault.${code}` as const
    const known = code === 'already-live' || code === 'banned' ? own : (`fault.${code}` as const)
    return {
      face: null,
      name: plain(lang, 'ring.failed'),
      what: plain(lang, `${known}.title` as Key),
      advice: plain(lang, `${known}.advice` as Key),
      on: false,
    }
  }
  const { ring } = state
  const queue = 'queue' in ring.to
  const person = queue ? null : (ring.agent ?? { userId: 'userId' in ring.to ? ring.to.userId : '', name: '' })
  const who = {
    face: person && faceOf(lang, person),
    name: person ? nameOf(lang, person) : plain(lang, 'ring.desk'),
  }
  if (state.phase === 'over') return { ...who, what: plain(lang, OVER[state.why]), advice: '', on: false }
  if (state.phase === 'waiting') return { ...who, ...waiting(lang, ring), on: true }
  const asked = queue && ring.agent ? text(lang, 'ring.asked', { name: nameOf(lang, ring.agent) }) : ''
  return { ...who, what: plain(lang, 'ring.ringing'), advice: asked, on: true }
}
