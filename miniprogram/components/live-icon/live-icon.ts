import { iconUrl } from './paths'

/** One of our icons, in the colour of the text around it. The names are those of paths.ts. */
Component({
  properties: {
    name: { type: String, value: '' },
  },
  data: { url: '' },
  observers: {
    name(name: string) {
      this.setData({ url: iconUrl(name) })
    },
  },
})
