/** A fault that does not stop the show: what happened, what to do, one thing to press. Fires `action`. */
Component({
  properties: {
    heading: { type: String, value: '' },
    advice: { type: String, value: '' },
    action: { type: String, value: '' },
  },
  methods: {
    act() {
      this.triggerEvent('action')
    },
  },
})
