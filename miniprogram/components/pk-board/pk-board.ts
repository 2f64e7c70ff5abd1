import type { LiveRoom } from '../../stores/live-room/live-room'
import { contextOf, roomPart } from '../shared/room-part'
import { SecondHand } from '../shared/second-hand'
import { texts } from '../shared/texts'
import { faceOf, NO_FACE } from './face'

/**
 * Scores and clock of a PK for everybody, its result, and the question that an anchor is asked. Fires `resized` when another
 * of them is drawn.
 */
Component({
  behaviors: [
    texts({ accept: 'pk.accept', refuse: 'pk.refuse', us: 'pk.us' }),
    roomPart<LiveRoom>(({ room, ui, kit }, onEnd) => {
      const second = new SecondHand(kit.clock, () => room.pk.endsAt !== null)
      onEnd(() => second.end())
      const face = () => faceOf(room.pk, ui.lang, second, room.role === 'anchor')
      return {
        face,
        kind: () => face().kind,
        busy: () => room.pk.busy,
      }
    }),
  ],
  data: { face: NO_FACE, kind: '', busy: false },
  observers: {
    kind() {
      this.triggerEvent('resized')
    },
  },
  methods: {
    accept() {
      contextOf<LiveRoom>(this).room.pk.accept()
    },
    refuse() {
      contextOf<LiveRoom>(this).room.pk.refuse()
    },
  },
})
