import { initialOf } from '../../locales/format'
import { localeOf, text } from '../../locales/index'
import type { LabelledPlace } from '../live-stage/stage-view'
import { texts } from '../shared/texts'

/**
 * What is drawn around a person on stage: name, microphone, network; and what stands in for a picture. It lies over the
 * picture and gets `place`. Fires `choose` for a tap on the name. A page may bring its own: `generic:place-chrome`.
 */
Component({
  behaviors: [texts({ ready: 'stage.gettingReady', selfVoice: 'room.selfAudioOnly', voice: 'room.audioOnly' })],
  properties: {
    place: { type: Object, value: null as unknown as LabelledPlace },
  },
  data: { name: '', initial: '', instead: '', chip: false },
  observers: {
    'place, locale'(place: LabelledPlace | null, tag: string) {
      if (!place) return
      const lang = localeOf(tag)
      const { me, slot, whole, cameraOff, pictured, state, seat } = place
      // Whose seat is held sees himself before anybody else does.
      const held = state === 'held' && seat > 0 && !(me && pictured)
      // Alone in all of the stage, the picture that is not there yet has its own words in the room.
      const instead = held ? 'held' : cameraOff ? 'voice' : pictured || whole ? '' : 'person'
      const name = place.name || text(lang, 'person.unnamed')
      this.setData({
        name: me ? text(lang, 'stage.me') : name,
        initial: initialOf(name),
        instead,
        // The header names the anchor already.
        chip: !(whole && slot === 'anchor') && place.userId !== '',
      })
    },
  },
  methods: {
    choose() {
      this.triggerEvent('choose')
    },
  },
})
