import { texts } from '../shared/texts'

/** A panel that rises from the bottom over whatever is there. Fires `close` for the veil and the cross. */
Component({
  behaviors: [texts({ close: 'common.close' })],
  properties: {
    open: { type: Boolean, value: false },
    heading: { type: String, value: '' },
  },
  methods: {
    close() {
      this.triggerEvent('close')
    },
    /** Keeps a tap or a drag on the panel from reaching the picture below. */
    hold() {},
  },
})
