import { localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

const QUALITIES = { SD: 'quality.SD', HD: 'quality.HD', FHD: 'quality.FHD' } as const
export type Quality = keyof typeof QUALITIES

/** The anchor's controls. Fires `flip`, `mute`, `camera`, `quality` and `beauty`; shows the state it is given. */
Component({
  behaviors: [
    texts({
      bar: 'device.bar',
      flip: 'device.flip',
      flipFront: 'device.flipFront',
      flipBack: 'device.flipBack',
      mic: 'device.mic',
      mute: 'device.mute',
      unmute: 'device.unmute',
      camera: 'device.camera',
      cameraOff: 'device.cameraOff',
      cameraOn: 'device.cameraOn',
      beauty: 'device.beauty',
      beautyLabel: 'device.beautyLabel',
    }),
  ],
  properties: {
    /** Side by side instead of one above the other. */
    row: { type: Boolean, value: false },
    facing: { type: String, value: 'front' },
    muted: { type: Boolean, value: false },
    cameraOn: { type: Boolean, value: true },
    quality: { type: String, value: 'HD' },
  },
  data: { qualityName: '', qualityLabel: '' },
  observers: {
    'quality, locale'(quality: Quality, tag: string) {
      const locale = localeOf(tag)
      const name = text(locale, QUALITIES[quality] ?? QUALITIES.HD)
      this.setData({ qualityName: name, qualityLabel: text(locale, 'device.qualityLabel', { name }) })
    },
  },
  methods: {
    flip() {
      if (this.data.cameraOn) this.triggerEvent('flip')
    },
    mute() {
      this.triggerEvent('mute')
    },
    camera() {
      this.triggerEvent('camera')
    },
    chooseQuality() {
      this.triggerEvent('quality')
    },
    openBeauty() {
      this.triggerEvent('beauty')
    },
  },
})
