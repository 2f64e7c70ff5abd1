import { localeOf, text } from '../../locales/index'
import { useKit } from '../../stores/kit'
import { follow } from '../shared/follow'
import { type Face, faceOf } from '../shared/person'
import { texts } from '../shared/texts'

interface Own {
  end?: (() => void) | undefined
}
const own = (instance: unknown) => instance as Own

/**
 * What rings on this phone, over whatever page it stands on, once the app attends (`rings.attend()`). Fires `shown {shown}`,
 * and `answer {ringId}` after a yes: the page opens the call that answers it.
 */
Component({
  behaviors: [
    texts({
      accept: 'ring.accept',
      refuse: 'ring.refuse',
      busy: 'ring.busyNow',
      recorded: 'ring.recorded',
    }),
  ],
  data: { face: null as Face | null, what: '', note: '', label: '', recording: false },
  observers: {
    face(face: Face | null) {
      this.triggerEvent('shown', { shown: face !== null })
    },
  },
  lifetimes: {
    attached() {
      const { rings } = useKit()
      const lang = () => localeOf(this.data.locale)
      const ring = () => rings.incoming?.ring ?? null
      const who = () => {
        const found = ring()
        return found && faceOf(lang(), found.from)
      }
      const what = () => {
        const found = ring()
        if (!found) return ''
        return text(lang(), 'queue' in found.to ? 'ring.forDesk' : 'ring.forYou')
      }
      const fields = {
        face: who,
        what,
        note: () => ring()?.note ?? '',
        recording: () => ring()?.recording ?? false,
        label: () => text(lang(), 'ring.label', { name: who()?.name ?? '' }),
      }
      own(this).end = follow(this, rings, fields, () => true)
    },
    detached() {
      own(this).end?.()
      own(this).end = undefined
    },
  },
  methods: {
    accept() {
      const ringId = useKit().rings.take()
      if (ringId !== null) this.triggerEvent('answer', { ringId })
    },
    refuse() {
      void useKit().rings.refuse()
    },
    busy() {
      void useKit().rings.refuse(true)
    },
    /** Keeps a drag from reaching the page. */
    hold() {},
  },
})
