import { text } from '../../locales/index'
import type { Kit } from '../../stores/kit'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

type State = Awaited<ReturnType<Kit['device']['saveToAlbum']>> | 'saving' | ''

/** The still picture that was just taken, and the way into the album, which has a permission of its own. */
Component({
  behaviors: [
    texts({
      title: 'still.title',
      save: 'still.save',
      settings: 'permission.settings',
      saved: 'still.saved',
      denied: 'still.denied',
      failed: 'still.failed',
    }),
    roomPart(({ ui }) => ({
      lang: () => ui.lang,
      path: () => ui.still?.path ?? '',
      pictureLabel: () => text(ui.lang, 'still.picture'),
    })),
  ],
  data: { lang: '', path: '', pictureLabel: '', state: '' as State },
  methods: {
    async save() {
      const { kit, ui } = contextOf(this)
      const { still } = ui
      if (!still || this.data.state === 'saving' || this.data.state === 'saved') return
      this.setData({ state: 'saving' })
      const state = await kit.device.saveToAlbum(still.path)
      // Another picture, or none, by now.
      if (ui.still === still) this.setData({ state })
    },
    async openSettings() {
      await contextOf(this).kit.device.openSettings()
      await this.save()
    },
    close() {
      contextOf(this).ui.open(null)
    },
  },
})
