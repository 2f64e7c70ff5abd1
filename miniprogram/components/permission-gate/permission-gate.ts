import { type Key, type Locale, localeOf, text } from '../../locales/index'
import { texts } from '../shared/texts'

/** What has to be opened next. They are asked for in this order, so `camera` means that the microphone is open. */
export type Need = 'library' | 'account' | 'undeclared' | 'privacy' | 'microphone' | 'camera'

const NAMES = { microphone: 'permission.microphone', camera: 'permission.camera' } as const
const ICONS = { microphone: 'mic', camera: 'camera' } as const

interface Words {
  title: string
  body: string
}

/** What nobody can allow on this phone: what it is, and which steps open it. */
const BARRIERS = {
  library: { code: 'capability-library', steps: ['permission.library.1', 'permission.library.2'] },
  account: {
    code: 'capability-account',
    steps: ['permission.account.1', 'permission.account.2', 'permission.account.3'],
  },
  undeclared: { code: 'privacy-undeclared', steps: ['permission.undeclared.1', 'permission.undeclared.2'] },
} as const satisfies Partial<Record<Need, { code: string; steps: readonly Key[] }>>

const isBarrier = (need: Need): need is keyof typeof BARRIERS => need in BARRIERS

function wordsOf(locale: Locale, need: Need): Words {
  if (isBarrier(need)) {
    const { code } = BARRIERS[need]
    return { title: text(locale, `fault.${code}.title`), body: text(locale, `fault.${code}.advice`) }
  }
  const keys = need === 'privacy' ? (['privacy', 'privacyHint'] as const) : (['title', 'body'] as const)
  const [title, body] = keys.map((key) => text(locale, `permission.${key}`))
  return { title: title ?? '', body: body ?? '' }
}

function stepsOf(locale: Locale, need: Need) {
  if (!isBarrier(need)) return []
  return BARRIERS[need].steps.map((key, i) => {
    const step = text(locale, key)
    return { n: i + 1, step, label: text(locale, 'permission.step', { n: i + 1, step }) }
  })
}

function rowsOf(locale: Locale, need: Need) {
  if (need !== 'microphone' && need !== 'camera') return []
  const row = (id: 'microphone' | 'camera', mark: 'check' | 'alert' | '') => {
    const name = text(locale, NAMES[id])
    const label = { check: 'permission.granted', alert: 'permission.denied' } as const
    return { id, icon: ICONS[id], mark, name, label: mark ? text(locale, label[mark], { name }) : name }
  }
  const camera = need === 'camera'
  return [row('microphone', camera ? 'check' : 'alert'), row('camera', camera ? 'alert' : '')]
}

/**
 * Stands where the picture would be while something that it needs is not open. `need` names it: `privacy` shows the agree
 * button, a permission the way to the settings, a barrier of the platform the steps that lift it. Fires `agree`,
 * `settings` and `again`.
 */
Component({
  behaviors: [
    texts({
      agree: 'permission.agree',
      settings: 'permission.settings',
      check: 'permission.check',
      recheck: 'permission.recheck',
      operator: 'permission.operator',
      later: 'permission.later',
    }),
  ],
  properties: {
    need: { type: String, value: 'privacy' },
    /** Leaves room for the talk of a viewer. */
    compact: { type: Boolean, value: false },
  },
  data: {
    words: { title: '', body: '' } as Words,
    rows: [] as ReturnType<typeof rowsOf>,
    steps: [] as ReturnType<typeof stepsOf>,
    /** The steps are the operator's, not the user's. */
    operator: false,
  },
  observers: {
    'need, locale'(need: Need, tag: string) {
      const locale = localeOf(tag)
      this.setData({
        words: wordsOf(locale, need),
        rows: rowsOf(locale, need),
        steps: stepsOf(locale, need),
        operator: isBarrier(need) && need !== 'library',
      })
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
