import { LIMITS, lengthOf } from '../../protocol/limits'
import { texts } from '../shared/texts'

interface Typed {
  detail: { value: string }
}
interface Keyboard {
  detail: { height: number }
}

/** A call before it is opened: its name, and one button. Fires `start {title}` and `keyboard {height}`. */
Component({
  behaviors: [texts({ name: 'call.setupName', hint: 'call.setupNameHint', start: 'call.start' })],
  properties: {
    heading: { type: String, value: '' },
    pending: { type: Boolean, value: false },
    enabled: { type: Boolean, value: true },
  },
  data: { value: '', over: false },
  observers: {
    heading(heading: string) {
      if (this.data.value === '') this.setData({ value: heading })
    },
  },
  methods: {
    input({ detail: { value } }: Typed) {
      this.setData({ value, over: lengthOf(value.trim()) > LIMITS.titleMax })
    },
    keyboard({ detail: { height } }: Keyboard) {
      this.triggerEvent('keyboard', { height })
    },
    start() {
      const { value, over, pending, enabled } = this.data
      if (!over && !pending && enabled) this.triggerEvent('start', { title: value.trim() })
    },
  },
})
