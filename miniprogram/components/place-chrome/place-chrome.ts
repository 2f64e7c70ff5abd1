import { localeOf, text } from '../../locales/index'
import type { DrawnPlace, LabelledPlace } from '../live-stage/drawn'
import { faceOf } from '../shared/person'

/** What stands in for a picture. */
type Instead = '' | 'away' | 'held' | 'voice' | 'person'

function insteadOf({ me, whole, cameraOff, pictured, state, seat, away, call }: DrawnPlace): Instead {
  if (away) return 'away'
  // Whose seat is held sees himself before anybody else does.
  if (state === 'held' && seat > 0 && !(me && pictured)) return 'held'
  if (cameraOff) return 'voice'
  // Alone in all of the stage of a show, the picture that is not there yet has its own words in the room.
  return pictured || (whole && !call) ? '' : 'person'
}

/** The words under a face, where there is room for them. */
function wordsOf(instead: Instead, { whole, low, me, call }: DrawnPlace) {
  if (low && !whole) return null
  if (instead === 'away') return 'stage.away' as const
  if (instead === 'held') return call ? ('stage.connecting' as const) : ('stage.gettingReady' as const)
  if (instead !== 'voice' || !whole) return null
  if (call) return 'stage.cameraOff' as const
  return me ? ('room.selfAudioOnly' as const) : ('room.audioOnly' as const)
}

/**
 * What is drawn around a person on stage: name, microphone, network, a raised hand; and what stands in for a picture. It lies
 * over the picture and gets `place`. Fires `choose` for a tap on the name. A page may bring its own: `generic:place-chrome`.
 */
Component({
  properties: {
    /** Empty: the language of the phone. */
    locale: { type: String, value: '' },
    place: { type: Object, value: null as unknown as LabelledPlace },
  },
  data: { name: '', initial: '', cover: 'graphite', instead: '' as Instead, words: '', chip: false },
  observers: {
    'place, locale'(place: LabelledPlace | null, tag: string) {
      if (!place) return
      const lang = localeOf(tag)
      const { me, slot, whole, userId } = place
      const { name, initial, cover } = faceOf(lang, { userId, name: place.name })
      const instead = insteadOf(place)
      const words = wordsOf(instead, place)
      this.setData({
        name: me ? text(lang, 'stage.me') : name,
        initial,
        cover,
        instead,
        words: words ? text(lang, words) : '',
        // The header names the anchor already.
        chip: !(whole && slot === 'anchor') && userId !== '',
      })
    },
  },
  methods: {
    choose() {
      this.triggerEvent('choose')
    },
  },
})
