import type { RoomView } from '../../protocol/room'
import type { Device } from '../../services/device/port'
import type { Lease } from '../lease'
import { Publisher } from '../media/publisher'
import { admitMedia } from './admit-media'
import { fault, type RoomFault } from './fault'
import type { Admission, Side, SideDeps } from './side'
import { isFinal, type Truth } from './visit'

export interface AnchorDeps extends SideDeps {
  device: Device
  pusherLease: Lease
}

/** The anchor: a camera of his own, a heartbeat, and the right to end the show. */
export class AnchorSide implements Side {
  readonly rhythm = 'heartbeatMs'
  readonly publisher: Publisher
  private giveBack: (() => void) | null = null

  constructor(private readonly deps: AnchorDeps) {
    const { scope, retry, onFault, log } = deps
    this.publisher = new Publisher({
      scope,
      retry,
      onFault,
      log,
      storage: deps.device.storage,
      freshUrl: () => this.freshUrl(),
      // The server learns it from the streaming cloud; until it has, it is asked more often.
      onPublished: () => deps.visit()?.loop.now(),
    })
    scope.onEnd(() => this.giveBack?.())
  }

  /** What the pusher needs to be open; then the preview. */
  async ready(): Promise<RoomFault | null> {
    const { device, scope, pusherLease } = this.deps
    // In DevTools there is nothing to ask for.
    if (device.mediaGap === 'devtools') return null
    this.giveBack ??= pusherLease.take()
    if (!this.giveBack) return fault('pusher-busy')
    const refusal = await admitMedia(device, scope)
    if (scope.ended || !this.giveBack || refusal) return refusal
    this.publisher.dispatch({ type: 'preview' })
    return null
  }

  admitted(admission: Admission): void {
    if ('push' in admission && this.deps.device.canShowMedia) {
      this.publisher.dispatch({ type: 'push', url: admission.push.url })
    }
  }

  async question(roomId: string, version: number): Promise<Truth> {
    const epoch = this.deps.visit()?.epoch ?? 0
    const { room, counts, play, links } = await this.deps.api.call('beat', { roomId, epoch, version })
    return { room, counts, links, stage: play }
  }

  async figures(roomId: string) {
    return (await this.deps.api.call('close', { roomId })).summary
  }

  changed(room: RoomView): void {
    if (room.state === 'live' || room.reason === 'heartbeat-lost') return
    this.publisher.dispatch({ type: 'not-received' })
  }

  answered(): void {
    const room = this.deps.room()
    if (room) this.changed(room)
  }

  unsettled(): boolean {
    return this.publisher.state === 'publishing' && this.deps.room()?.state !== 'live'
  }

  again(): void {
    this.publisher.dispatch({ type: 'again' })
  }
  hide(): void {
    this.publisher.dispatch({ type: 'hide' })
  }
  show(): void {
    this.publisher.dispatch({ type: 'show' })
  }
  online(): void {
    this.publisher.dispatch({ type: 'online' })
  }
  call(phase: 'begin' | 'end'): void {
    this.publisher.dispatch({ type: 'call', phase })
  }

  release(): void {
    this.publisher.dispatch({ type: 'release' })
    this.giveBack?.()
    this.giveBack = null
  }

  private async freshUrl(): Promise<string> {
    const visit = this.deps.visit()
    if (!visit) throw new Error('no room to push to')
    try {
      return (await this.deps.api.call('push', { roomId: visit.roomId, epoch: visit.epoch })).push.url
    } catch (error) {
      if (isFinal(error)) visit.finish(error)
      throw error
    }
  }
}
