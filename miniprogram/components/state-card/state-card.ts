/**
 * One calm message over the picture: what is going on, what to do, and what there is to press. All texts come from
 * the owner. Fires `action`, `other` and `leave`.
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
    /** One more answer to a question. */
    other: { type: String, value: '' },
    leave: { type: String, value: '' },
  },
  methods: {
    act() {
      this.triggerEvent('action')
    },
    actOtherwise() {
      this.triggerEvent('other')
    },
    goAway() {
      this.triggerEvent('leave')
    },
  },
})
