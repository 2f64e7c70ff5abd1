import { type Key, text } from '../../locales/index'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'
import { CARD, POSTER, paintCard, paintPoster } from './paint'
import { canvasOf, fileOf, load, type Saved, save } from './pictures'
import { qrOf } from './qr/qr'
import { sheetOf } from './words'

/** What the button says after it was pressed. */
const OUTCOMES: Readonly<Record<Saved, Key | null>> = {
  saved: 'share.saved',
  denied: 'share.denied',
  failed: 'share.failed',
  cancelled: null,
}

/** Links that are too long for our codes are shared by the other ways. */
function codeOf(link: string) {
  try {
    return link === '' ? null : qrOf(link)
  } catch {
    return null
  }
}

/**
 * Ways to bring others into a room: a card for a friend, a poster for the album, the link. It draws the poster when it
 * opens. Fires `card {file}` with the picture for share cards.
 */
Component({
  behaviors: [
    texts({
      title: 'room.share',
      friend: 'share.friend',
      album: 'share.album',
      saving: 'share.saving',
      link: 'share.link',
      settings: 'permission.settings',
    }),
    roomPart(
      ({ room, ui, kit }, _onEnd, instance) => ({
        link: () => (instance as { data: { url: string } }).data.url || kit.shareLink(room.room?.roomId ?? ''),
        label: () => text(ui.lang, 'share.poster', { title: room.room?.title ?? '' }),
        lang: () => ui.lang,
      }),
      (instance) => {
        void (instance as { draw(): Promise<void> }).draw()
        return () => {}
      },
    ),
  ],
  properties: {
    /** What the code on the poster leads to; '' for what the app is configured with. */
    url: { type: String, value: '' },
    /** A picture of a mini program code, drawn in place of a code of ours. */
    code: { type: String, value: '' },
  },
  data: { label: '', lang: '', link: '', poster: '', saving: false, word: '', denied: false },
  methods: {
    close() {
      contextOf(this).ui.open(null)
    },
    async draw() {
      const { room, ui } = contextOf(this)
      if (!room.room) return
      const [poster, card] = await Promise.all([canvasOf(this, '#poster', POSTER), canvasOf(this, '#card', CARD)])
      if (!poster || !card) return
      const [picture, codePicture] = await Promise.all([
        load(poster, room.room.coverFile ?? ''),
        load(poster, this.data.code),
      ])
      if (!room.room) return
      const sheet = { ...sheetOf(ui.lang, room.room), picture, codePicture, code: codeOf(this.data.link) }
      paintPoster(poster.getContext('2d'), sheet)
      paintCard(card.getContext('2d'), sheet)
      try {
        this.triggerEvent('card', { file: await fileOf(card, CARD, 'jpg') })
        this.setData({ poster: await fileOf(poster, POSTER, 'png') })
      } catch {
        // Then a card has the cover, and the poster cannot be saved.
      }
    },
    /** A second tap while the first is under way does nothing (M122). */
    async keep() {
      const { poster, saving } = this.data
      if (saving || poster === '') return
      this.setData({ saving: true, word: '', denied: false })
      const outcome = await save(poster)
      const key = OUTCOMES[outcome]
      const plain = text as (lang: typeof ui.lang, key: Key) => string
      const { ui } = contextOf(this)
      this.setData({ saving: false, denied: outcome === 'denied', word: key ? plain(ui.lang, key) : '' })
    },
    openSettings() {
      wx.openSetting({ complete: () => this.setData({ denied: false, word: '' }) })
    },
    copy() {
      const { ui } = contextOf(this)
      wx.setClipboardData({
        data: this.data.link,
        success: () => this.setData({ denied: false, word: text(ui.lang, 'share.copied') }),
      })
    },
  },
})
