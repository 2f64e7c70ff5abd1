import { Emitter } from './emitter'
import { background, phoneCall } from './interruptions'
import { journal } from './journal'
import { network } from './network'
import { permissions } from './permissions'
import type { FaultState, Faults } from './phone'

/** The switches of a running phone. */
export function createFaults(kill: () => void): Faults {
  const changes = new Emitter<FaultState>()
  const state = (): FaultState => ({
    offline: network.state.offline,
    slow: network.state.slow,
    background: background.on,
    call: phoneCall.on,
    camera: permissions.get('scope.camera') !== false,
  })
  const tell = () => changes.emit(state())
  network.onChange(tell)
  background.onChange(tell)
  phoneCall.onChange(tell)
  permissions.onChange(tell)
  return {
    get state() {
      return state()
    },
    offline: (on) => {
      journal.note(on ? 'fault: offline' : 'network is back')
      network.setOffline(on)
    },
    slow: (on) => {
      journal.note(on ? 'fault: slow network' : 'network is fast again')
      network.setSlow(on)
    },
    background: (on) => background.set(on),
    call: (on) => {
      journal.note(on ? 'fault: phone call' : 'phone call is over')
      phoneCall.set(on)
    },
    camera: (allowed) => {
      journal.note(allowed ? 'camera and microphone allowed' : 'fault: camera and microphone denied')
      permissions.set('scope.camera', allowed)
      permissions.set('scope.record', allowed)
    },
    kill,
    onChange: (listener) => changes.on(listener),
  }
}
