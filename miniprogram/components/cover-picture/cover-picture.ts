/**
 * A cover's picture over the colour behind it, as large as its place. Where the picture cannot be had, the colour stays.
 */
Component({
  properties: {
    /** File id in the cloud's storage, or a path on this phone; '' for the colour alone. */
    src: { type: String, value: '' },
  },
  data: { failed: false },
  observers: {
    src() {
      if (this.data.failed) this.setData({ failed: false })
    },
  },
  methods: {
    fail() {
      this.setData({ failed: true })
    },
  },
})
