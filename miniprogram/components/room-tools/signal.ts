import { type Locale, text } from '../../locales/index'
import type { Room } from '../../stores/room/room'
import { mainMediaOf } from '../shared/main-media'

/** Bars of the network, and how to read them aloud; an empty label means that nothing is known. */
export interface Signal {
  bars: number
  label: string
}

export const NO_SIGNAL: Signal = { bars: 0, label: '' }

export function signalOf(room: Room, lang: Locale): Signal {
  const main = mainMediaOf(room)
  if (!main || room.phase === 'ended' || room.phase === 'failed') return NO_SIGNAL
  const { media } = main
  if (media.state === 'reconnecting' && room.phase === 'on-air') return { bars: 0, label: text(lang, 'network.lost') }
  if (media.state !== 'playing' && media.state !== 'publishing') return NO_SIGNAL
  const { bars: told } = media.net
  const bars = media.quality === 'poor' ? Math.min(told ?? 1, 1) : (told ?? (media.quality === 'good' ? 3 : 0))
  if (bars === 0 && told === null) return NO_SIGNAL
  return { bars, label: text(lang, bars >= 2 ? 'network.good' : 'network.poor') }
}
