import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** Opens the sheet with the gifts. */
Component({
  behaviors: [texts({ label: 'gift.open' }), roomPart(({ room }) => ({ off: () => room.chat.bar !== null }))],
  data: { off: true },
  methods: {
    tap() {
      if (!this.data.off) contextOf(this).ui.open('gift')
    },
  },
})
