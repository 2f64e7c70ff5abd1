import { formatCount, initialOf } from '../../locales/format'
import { localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

/**
 * The top of a room: way out, who and what, live badge, time, viewers. It stays clear of the platform's capsule: `top`,
 * `height` and `clear` (px kept free on the right) come from the owner. Fires `exit`, and `people` for the number
 * of viewers.
 */
Component({
  behaviors: [
    texts({
      live: 'room.live',
      paused: 'room.paused',
      awaited: 'event.badge.upcoming',
      leave: 'room.leave',
      end: 'room.end',
      unnamed: 'person.unnamed',
    }),
  ],
  properties: {
    name: { type: String, value: '' },
    heading: { type: String, value: '' },
    cover: { type: String, value: 'graphite' },
    viewers: { type: Number, value: 0 },
    /** Time on air, and how to read it aloud; empty hides it. It comes as text, so that a second costs one setData. */
    clock: { type: String, value: '' },
    clockLabel: { type: String, value: '' },
    live: { type: Boolean, value: false },
    /** Neither live nor paused: it is yet to begin. */
    awaited: { type: Boolean, value: false },
    /** Shows the way out only. */
    bare: { type: Boolean, value: false },
    /** True for the anchor, whose way out ends the show. */
    owner: { type: Boolean, value: false },
    top: { type: Number, value: 24 },
    height: { type: Number, value: 44 },
    clear: { type: Number, value: 12 },
  },
  data: { initial: '', watching: '', watchingShort: '' },
  observers: {
    'name, heading'(name: string, heading: string) {
      this.setData({ initial: initialOf(name || heading) })
    },
    'viewers, locale'(viewers: number, tag: string) {
      const locale = localeOf(tag)
      const n = formatCount(locale, viewers)
      this.setData({ watchingShort: n, watching: text(locale, 'people.open', { n }) })
    },
  },
  methods: {
    exit() {
      this.triggerEvent('exit')
    },
    people() {
      this.triggerEvent('people')
    },
  },
})
