import { text } from '../../locales/index'
import { cameraOf, onCamera } from '../shared/own-camera'
import { contextOf, roomPart } from '../shared/room-part'
import { takeStill } from '../shared/still'
import { texts } from '../shared/texts'
import { type DeviceItem, type Item, itemsOf } from './items'

/** Everything about one's own picture and sound that is not needed at any moment. */
Component({
  behaviors: [
    texts({ title: 'device.moreLabel', zoom: 'device.zoom', failed: 'device.stillFailed' }),
    roomPart((context) => {
      const { ui } = context
      const lens = () => cameraOf(context)?.lens
      return {
        lang: () => ui.lang,
        items: () => {
          const camera = cameraOf(context)
          return camera ? itemsOf(ui.lang, camera) : []
        },
        zoom: () => lens()?.zoom ?? 1,
        maxZoom: () => (cameraOf(context)?.cameraOn ? (lens()?.maxZoom ?? 1) : 1),
        zoomLabel: () => text(ui.lang, 'device.zoomLabel', { times: (lens()?.zoom ?? 1).toFixed(1) }),
      }
    }),
  ],
  data: { lang: '', items: [] as Item[], zoom: 1, maxZoom: 1, zoomLabel: '', failed: false },
  methods: {
    async choose(e: WechatMiniprogram.TouchEvent<never, never, { id: DeviceItem }>) {
      const context = contextOf(this)
      const camera = cameraOf(context)
      if (!camera) return
      const { looks, lens } = camera
      switch (e.currentTarget.dataset.id) {
        case 'torch':
          return lens.setTorch(!lens.torch)
        case 'self-mirror':
          return looks.setSelfMirrored(!looks.selfMirrored)
        case 'mirror':
          return looks.setOthersMirrored(!looks.othersMirrored)
        case 'quality':
          return context.ui.open('quality')
        case 'filter':
          return context.ui.open('filter')
        case 'sound':
          return context.ui.open('music')
        case 'still':
          this.setData({ failed: (await takeStill(context)) === null })
      }
    },
    zoomTo(e: WechatMiniprogram.SliderChange) {
      onCamera(this, ({ lens }) => lens.setZoom(e.detail.value))
    },
    close() {
      contextOf(this).ui.open(null)
    },
  },
})
