import { localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

/** What has to be opened next. They are asked for in this order, so `camera` means that the microphone is open. */
export type Need = 'privacy' | 'microphone' | 'camera'
const NAMES = { microphone: 'permission.microphone', camera: 'permission.camera' } as const
const ICONS = { microphone: 'mic', camera: 'camera' } as const

/**
 * Stands where the camera would be while the user has not allowed it. `need` names what is not open: `privacy`
 * shows the agree button, anything else the way to the settings. Fires `agree`, `settings` and `again`.
 */
Component({
  behaviors: [
    texts({
      title: 'permission.title',
      body: 'permission.body',
      privacyTitle: 'permission.privacy',
      privacyHint: 'permission.privacyHint',
      agree: 'permission.agree',
      settings: 'permission.settings',
      again: 'permission.check',
    }),
  ],
  properties: {
    need: { type: String, value: 'privacy' },
  },
  data: { rows: [] as { id: string; icon: string; mark: string; name: string; label: string }[] },
  observers: {
    'need, locale'(need: Need, tag: string) {
      const locale = localeOf(tag)
      const row = (id: 'microphone' | 'camera', mark: 'check' | 'alert' | '') => {
        const name = text(locale, NAMES[id])
        const label = { check: 'permission.granted', alert: 'permission.denied' } as const
        return { id, icon: ICONS[id], mark, name, label: mark ? text(locale, label[mark], { name }) : name }
      }
      const camera = need === 'camera'
      this.setData({ rows: [row('microphone', camera ? 'check' : 'alert'), row('camera', camera ? 'alert' : '')] })
    },
  },
  methods: {
    agree() {
      this.triggerEvent('agree')
    },
    settings() {
      this.triggerEvent('settings')
    },
    again() {
      this.triggerEvent('again')
    },
  },
})
