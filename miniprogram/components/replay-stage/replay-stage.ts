import type { LiveRoom } from '../../stores/live-room/live-room'
import { partsOf } from '../replay-player/parts'
import { contextOf, roomPart } from '../shared/room-part'

/** The recording of this room, over everything else. */
Component({
  behaviors: [
    roomPart<LiveRoom>(({ room, ui, kit }) => ({
      parts: () => partsOf(room.replays.parts, ui.lang),
      heading: () => room.room?.title ?? '',
      lang: () => ui.lang,
      top: () => Math.max(kit.device.layout().safeArea.top, 12),
    })),
  ],
  data: { parts: [], heading: '', lang: '', top: 0 },
  methods: {
    close() {
      contextOf<LiveRoom>(this).ui.open(null)
    },
  },
})
