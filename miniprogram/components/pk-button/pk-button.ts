import { text } from '../../locales/index'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** Opens the panel of a PK, and says when somebody asks for one. */
Component({
  behaviors: [
    texts({ pk: 'pk.short' }),
    roomPart(({ room, ui }) => ({
      asked: () => room.pk.view?.state === 'asked',
      label: () => text(ui.lang, room.pk.view?.state === 'asked' ? 'pk.buttonAsked' : 'pk.button'),
    })),
  ],
  data: { asked: false, label: '' },
  methods: {
    open() {
      contextOf(this).ui.open('pk')
    },
  },
})
