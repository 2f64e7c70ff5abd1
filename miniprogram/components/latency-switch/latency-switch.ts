import { text } from '../../locales/index'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** Lets a viewer watch without delay, where the room has places for it, and says when there was none. */
Component({
  behaviors: [
    texts({ low: 'latency.low', full: 'latency.full' }),
    roomPart<LiveRoom>(({ room, ui }) => ({
      offered: () => room.latency.offered && room.role === 'audience' && room.stage.camera === null,
      on: () => room.latency.on,
      full: () => room.latency.full,
      busy: () => room.latency.busy,
      label: () => text(ui.lang, room.latency.on ? 'latency.turnOff' : 'latency.turnOn'),
    })),
  ],
  data: { offered: false, on: false, full: false, busy: false, label: '' },
  methods: {
    turn() {
      const { latency } = contextOf<LiveRoom>(this).room
      latency.turn(!latency.on)
    },
  },
})
