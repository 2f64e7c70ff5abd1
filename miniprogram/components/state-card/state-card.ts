/**
 * One calm message over the picture: what is going on, what to do, and at most one thing to press. All texts come from
 * the owner. Fires `action` and `leave`.
 */
Component({
  properties: {
    icon: { type: String, value: '' },
    /** Shows that something is under way instead of an icon. */
    busy: { type: Boolean, value: false },
    /** Everything else waits for the answer. */
    modal: { type: Boolean, value: false },
    heading: { type: String, value: '' },
    advice: { type: String, value: '' },
    /** Time that is left, or a code, in small print. */
    small: { type: String, value: '' },
    action: { type: String, value: '' },
    leave: { type: String, value: '' },
  },
  methods: {
    act() {
      this.triggerEvent('action')
    },
    goAway() {
      this.triggerEvent('leave')
    },
  },
})
