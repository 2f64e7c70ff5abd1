import { formatCount, formatSince, initialOf } from '../../locales/format'
import { localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

/** One show in a list. Fires `open {roomId}`. */
Component({
  behaviors: [texts({ live: 'card.live', away: 'card.away', unnamed: 'person.unnamed' })],
  properties: {
    roomId: { type: String, value: '' },
    heading: { type: String, value: '' },
    name: { type: String, value: '' },
    cover: { type: String, value: 'graphite' },
    /** A picture over the colour, by its file id; '' for none. */
    picture: { type: String, value: '' },
    viewers: { type: Number, value: 0 },
    likes: { type: Number, value: 0 },
    /** Time on air (ms). */
    sinceMs: { type: Number, value: 0 },
    /** False while the anchor is away for a moment. */
    live: { type: Boolean, value: true },
    /** Another word than "live", and another time than that on air: of an official show, of a recording. */
    badge: { type: String, value: '' },
    when: { type: String, value: '' },
  },
  data: { initial: '', viewersText: '', likesText: '', since: '', label: '' },
  observers: {
    'heading, name, viewers, likes, sinceMs, badge, when, locale'(
      heading: string,
      name: string,
      viewers: number,
      likes: number,
      sinceMs: number,
      badge: string,
      when: string,
      tag: string,
    ) {
      const locale = localeOf(tag)
      const viewersText = formatCount(locale, viewers)
      const likesText = formatCount(locale, likes)
      const since = when || formatSince(locale, sinceMs)
      const shown = name || text(locale, 'person.unnamed')
      this.setData({
        initial: initialOf(heading),
        viewersText,
        likesText,
        since,
        label: badge
          ? text(locale, 'event.card', { title: heading, name: shown, badge, when })
          : text(locale, 'card.label', { title: heading, name: shown, viewers: viewersText, likes: likesText, since }),
      })
    },
  },
  methods: {
    open() {
      this.triggerEvent('open', { roomId: this.data.roomId })
    },
  },
})
