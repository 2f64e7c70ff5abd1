import { text } from '../../locales/index'
import type { PushMode } from '../../stores/media/handles'
import { cameraOf, onCamera } from '../shared/own-camera'
import { contextOf, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

const LEVELS = ['SD', 'HD', 'FHD'] as const satisfies readonly PushMode[]

/** Three levels of picture quality. */
Component({
  behaviors: [
    texts({ title: 'quality.title' }),
    roomPart((context) => ({
      lang: () => context.ui.lang,
      levels: () => {
        const mode = cameraOf(context)?.mode
        return LEVELS.map((id) => {
          const { lang } = context.ui
          const name = text(lang, `quality.${id}`)
          const chosen = id === mode
          const label = chosen ? text(lang, 'quality.selected', { name }) : name
          return { id, name, hint: text(lang, `quality.${id}.hint`), chosen, label }
        })
      },
    })),
  ],
  data: { lang: '', levels: [] as { id: PushMode; name: string; hint: string; chosen: boolean; label: string }[] },
  methods: {
    choose(e: WechatMiniprogram.TouchEvent<never, never, { id: PushMode }>) {
      const { id } = e.currentTarget.dataset
      onCamera(this, (camera) => LEVELS.includes(id) && camera.setMode(id))
      this.close()
    },
    close() {
      contextOf(this).ui.open(null)
    },
  },
})
