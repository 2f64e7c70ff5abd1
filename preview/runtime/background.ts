import { createHomeScreen } from './chrome/home-screen'
import { background } from './interruptions'
import { journal } from './journal'
import { network } from './network'
import type { Screen } from './screen'

/** An app in the background may use the network this long. */
const SUSPEND_MS = 5000

/**
 * Sends the app to the background and brings it back: the phone's home screen covers it, `leave` and `enter` tell
 * the mini program, and after five seconds it is suspended: its connections die, and it makes no new ones. @returns a function that ends it
 */
export function installBackground(
  screen: Screen,
  appName: string,
  hooks: { leave(): void; enter(): void },
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let home: HTMLElement | null = null
  return background.onChange((hidden) => {
    clearTimeout(timer)
    journal.note(hidden ? 'app to background' : 'app to foreground')
    if (hidden) {
      home = createHomeScreen(screen.root, appName, '小程序在后台运行', () => background.set(false))
      hooks.leave()
      timer = setTimeout(() => network.setSuspended(true), SUSPEND_MS)
    } else {
      network.setSuspended(false)
      home?.remove()
      hooks.enter()
    }
  })
}
