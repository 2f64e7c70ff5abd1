import { text } from '../../locales/index'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** Opens the panel of a PK, and says when somebody asks for one. */
Component({
  behaviors: [
    texts({ pk: 'pk.short' }),
    roomPart<LiveRoom>(({ room, ui }) => ({
      asked: () => room.pk.view?.state === 'asked',
      label: () => text(ui.lang, room.pk.view?.state === 'asked' ? 'pk.buttonAsked' : 'pk.button'),
    })),
  ],
  data: { asked: false, label: '' },
  methods: {
    open() {
      contextOf<LiveRoom>(this).ui.open('pk')
    },
  },
})
