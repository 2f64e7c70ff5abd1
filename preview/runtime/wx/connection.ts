import { Emitter } from '../emitter'
import { type NetworkState, network } from '../network'
import { api, listeners } from './api'

const typeOf = ({ offline, slow }: NetworkState) => (offline ? 'none' : slow ? '3g' : 'wifi')

/** State of the network as the mini program is told of it. */
export function connection() {
  const changes = new Emitter<{ isConnected: boolean; networkType: string }>()
  const weak = new Emitter<{ weakNet: boolean; networkType: string }>()
  let wasSlow = network.state.slow
  network.onChange((state) => {
    changes.emit({ isConnected: !state.offline, networkType: typeOf(state) })
    if (state.slow !== wasSlow) weak.emit({ weakNet: state.slow, networkType: typeOf(state) })
    wasSlow = state.slow
  })
  const change = listeners(changes)
  const weakChange = listeners(weak)
  return {
    getNetworkType: api('getNetworkType', () => ({ networkType: typeOf(network.state) })),
    onNetworkStatusChange: change.on,
    offNetworkStatusChange: change.off,
    onNetworkWeakChange: weakChange.on,
    offNetworkWeakChange: weakChange.off,
  }
}
