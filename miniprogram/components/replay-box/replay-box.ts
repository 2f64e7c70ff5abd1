import { formatDuration } from '../../locales/format'
import { text } from '../../locales/index'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** Under the figures of a show that is over: the way to what was recorded of it. It asks for that as soon as it is there. */
Component({
  behaviors: [
    texts({ watch: 'replay.watch', preparing: 'replay.preparing', error: 'replay.error', retry: 'common.retry' }),
    roomPart<LiveRoom>(
      ({ room, ui }) => ({
        state: () => room.replays.state,
        label: () => {
          const time = formatDuration(room.replays.parts.reduce((sum, part) => sum + part.durationMs, 0))
          return text(ui.lang, 'replay.watchLong', { time })
        },
      }),
      (_instance, { room }) => {
        void room.replays.load()
        return () => {}
      },
    ),
  ],
  data: { state: 'unasked', label: '' },
  methods: {
    watch() {
      contextOf<LiveRoom>(this).ui.open('replay')
    },
    retry() {
      contextOf<LiveRoom>(this).room.replays.load()
    },
  },
})
