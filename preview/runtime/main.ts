import { boot } from './boot'
import { createHomeScreen } from './chrome/home-screen'
import { onSetData } from './engine/set-data'
import { createFaults } from './faults'
import { journal } from './journal'
import { followBuilds } from './live-reload'
import type { AppManifest } from './manifest'
import type { Phone } from './phone'
import { createScreen } from './screen'

/** Starts the app anew by loading the frame anew: sockets, cameras and timers of the old one die at once. */
function restart(params: URLSearchParams, { page, killed = false }: { page?: string; killed?: boolean }): void {
  const next = new URLSearchParams(params)
  next.delete('killed')
  if (killed) next.set('killed', '1')
  if (page !== undefined) next.set('page', page)
  const url = `${location.pathname}?${next}`
  if (url === location.pathname + location.search) location.reload()
  else location.replace(url)
}

/** The phone of an app that was killed: nothing runs, a tap opens it again. */
function killedPhone(params: URLSearchParams, appName: string): Phone {
  const open = () => restart(params, {})
  const screen = createScreen(document.body)
  createHomeScreen(screen.root, appName, '小程序已被结束，点按重新打开', open)
  const ready = Promise.reject(new Error('the app was killed'))
  ready.catch(() => {})
  const nowhere = () => Promise.reject(new Error('the app was killed'))
  return {
    user: params.get('user') || 'guest',
    running: false,
    ready,
    problems: journal.problems,
    log: journal.log,
    onLog: journal.onLog,
    onProblem: journal.onProblem,
    faults: createFaults(() => {}),
    routes: [],
    navigate: { to: nowhere, redirect: nowhere, reLaunch: nowhere, back: nowhere },
    relaunch: (page) => restart(params, page === undefined ? {} : { page }),
    stats: { setDataCalls: 0, setDataBytes: 0, setDataMaxBytes: 0, onSetData, cloudCalls: [], readyAt: 0 },
    album: [],
  }
}

/** Entry of a phone's frame; the build calls it with the compiled mini program. */
export function main(manifest: AppManifest): void {
  const params = new URLSearchParams(location.search)
  followBuilds()
  if (params.get('killed')) {
    window.__phone = killedPhone(params, manifest.app.window?.navigationBarTitleText || '小程序')
    return
  }
  const { phone } = boot({ manifest, host: document.body, params, restart: (change) => restart(params, change) })
  window.__phone = phone
}
