import { texts } from '../shared/texts'

/** Stands where the picture would be in a place that cannot show the two media tags, and says so. */
Component({
  behaviors: [texts({ title: 'placeholder.title', push: 'placeholder.push', play: 'placeholder.play' })],
  properties: {
    /** `push` for one's own picture, `play` for somebody else's. */
    kind: { type: String, value: 'play' },
    cover: { type: String, value: 'graphite' },
  },
})
