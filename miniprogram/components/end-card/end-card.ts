import { formatCount, formatDuration } from '../../locales/format'
import { localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

/** The closing figures of a show. `known` is false when the server has not told them. Fires `home`. */
Component({
  behaviors: [texts({ home: 'end.home', duration: 'end.duration', viewers: 'end.viewers', likes: 'end.likes' })],
  properties: {
    /** True for the anchor, who is thanked differently. */
    owner: { type: Boolean, value: false },
    heading: { type: String, value: '' },
    known: { type: Boolean, value: true },
    /** The operator has ended the show. */
    stopped: { type: Boolean, value: false },
    durationMs: { type: Number, value: 0 },
    viewers: { type: Number, value: 0 },
    likes: { type: Number, value: 0 },
  },
  data: { title: '', words: '', time: '', viewersText: '', likesText: '' },
  observers: {
    'owner, stopped, durationMs, viewers, likes, locale'(
      owner: boolean,
      stopped: boolean,
      durationMs: number,
      viewers: number,
      likes: number,
      tag: string,
    ) {
      const locale = localeOf(tag)
      this.setData({
        title: text(locale, owner ? 'end.selfTitle' : 'end.title'),
        words: text(
          locale,
          stopped ? (owner ? 'end.selfStopped' : 'end.stopped') : owner ? 'end.selfThanks' : 'end.thanks',
        ),
        time: formatDuration(durationMs),
        viewersText: formatCount(locale, viewers),
        likesText: formatCount(locale, likes),
      })
    },
  },
  methods: {
    home() {
      this.triggerEvent('home')
    },
  },
})
