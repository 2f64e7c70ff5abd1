import { localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

/**
 * The top of a call: way out, what it is called, for how long, who is in it, and that it is recorded. It stays clear of the
 * platform's capsule as `room-header` does. Fires `exit`, and `people` for the number of those who are in it.
 */
Component({
  behaviors: [texts({ leave: 'call.hangUp', back: 'call.back', recording: 'call.recording', rec: 'call.rec' })],
  properties: {
    heading: { type: String, value: '' },
    people: { type: Number, value: 0 },
    /** Time in the call, and how to read it aloud; empty hides it. */
    clock: { type: String, value: '' },
    clockLabel: { type: String, value: '' },
    recording: { type: Boolean, value: false },
    /** Shows the way out only. */
    bare: { type: Boolean, value: false },
    top: { type: Number, value: 24 },
    height: { type: Number, value: 44 },
    clear: { type: Number, value: 12 },
  },
  data: { peopleLabel: '' },
  observers: {
    'people, locale'(n: number, tag: string) {
      this.setData({ peopleLabel: text(localeOf(tag), 'call.people', { n }) })
    },
  },
  methods: {
    exit() {
      this.triggerEvent('exit')
    },
    open() {
      this.triggerEvent('people')
    },
  },
})
