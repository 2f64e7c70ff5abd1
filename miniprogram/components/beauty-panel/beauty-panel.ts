import { type Key, localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

const labelOf = (tag: string, name: Key & ('beauty.smooth' | 'beauty.white'), n: number): string => {
  const locale = localeOf(tag)
  return n > 0
    ? text(locale, 'beauty.level', { name: text(locale, name), n })
    : text(locale, 'beauty.off', { name: text(locale, name) })
}

/** Two levels of 0 to 9, applied while the finger moves. Fires `change {beauty, whiteness}` and `close`. */
Component({
  behaviors: [texts({ title: 'beauty.title', smooth: 'beauty.smooth', white: 'beauty.white' })],
  properties: {
    open: { type: Boolean, value: false },
    beauty: { type: Number, value: 0 },
    whiteness: { type: Number, value: 0 },
  },
  data: { smoothLabel: '', whiteLabel: '' },
  observers: {
    'beauty, whiteness, locale'(beauty: number, whiteness: number, tag: string) {
      this.setData({
        smoothLabel: labelOf(tag, 'beauty.smooth', beauty),
        whiteLabel: labelOf(tag, 'beauty.white', whiteness),
      })
    },
  },
  methods: {
    smooth(e: WechatMiniprogram.SliderChange) {
      this.triggerEvent('change', { beauty: e.detail.value, whiteness: this.data.whiteness })
    },
    white(e: WechatMiniprogram.SliderChange) {
      this.triggerEvent('change', { beauty: this.data.beauty, whiteness: e.detail.value })
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
