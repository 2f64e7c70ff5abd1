import { formatCount } from '../../locales/format'
import { localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

/** The heart. Every tap fires `like`; the count is what the owner says it is. */
Component({
  behaviors: [texts({})],
  properties: {
    count: { type: Number, value: 0 },
  },
  data: { shown: '', label: '', beat: 0 },
  observers: {
    'count, locale'(count: number, tag: string) {
      const locale = localeOf(tag)
      const n = formatCount(locale, count)
      this.setData({ shown: count > 0 ? n : '', label: text(locale, 'like.button', { n }) })
    },
  },
  methods: {
    tap() {
      this.setData({ beat: this.data.beat === 1 ? 2 : 1 }) // two names of one animation: each tap starts it anew
      this.triggerEvent('like')
    },
  },
})
