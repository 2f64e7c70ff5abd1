import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'
import { NO_SIGNAL, signalOf } from './signal'

/** Beside the facts of a show: how the network is (a tap shows the figures behind it), and the way to share. */
Component({
  behaviors: [texts({ share: 'room.share' }), roomPart(({ room, ui }) => ({ signal: () => signalOf(room, ui.lang) }))],
  data: { signal: NO_SIGNAL },
  methods: {
    figures() {
      contextOf(this).ui.open('stats')
    },
    share() {
      contextOf(this).ui.open('share')
    },
  },
})
