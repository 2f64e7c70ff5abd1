import { barrier } from '../capability'
import { journal } from '../journal'
import { api, text } from './api'
import type { PhoneCore } from './core'

/** Small services of the phone. `names` are all wx names there are. */
export function device({ tags }: PhoneCore, names: () => readonly string[]) {
  const known = (schema: string) => {
    const [first = ''] = schema.split('.')
    if (/live-?(pusher|player)/i.test(first) && barrier() === 'library') return false
    return names().includes(first) || tags.has(first)
  }
  return {
    nextTick: (callback: () => void) => queueMicrotask(callback),
    canIUse: known,
    setKeepScreenOn: api('setKeepScreenOn', ({ keepScreenOn }) =>
      journal.note(`screen ${keepScreenOn ? 'stays on' : 'may sleep'}`),
    ),
    vibrateShort: api('vibrateShort', () => {}),
    vibrateLong: api('vibrateLong', () => journal.note('the phone shakes')),
    createWebAudioContext: () => new AudioContext(),
    setClipboardData: api('setClipboardData', async ({ data }) => {
      await navigator.clipboard
        ?.writeText(text(data))
        .catch(() => journal.note('the browser keeps its clipboard to itself'))
    }),
    hideKeyboard: api('hideKeyboard', () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    }),
    showShareMenu: api('showShareMenu', () => {}),
    hideShareMenu: api('hideShareMenu', () => {}),
    reportEvent() {},
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
  }
}
