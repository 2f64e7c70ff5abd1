import { localeOf, text } from '../../locales/index'
import { LIMITS, lengthOf } from '../../protocol/limits'
import { texts } from '../shared/texts'

/** Asks for a display name of 1 to LIMITS.nameMax code points. Fires `save {name}` and `close`. */
Component({
  behaviors: [
    texts({
      title: 'profile.title',
      hint: 'profile.hint',
      save: 'common.save',
      saving: 'profile.saving',
      cancel: 'common.cancel',
    }),
  ],
  properties: {
    open: { type: Boolean, value: false },
    name: { type: String, value: '' },
    pending: { type: Boolean, value: false },
    /** What went wrong with the last try. */
    problem: { type: String, value: '' },
  },
  data: { value: '', count: '', over: false, ready: false, placeholder: '', lift: 0 },
  observers: {
    open(open: boolean) {
      if (!open) return
      this.setData({
        lift: 0,
        placeholder: text(localeOf(this.data.locale), 'profile.placeholder', { max: LIMITS.nameMax }),
      })
      this.accept(this.data.name)
    },
  },
  methods: {
    input(e: WechatMiniprogram.Input) {
      this.accept(e.detail.value)
    },
    accept(value: string) {
      const n = lengthOf(value.trim())
      const over = n > LIMITS.nameMax
      const count = text(localeOf(this.data.locale), 'profile.count', { n, max: LIMITS.nameMax })
      this.setData({ value, over, count, ready: n > 0 && !over })
    },
    save() {
      if (this.data.ready && !this.data.pending) this.triggerEvent('save', { name: this.data.value.trim() })
    },
    close() {
      this.triggerEvent('close')
    },
    keyboard(e: WechatMiniprogram.InputKeyboardHeightChange) {
      this.setData({ lift: e.detail.height })
    },
    /** Keeps a tap or a drag on the dialog from reaching the page. */
    hold() {},
  },
})
