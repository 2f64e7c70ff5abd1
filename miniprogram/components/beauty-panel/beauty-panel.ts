import { type Locale, text } from '../../locales/index'
import { type BeautyStyle, FILTERS, type Filter, STYLES } from '../../stores/media/looks'
import { cameraOf, onCamera } from '../shared/own-camera'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

type Tab = 'skin' | 'filter'
type Slider = WechatMiniprogram.SliderChange
type Tap<D extends Record<string, unknown>> = WechatMiniprogram.TouchEvent<never, never, D>

interface Choice {
  id: string
  name: string
  chosen: boolean
  label: string
}

const choice = (lang: Locale, id: string, name: string, chosen: boolean): Choice => ({
  id,
  name,
  chosen,
  label: chosen ? text(lang, 'quality.selected', { name }) : name,
})

const levelLabel = (lang: Locale, key: 'beauty.smooth' | 'beauty.white', n: number): string => {
  const name = text(lang, key)
  return n > 0 ? text(lang, 'beauty.level', { name, n }) : text(lang, 'beauty.off', { name })
}

/** Skin and colours of one's own picture, applied while the finger moves. */
Component({
  behaviors: [
    texts({
      title: 'beauty.title',
      smooth: 'beauty.smooth',
      white: 'beauty.white',
      style: 'beauty.style',
      skinTab: 'beauty.tab.skin',
      filterTab: 'beauty.tab.filter',
    }),
    roomPart((context) => {
      const { ui } = context
      const camera = () => cameraOf(context)
      const looks = () => camera()?.looks
      return {
        lang: () => ui.lang,
        tab: () => (ui.sheet === 'filter' ? 'filter' : 'skin'),
        beauty: () => camera()?.beauty ?? 0,
        whiteness: () => camera()?.whiteness ?? 0,
        smoothLabel: () => levelLabel(ui.lang, 'beauty.smooth', camera()?.beauty ?? 0),
        whiteLabel: () => levelLabel(ui.lang, 'beauty.white', camera()?.whiteness ?? 0),
        styles: () =>
          STYLES.map((id) => choice(ui.lang, id, text(ui.lang, `beauty.style.${id}`), id === looks()?.style)),
        filters: () => FILTERS.map((id) => choice(ui.lang, id, text(ui.lang, `filter.${id}`), id === looks()?.filter)),
      }
    }),
  ],
  data: {
    tab: 'skin' as Tab,
    lang: '',
    beauty: 0,
    whiteness: 0,
    smoothLabel: '',
    whiteLabel: '',
    styles: [] as Choice[],
    filters: [] as Choice[],
  },
  methods: {
    show(e: Tap<{ tab: Tab }>) {
      contextOf(this).ui.open(e.currentTarget.dataset.tab === 'filter' ? 'filter' : 'beauty')
    },
    smooth(e: Slider) {
      onCamera(this, (camera) => camera.setBeauty(e.detail.value))
    },
    white(e: Slider) {
      onCamera(this, (camera) => camera.setWhiteness(e.detail.value))
    },
    chooseStyle(e: Tap<{ id: BeautyStyle }>) {
      const { id } = e.currentTarget.dataset
      onCamera(this, ({ looks }) => STYLES.includes(id) && looks.setStyle(id))
    },
    chooseFilter(e: Tap<{ id: Filter }>) {
      const { id } = e.currentTarget.dataset
      onCamera(this, ({ looks }) => FILTERS.includes(id) && looks.setFilter(id))
    },
    close() {
      contextOf(this).ui.open(null)
    },
  },
})
