import type { Device } from '../../services/device/port'
import type { Lease } from '../lease'
import { Publisher, type PublisherDeps } from '../media/publisher'
import { admitMedia } from './admit-media'
import { fault, type RoomFault } from './fault'

export interface CameraDeps extends Omit<PublisherDeps, 'storage'> {
  device: Device
  pusherLease: Lease
}

/** The phone's camera and microphone, for whoever may push in this room: an anchor, or a viewer on his seat. */
export class Camera {
  readonly publisher: Publisher
  private giveBack: (() => void) | null = null
  private asking: Promise<RoomFault | null> | null = null

  constructor(private readonly deps: CameraDeps) {
    const { storage, permissions } = deps.device
    this.publisher = new Publisher({ ...deps, storage, askCamera: () => permissions.ensure('camera') })
    deps.scope.onEnd(() => this.giveBack?.())
  }

  /** What the pusher needs to be open, then the preview. Returns why not, or null; also when it was released meanwhile. */
  ready(): Promise<RoomFault | null> {
    if (this.asking) return this.asking
    const asking = this.admit().finally(() => {
      if (this.asking === asking) this.asking = null
    })
    this.asking = asking
    return asking
  }

  push(url: string): void {
    if (this.deps.device.canShowMedia) this.publisher.dispatch({ type: 'push', url })
  }

  /** Off at once, and free for others. */
  release(): void {
    this.publisher.dispatch({ type: 'release' })
    this.giveBack?.()
    this.giveBack = null
    this.asking = null
  }

  private async admit(): Promise<RoomFault | null> {
    const { device, scope, pusherLease } = this.deps
    // In DevTools there is nothing to ask for.
    if (device.mediaGap === 'devtools') return null
    this.giveBack ??= pusherLease.take()
    const mine = this.giveBack
    if (!mine) return fault('pusher-busy')
    const refusal = await admitMedia(device, scope, () => !this.publisher.pureAudio)
    if (scope.ended || this.giveBack !== mine || refusal) return refusal
    this.publisher.dispatch({ type: 'preview' })
    return null
  }
}
