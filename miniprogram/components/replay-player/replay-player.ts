import { texts } from '../shared/texts'
import type { ReplayPart } from './parts'

/** Plays the files of a show one after the other, over the whole of its place. Fires `close`. */
Component({
  behaviors: [
    texts({
      title: 'replay.title',
      close: 'common.close',
      retry: 'common.retry',
      broken: 'replay.broken',
      hint: 'replay.brokenHint',
    }),
  ],
  properties: {
    parts: { type: Array, value: [] as ReplayPart[] },
    heading: { type: String, value: '' },
    /** Kept free at the top (px). */
    top: { type: Number, value: 0 },
  },
  data: { index: 0, broken: false },
  methods: {
    choose({ currentTarget }: WechatMiniprogram.CustomEvent) {
      this.go(Number(currentTarget.dataset.index))
    },
    /** The next file follows by itself; after the last one the picture stays. */
    next() {
      this.go(this.data.index + 1)
    },
    go(index: number) {
      if (index in this.data.parts) this.setData({ index, broken: false })
    },
    fail() {
      this.setData({ broken: true })
    },
    retry() {
      this.setData({ broken: false })
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
