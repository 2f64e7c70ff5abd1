import type { PushMode } from '../../stores/media/handles'
import type { Publisher } from '../../stores/media/publisher'

/** What a page may say about this user's own camera. */
export interface Preferred {
  readonly pureAudio: boolean
  /** 0 to 9; null: the user's own choice. */
  readonly beauty: number | null
  readonly whiteness: number | null
  readonly muted: boolean
  /** Null: the default. */
  readonly quality: PushMode | null
  readonly orientation: 'vertical' | 'horizontal'
}

/** What the page prefers of one's own camera; where it says nothing, or nothing new, the user's choice counts. */
export function prefer(camera: Publisher, now: Preferred, before: Preferred | null): void {
  const news = <K extends keyof Preferred>(name: K, standard: Preferred[K]): boolean =>
    now[name] !== (before ? before[name] : standard)
  if (now.beauty !== null && news('beauty', null)) camera.setBeauty(now.beauty)
  if (now.whiteness !== null && news('whiteness', null)) camera.setWhiteness(now.whiteness)
  if (now.quality !== null && news('quality', null)) camera.setMode(now.quality)
  if (news('muted', false)) camera.setMuted(now.muted)
  if (news('pureAudio', false)) camera.setPureAudio(now.pureAudio)
  if (news('orientation', 'vertical')) camera.setOrientation(now.orientation)
}
