import { type Key, text } from '../../locales/index'
import type { LinkState } from '../../stores/live-room/link/types'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { contextOf, type RoomContext, roomPart } from '../shared/room-part'

const LABELS = {
  off: 'link.button',
  asking: 'link.button.waiting',
  waiting: 'link.button.waiting',
  invited: 'link.button.invited',
  held: 'link.button.held',
  joining: 'link.button.joining',
  on: 'link.button.on',
} as const satisfies Record<LinkState['phase'], Key>

/** The viewer's button; no phase: there is nothing to press. */
const phaseOf = ({ room: { link } }: RoomContext<LiveRoom>): LinkState['phase'] | '' => {
  if (!link) return ''
  return link.possible || link.state.phase !== 'off' ? link.state.phase : ''
}

/** How long (ms) the ring around the button runs; 0: there is no ring. */
function ringOf({ room: { link }, kit }: RoomContext<LiveRoom>): number {
  const at = link && 'endsAt' in link.state ? link.state.endsAt : null
  return at === null ? 0 : Math.max(0, at - kit.clock.now())
}

/** Link-mic in the dock: for a viewer his way to the stage, for those who decide the number of those who wait. */
Component({
  behaviors: [
    roomPart<LiveRoom>((context) => {
      const { room, ui } = context
      return {
        phase: () => phaseOf(context),
        label: () => text(ui.lang, LABELS[phaseOf(context) || 'off']),
        ring: () => ringOf(context),
        desk: () => room.desk.mine && (room.room?.seats.length ?? 0) > 0,
        waiting: () => room.desk.requests.length,
        deskLabel: () => {
          const n = room.desk.requests.length
          return n > 0 ? text(ui.lang, 'link.button.queue', { n }) : text(ui.lang, 'link.button.desk')
        },
      }
    }),
  ],
  data: { phase: '', label: '', ring: 0, desk: false, waiting: 0, deskLabel: '' },
  methods: {
    open() {
      contextOf<LiveRoom>(this).ui.open('link')
    },
    openDesk() {
      contextOf<LiveRoom>(this).ui.open('desk')
    },
  },
})
