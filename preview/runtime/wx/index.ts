import { journal } from '../journal'
import { account } from './account'
import { album } from './album'
import { appEvents } from './app-events'
import { cloud } from './cloud'
import { connection } from './connection'
import type { PhoneCore } from './core'
import { device } from './device'
import { elsewhere } from './elsewhere'
import { live } from './live'
import { media } from './media'
import { navigation } from './navigation'
import { permission } from './permission'
import { query } from './query'
import { reminders } from './reminders'
import { request } from './request'
import { socket } from './socket'
import { storage } from './storage'
import { system } from './system'
import { ui } from './ui'

type Wx = Record<string, unknown>

/** All wx functions of this phone. */
export function createWx(core: PhoneCore): Wx {
  const wx: Wx = {
    ...account(core),
    ...album(core),
    ...appEvents(core),
    ...cloud(core),
    ...connection(),
    ...device(core, () => Object.keys(wx).filter((name) => wx[name] !== undefined)),
    ...elsewhere(),
    ...live(core),
    ...media(),
    ...navigation(core),
    ...permission(core),
    ...query(core),
    ...reminders(core),
    ...request(),
    ...socket(),
    ...storage(core),
    ...system(core),
    ...ui(),
  }
  return wx
}

/** Makes touching a name that the preview lacks a loud defect. */
export function guardWx(wx: Wx): Wx {
  const told = new Set<string>()
  return new Proxy(wx, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return target[name as string]
      if (!told.has(name)) {
        told.add(name)
        journal.problem(`wx.${name} is not in the preview`)
      }
      return undefined
    },
  })
}
