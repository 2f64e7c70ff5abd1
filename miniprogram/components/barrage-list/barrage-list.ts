import { localeOf, text } from '../../locales/index'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'
import { type BarrageLine, type DrawnLine, fitting, Ring, spokenOf } from './ring'
import { wordsOf } from './words'

/** Nearer to the end than this (px) counts as reading along. */
const NEAR_END = 48

interface Own {
  ring: Ring
  /** Lines that came while the reader was further up; undefined while the list follows the newest. */
  unread: number | undefined
  scrollTop: number
  /** Of the list (px), when it was last looked at; 0: never. */
  height: number
  gone: boolean
}
/** What an instance keeps to itself; nothing of it is drawn. */
const own = (instance: unknown) => instance as Own
type Drawer = { append(batch: readonly BarrageLine[]): void; precede(batch: readonly BarrageLine[]): void }

/**
 * Barrage over the picture. Lines come from the model in batches, at most a few times a second. The list is a ring; a
 * batch costs one update of its own lines and nothing else. It follows the newest line until the reader scrolls up, then
 * says how many are new. A tap on a line is about whoever wrote it; on one's own that was not delivered, it sends it again.
 * A screen reader hears the newest line of each batch: the list itself stands in another order in the tree than on the screen.
 */
Component({
  behaviors: [
    texts({ label: 'chat.list', welcome: 'chat.welcome', failed: 'chat.failed' }),
    roomPart(
      () => ({}),
      (instance, { room, ui }) => {
        const list = instance as Drawer
        return room.chat.onBatch((lines, past) => {
          const words = lines.map((line) => wordsOf(ui.lang, line))
          if (past) list.precede(words)
          else list.append(words)
        })
      },
    ),
  ],
  properties: {
    /** Whoever gives the list another size says so, in words of its own. */
    size: { type: String, value: '' },
  },
  data: { list: [] as DrawnLine[], into: '', more: '', spoken: '' },
  observers: {
    size() {
      this.follow()
    },
  },
  lifetimes: {
    created() {
      Object.assign(this, { ring: new Ring(), unread: undefined, scrollTop: 0, height: 0, gone: false } satisfies Own)
    },
    detached() {
      own(this).gone = true
    },
  },
  methods: {
    append(batch: readonly BarrageLine[]) {
      const self = own(this)
      const lines = fitting(batch)
      if (self.gone || lines.length === 0) return
      const { patch, added } = self.ring.place(lines)
      if (added > 0 && lines[lines.length - 1]?.mine) self.unread = undefined
      if (self.unread !== undefined) self.unread += added
      const spoken = spokenOf(lines)
      this.setData({ ...patch, ...this.position(), ...(spoken ? { spoken } : {}) })
    },
    /** Lines from before the reader came, above all others. */
    precede(batch: readonly BarrageLine[]) {
      const self = own(this)
      if (self.gone || batch.length === 0) return
      this.setData({ ...self.ring.placeBefore(fitting(batch)), ...this.position() })
    },
    tapLine({ currentTarget }: WechatMiniprogram.TouchEvent<never, never, { slot: number }>) {
      const line = this.data.list[Number(currentTarget.dataset.slot)]
      const { room, ui } = contextOf(this)
      if (line?.failed) room.chat.sendAgain(line.id)
      else if (line?.userId && !line.mine) ui.about({ userId: line.userId, name: line.name })
    },
    clear() {
      Object.assign(own(this), { ring: new Ring(), unread: undefined, scrollTop: 0 })
      this.setData({ list: [], into: '', more: '', spoken: '' })
    },
    /** Where to look: at the newest line, or where the reader is, with a word about what is new. */
    position(): { into?: string; more: string } {
      const { unread, ring } = own(this)
      if (unread === undefined) return { into: `line-${ring.written - 1}`, more: '' }
      return { more: unread > 0 ? text(localeOf(this.data.locale), 'chat.newLines', { n: unread }) : '' }
    },
    scroll(e: WechatMiniprogram.ScrollViewScroll) {
      const self = own(this)
      const { scrollTop, scrollHeight } = e.detail
      const up = scrollTop < self.scrollTop
      self.scrollTop = scrollTop
      if (!up || self.unread !== undefined) return
      this.createSelectorQuery()
        .select('.scroll')
        .boundingClientRect((rect) => {
          if (self.gone || self.unread !== undefined || !rect) return
          // What moved is the list itself, and not the reader in it.
          const resized = self.height > 0 && rect.height !== self.height
          self.height = rect.height
          if (resized) this.follow()
          else if (scrollHeight - scrollTop - rect.height > NEAR_END) self.unread = 0
        })
        .exec()
    },
    /** The newest line is looked at again, if it was before. A list scrolls to a line only when it is told another one. */
    follow() {
      const self = own(this)
      if (self.unread !== undefined || self.ring.written === 0) return
      this.setData({ into: '' })
      wx.nextTick(() => self.gone || this.setData(this.position()))
    },
    toEnd() {
      own(this).unread = undefined
      this.setData(this.position())
    },
    /** The reader came back to the end by hand. */
    ended() {
      if (own(this).unread === undefined) return
      own(this).unread = undefined
      if (this.data.more) this.setData({ more: '' })
    },
  },
})
