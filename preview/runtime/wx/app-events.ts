import { listeners } from './api'
import type { PhoneCore } from './core'

/** Events of the app's life. */
export function appEvents({ events, launch }: PhoneCore) {
  const show = listeners(events.show)
  const hide = listeners(events.hide)
  const error = listeners(events.error)
  const rejection = listeners(events.rejection)
  const begin = listeners(events.audioInterruptionBegin)
  const end = listeners(events.audioInterruptionEnd)
  const keyboard = listeners(events.keyboardHeight)
  return {
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    onAppShow: show.on,
    offAppShow: show.off,
    onAppHide: hide.on,
    offAppHide: hide.off,
    onError: error.on,
    offError: error.off,
    onUnhandledRejection: rejection.on,
    offUnhandledRejection: rejection.off,
    onAudioInterruptionBegin: begin.on,
    offAudioInterruptionBegin: begin.off,
    onAudioInterruptionEnd: end.on,
    offAudioInterruptionEnd: end.off,
    onKeyboardHeightChange: keyboard.on,
    offKeyboardHeightChange: keyboard.off,
    /** Memory never runs short in the preview. */
    onMemoryWarning() {},
    offMemoryWarning() {},
  }
}
