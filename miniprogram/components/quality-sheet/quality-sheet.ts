import { localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

const LEVELS = ['SD', 'HD', 'FHD'] as const
type Level = (typeof LEVELS)[number]

/** Three levels of picture quality. Fires `choose {quality}` and `close`. */
Component({
  behaviors: [texts({ title: 'quality.title' })],
  properties: {
    open: { type: Boolean, value: false },
    quality: { type: String, value: 'HD' },
  },
  data: { levels: [] as { id: Level; name: string; hint: string; chosen: boolean; label: string }[] },
  observers: {
    'quality, locale'(quality: string, tag: string) {
      const locale = localeOf(tag)
      this.setData({
        levels: LEVELS.map((id) => {
          const name = text(locale, `quality.${id}`)
          const chosen = id === quality
          const label = chosen ? text(locale, 'quality.selected', { name }) : name
          return { id, name, hint: text(locale, `quality.${id}.hint`), chosen, label }
        }),
      })
    },
  },
  methods: {
    choose(e: WechatMiniprogram.TouchEvent<never, never, { id: Level }>) {
      this.triggerEvent('choose', { quality: e.currentTarget.dataset.id })
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
