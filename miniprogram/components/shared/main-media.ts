import type { Playback } from '../../stores/media/playback'
import type { Publisher } from '../../stores/media/publisher'
import type { Room } from '../../stores/room/room'

export type MainMedia = { kind: 'push'; media: Publisher } | { kind: 'play'; media: Playback }

/** What matters most for the picture of this phone: its own camera, else what it plays. */
export function mainMediaOf({ stage }: Pick<Room, 'stage'>): MainMedia | null {
  if (stage.camera?.active) return { kind: 'push', media: stage.camera }
  for (const { media } of stage.tiles) {
    if (media.kind === 'picture' && media.playback.active) return { kind: 'play', media: media.playback }
  }
  return null
}
