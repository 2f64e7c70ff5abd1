import { contextOf, type RoomContext, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'
import { type Row, rowsOf } from './rows'

/** The figures are read this often (ms), and only while the panel is open. */
const EVERY_MS = 1000

interface Panel {
  data: { rows: Row[] }
  setData(fields: { rows: Row[] }): void
}

/** Reads the figures by a clock of its own: the tags tell more often than anybody reads. */
function watch(instance: unknown, { room, ui, kit }: RoomContext): () => void {
  const panel = instance as Panel
  const look = () => {
    const rows = rowsOf(ui.lang, room)
    if (JSON.stringify(rows) !== JSON.stringify(panel.data.rows)) panel.setData({ rows })
  }
  look()
  return kit.clock.every(EVERY_MS, look)
}

/** What this phone plays and pushes, in figures: for those who want to know, and for those who help them. */
Component({
  behaviors: [
    texts({ title: 'stats.title', copy: 'stats.copy', copied: 'stats.copied', close: 'common.close' }),
    roomPart(({ ui }) => ({ lang: () => ui.lang }), watch),
  ],
  properties: {
    /** Without a way to close it: the page has opened it. */
    pinned: { type: Boolean, value: false },
  },
  data: { rows: [] as Row[], lang: '', copied: false },
  methods: {
    close() {
      contextOf(this).ui.open(null)
    },
    copy() {
      const data = this.data.rows.map(({ name, value }) => `${name}: ${value}`).join('\n')
      wx.setClipboardData({ data, success: () => this.setData({ copied: true }) })
    },
  },
})
