import { type Key, localeOf, text } from '../../locales/index'
import { COVERS, type CoverId, LIMITS, lengthOf } from '../../protocol/limits'
import { texts } from '../shared/texts'

/**
 * What an anchor fills in before a show, over his own picture. Fires `start {title, cover}` with a trimmed title of 1 to
 * LIMITS.titleMax code points, and `choose` and `remove` of a picture for the cover; while `pending` is true it fires
 * none of them. Fires `keyboard {height}` (px).
 */
Component({
  behaviors: [
    texts({
      start: 'setup.start',
      starting: 'setup.starting',
      placeholder: 'setup.placeholder',
      cover: 'setup.cover',
      choose: 'setup.picture',
      chooseAgain: 'setup.pictureAgain',
      sending: 'setup.pictureSending',
      chosen: 'setup.pictureReady',
      remove: 'setup.pictureRemove',
      removeLabel: 'setup.pictureRemoveLabel',
    }),
  ],
  properties: {
    /** Title to begin with. */
    heading: { type: String, value: '' },
    pending: { type: Boolean, value: false },
    /** A picture can be chosen for the cover. */
    pictures: { type: Boolean, value: false },
    /** The chosen picture, or ''. */
    picture: { type: String, value: '' },
    /** It is on its way to the server. */
    sending: { type: Boolean, value: false },
    /** What went wrong with it, in words. */
    problem: { type: String, value: '' },
    /** False while something else has to happen first, such as a permission. */
    enabled: { type: Boolean, value: true },
  },
  data: {
    value: '',
    cover: COVERS[0] as CoverId,
    swatches: [] as { id: CoverId; chosen: boolean; label: string }[],
    count: '',
    hint: '',
    over: false,
    ready: false,
    titleLabel: '',
  },
  observers: {
    heading(heading: string) {
      this.accept(heading)
    },
    'cover, locale'(cover: CoverId, tag: string) {
      const locale = localeOf(tag)
      this.setData({
        titleLabel: text(locale, 'setup.titleLabel', { max: LIMITS.titleMax }),
        swatches: COVERS.map((id) => {
          const chosen = id === cover
          const name = text(locale, `cover.${id}` satisfies Key)
          return {
            id,
            chosen,
            label: chosen ? text(locale, 'cover.selected', { name }) : text(locale, 'cover.label', { name }),
          }
        }),
      })
    },
  },
  lifetimes: {
    attached() {
      this.accept(this.data.value || this.data.heading)
      this.setData({ cover: this.data.cover })
    },
  },
  methods: {
    input(e: WechatMiniprogram.Input) {
      this.accept(e.detail.value)
    },
    accept(value: string) {
      const locale = localeOf(this.data.locale)
      const n = lengthOf(value.trim())
      const over = n > LIMITS.titleMax
      this.setData({
        value,
        over,
        ready: n > 0 && !over,
        count: text(locale, 'setup.count', { n, max: LIMITS.titleMax }),
        hint: over ? text(locale, 'setup.tooLong', { max: LIMITS.titleMax }) : '',
      })
    },
    choosePicture() {
      if (!this.data.pending) this.triggerEvent('choose')
    },
    removePicture() {
      if (!this.data.pending) this.triggerEvent('remove')
    },
    choose(e: WechatMiniprogram.TouchEvent<never, never, { id: CoverId }>) {
      this.setData({ cover: e.currentTarget.dataset.id })
    },
    start() {
      const { pending, enabled, ready, value, cover, locale } = this.data
      if (pending || !enabled) return
      if (!ready) {
        if (value.trim() === '') this.setData({ hint: text(localeOf(locale), 'setup.empty') })
        return
      }
      this.triggerEvent('start', { title: value.trim(), cover })
    },
    focus(e: WechatMiniprogram.InputFocus) {
      this.triggerEvent('keyboard', { height: e.detail.height || 0 })
    },
    blur() {
      this.triggerEvent('keyboard', { height: 0 })
    },
    keyboard(e: WechatMiniprogram.InputKeyboardHeightChange) {
      this.triggerEvent('keyboard', { height: e.detail.height })
    },
  },
})
