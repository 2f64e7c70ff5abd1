import { localeOf, text } from '../../locales/index'
import { LIMITS, lengthOf } from '../../protocol/limits'
import { texts } from '../shared/texts'

/** The counter appears when this many characters are left. */
const NEAR = 20

/**
 * Where a barrage line is written. Fires `send {text}` with trimmed text of 1 to LIMITS.barrageMax code points and
 * empties itself; `restore(text)` puts a line back that could not be sent. Fires `keyboard {height}` (px), because the
 * page does not move for the keyboard: the owner lifts what has to stay visible.
 */
Component({
  behaviors: [texts({ placeholder: 'chat.placeholder', label: 'chat.label', send: 'chat.send' })],
  data: { value: '', left: '', over: false, ready: false, focused: false },
  methods: {
    input(e: WechatMiniprogram.Input) {
      this.accept(e.detail.value)
    },
    accept(value: string) {
      const locale = localeOf(this.data.locale)
      const left = LIMITS.barrageMax - lengthOf(value.trim())
      const hint = left < 0 ? text(locale, 'chat.over', { n: -left }) : text(locale, 'chat.count', { n: left })
      this.setData({ value, left: left <= NEAR ? hint : '', over: left < 0, ready: left >= 0 && value.trim() !== '' })
    },
    submit() {
      if (!this.data.ready) return
      const line = this.data.value.trim()
      this.accept('')
      this.triggerEvent('send', { text: line })
    },
    restore(line: string) {
      if (this.data.value === '') this.accept(line)
    },
    focus(e: WechatMiniprogram.InputFocus) {
      this.setData({ focused: true })
      this.triggerEvent('keyboard', { height: e.detail.height || 0 })
    },
    blur() {
      this.setData({ focused: false })
      this.triggerEvent('keyboard', { height: 0 })
    },
    keyboard(e: WechatMiniprogram.InputKeyboardHeightChange) {
      this.triggerEvent('keyboard', { height: e.detail.height })
    },
  },
})
