import type { Snapshot } from '../../stores/media/handles'
import type { RoomContext } from './room-part'

/**
 * A still picture of the show as this phone sees it: of one's own camera, or of the main picture. It is shown to the user, who
 * may keep it, and told to the page. Null when there is none to be had.
 */
export async function takeStill(context: RoomContext): Promise<Snapshot | null> {
  const { room, ui, tell } = context
  const media = room.stage.tiles.find(({ leaving }) => !leaving)?.media
  const still = media ? await (media.kind === 'camera' ? media.publisher.lens.shoot() : media.playback.shoot()) : null
  if (!still) return null
  ui.showStill(still)
  tell('snapshot', { roomId: room.room?.roomId ?? '', ...still })
  return still
}
