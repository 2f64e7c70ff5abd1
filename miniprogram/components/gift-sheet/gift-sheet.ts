import { localeOf, text } from '../../locales/index'
import { GIFT_TAG, GIFTS, type Gift } from '../gift-layer/gifts'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** A few gifts, all of them free. One tap gives one; the sheet stays, so that one can give in a row. */
Component({
  behaviors: [
    texts({ title: 'gift.title', free: 'gift.free' }),
    roomPart(({ room }) => ({ off: () => room.chat.bar !== null })),
  ],
  data: { off: false, gifts: [] as { id: Gift; name: string; label: string }[] },
  observers: {
    locale(tag: string) {
      const lang = localeOf(tag)
      this.setData({
        gifts: GIFTS.map((id) => {
          const name = text(lang, `gift.${id}`)
          return { id, name, label: text(lang, 'gift.give', { name }) }
        }),
      })
    },
  },
  methods: {
    give({ currentTarget }: WechatMiniprogram.TouchEvent<never, never, { id: string }>) {
      const kind = GIFTS.find((gift) => gift === currentTarget.dataset.id)
      if (!kind || this.data.off) return
      contextOf(this).room.chat.sendCustom(GIFT_TAG, { kind, count: 1 })
    },
    close() {
      contextOf(this).ui.open(null)
    },
  },
})
