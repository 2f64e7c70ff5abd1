/** A page area with nothing to show: why, and what to do. All texts come from the owner. Fires `action`. */
Component({
  properties: {
    icon: { type: String, value: 'broadcast' },
    heading: { type: String, value: '' },
    advice: { type: String, value: '' },
    small: { type: String, value: '' },
    action: { type: String, value: '' },
  },
  methods: {
    act() {
      this.triggerEvent('action')
    },
  },
})
