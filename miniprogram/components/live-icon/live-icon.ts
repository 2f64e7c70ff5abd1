/** One of our icons, in the colour of the text around it. The names are the classes of live-icon.wxss. */
Component({
  properties: {
    name: { type: String, value: '' },
  },
})
